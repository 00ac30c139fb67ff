import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { agreementKinds } from "../../domain/agreement/kind.ts";
import { judgementSchema } from "../../domain/judgement/judgement.ts";
import type { CaseId } from "../../domain/owner.ts";
import type { Judged, JudgingPapers, Question } from "../../ports/judging-papers.ts";
import { cvr } from "./dynamodb/brands.ts";
import { provision } from "./lambda/provide.ts";
import { clientOf, isFailure, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/s3.ts");

const question = z.object({
  cvr,
  kind: z.enum(agreementKinds),
  bytes: z.int().check(z.nonnegative()),
  judged: z.optional(judgementSchema.shape.verdict),
});
const judged = (caseId: CaseId) =>
  z.object({
    judgement: judgementSchema,
    pageImageKey: z.optional(z.string().check(z.startsWith(`pages/${caseId}/`))),
  });

/** The papers as JSON in the incoming bucket, where an upload's page image lies. */
export class S3JudgingPapers implements JudgingPapers {
  private readonly client: LoadedClient<S3Client>;
  private readonly bucket: string;

  constructor(options: { client: LoadedClient<S3Client>; incomingBucket: string }) {
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
    const { PutObjectCommand } = await sdk();
    await (await clientOf(this.client)).send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: JSON.stringify(paper),
        ContentType: "application/json",
      }),
    );
  }

  private async get(key: string): Promise<string | undefined> {
    const { GetObjectCommand } = await sdk();
    try {
      const { Body } = await (await clientOf(this.client)).send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key }),
      );
      return await Body?.transformToString();
    } catch (error) {
      if (isFailure(error, "NoSuchKey")) return undefined;
      throw error;
    }
  }
}

function keyOf(caseId: CaseId, versionId: string, paper: "question" | "judgement"): string {
  return `pages/${caseId}/${versionId}.${paper}.json`;
}

/** For a handler. */
export const papers = provision(
  { INCOMING_BUCKET: z.string().check(z.minLength(1)) },
  ({ INCOMING_BUCKET }) =>
    new S3JudgingPapers({
      client: onFirstUse(async () => new (await sdk()).S3Client()),
      incomingBucket: INCOMING_BUCKET,
    }),
);
