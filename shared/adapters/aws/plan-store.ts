import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { membershipKinds } from "../../domain/agreement/kind.ts";
import { writtenLine } from "../../domain/dues/dues-plan.ts";
import { missingForInvoice } from "../../domain/dues/invoice-readiness.ts";
import { nothingDue, type PlanLine } from "../../domain/dues/plan-line.ts";
import type { MemberId } from "../../domain/owner.ts";
import { type PlanAddress, PlanIsMissing, type PlanStore } from "../../ports/plan-store.ts";
import { calendarDate, cvr, gln, idOf, oere, vatCategory } from "./dynamodb/brands.ts";
import { provision } from "./lambda/provide.ts";
import { clientOf, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/s3.ts");

const amount = z.int().check(z.nonnegative());
const charge = z.object({
  year: z.int(),
  period: z.enum(["full-year", "half-year"]),
  amountOere: oere,
  vatCategory,
  vatPercent: z.number(),
  vatOere: oere,
  totalOere: oere,
});

/** One line of JSONL; a plan is a boundary like any other. */
const planLine = z.object({
  memberId: idOf<MemberId>(),
  memberNumber: z.string(),
  name: z.string(),
  kind: z.enum(membershipKinds),
  cvr,
  gln: z.optional(gln),
  joinedOn: calendarDate,
  verdict: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("charge"), charge }),
    z.object({ kind: z.literal("not-ready"), charge, missing: z.enum(missingForInvoice) }),
    z.object({ kind: z.literal("already-invoiced"), invoiceNumber: amount, totalOere: amount }),
    z.object({ kind: z.literal("nothing-due"), why: z.enum(nothingDue) }),
  ]),
  notes: z.array(
    z.enum([
      "REFERENCE_MISSING",
      "REFERENCE_OLD",
      "MISSING_LAST_YEAR",
      "AMOUNT_CHANGED",
      "RESIGNATION_PROPOSED",
    ]),
  ),
  lastYearOere: amount,
}) satisfies z.ZodMiniType<PlanLine>;

/** Plans in the bucket of invoices, beside what they became: `plans/dues-2027/<sha256>/0001.jsonl`. */
export class S3PlanStore implements PlanStore {
  private readonly client: LoadedClient<S3Client>;
  private readonly bucket: string;

  constructor(options: { client: LoadedClient<S3Client>; bucket: string }) {
    this.client = options.client;
    this.bucket = options.bucket;
  }

  async write(plan: PlanAddress, chunk: number, lines: readonly PlanLine[]): Promise<void> {
    const { PutObjectCommand } = await sdk();
    await (await clientOf(this.client)).send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: keyOf(plan, chunk),
        Body: lines.map((line) => `${writtenLine(line)}\n`).join(""),
        ContentType: "application/jsonl",
      }),
    );
  }

  async read(plan: PlanAddress, chunk: number): Promise<PlanLine[]> {
    const key = keyOf(plan, chunk);
    const { GetObjectCommand } = await sdk();
    const { Body } = await (await clientOf(this.client)).send(
      new GetObjectCommand({ Bucket: this.bucket, Key: key }),
    );
    const text = await Body?.transformToString();
    if (text === undefined) throw new PlanIsMissing(key);
    const written = text.split("\n").filter((line) => line !== "");
    return written.map((line) => planLine.parse(JSON.parse(line)));
  }
}

function keyOf({ runId, sha256 }: PlanAddress, chunk: number): string {
  return `plans/${runId}/${sha256}/${String(chunk).padStart(4, "0")}.jsonl`;
}

/** For a handler. */
export const plans = provision(
  { INVOICE_BUCKET: z.string().check(z.minLength(1)) },
  ({ INVOICE_BUCKET }) =>
    new S3PlanStore({ client: onFirstUse(async () => new (await sdk()).S3Client()), bucket: INVOICE_BUCKET }),
);
