import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { agreementKinds } from "../../domain/agreement/kind.ts";
import { judgementSchema } from "../../domain/judgement/judgement.ts";
import type { CaseId } from "../../domain/owner.ts";
import type { Judged, JudgingPapers, Question } from "../../ports/judging-papers.ts";
import { cvr } from "./dynamodb/brands.ts";
import { provision } from "./lambda/provide.ts";

const question = z.object({
  cvr,
  kind: z.enum(agreementKinds),
  bytes: z.int().nonnegative(),
  judged: judgementSchema.shape.verdict.optional(),
});
const judged = (caseId: CaseId) =>
  z.object({
    judgement: judgementSchema,
    pageImageKey: z.string().startsWith(`pages/${caseId}/`).optional(),
  });

/** The papers as JSON in the incoming bucket, where an upload's page image lies. */
export class S3JudgingPapers implements JudgingPapers {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(options: { client: S3Client; incomingBucket: string }) {
    this.client = options.client;
    this.bucket = options.incomingBucket;
  }

  ask(caseId: CaseId, versionId: string, asked: Question): Promise<void> {
    return this.put(keyOf(caseId, versionId, "question"), asked);
  }

  async question(caseId: CaseId, versionId: string): Promise<Question | undefined> {
    const text = await this.get(keyOf(caseId, versionId, "question"));
    return text === undefined ? undefined : question.parse(JSON.parse(text));
  }

  answer(caseId: CaseId, versionId: string, answered: Judged): Promise<void> {
    return this.put(keyOf(caseId, versionId, "judgement"), answered);
  }

  async answered(caseId: CaseId, versionId: string): Promise<Judged | undefined> {
    const text = await this.get(keyOf(caseId, versionId, "judgement"));
    return text === undefined ? undefined : judged(caseId).parse(JSON.parse(text));
  }

  private async put(key: string, paper: object): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: JSON.stringify(paper),
        ContentType: "application/json",
      }),
    );
  }

  private async get(key: string): Promise<string | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }
}

function keyOf(caseId: CaseId, versionId: string, paper: "question" | "judgement"): string {
  return `pages/${caseId}/${versionId}.${paper}.json`;
}

/** For a handler. */
export const papers = provision(
  { INCOMING_BUCKET: z.string().min(1) },
  ({ INCOMING_BUCKET }) => new S3JudgingPapers({ client: new S3Client(), incomingBucket: INCOMING_BUCKET }),
);
