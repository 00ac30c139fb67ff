import * as z from "zod/mini";
import { agreementKinds, languages } from "../agreement/kind.ts";
import { type FindingCode, findingRules } from "./finding-codes.ts";
import { judgementBounds } from "./judgement-bounds.ts";

const findingCode = z.enum(Object.keys(findingRules) as [FindingCode, ...FindingCode[]]);
const shortText = z.string().check(z.maxLength(judgementBounds.nameLength));

export const findingSchema = z.object({
  code: findingCode,
  severity: z.enum(["reject", "needs-human", "info"]),
  detail: z.optional(z.string().check(z.maxLength(judgementBounds.detailLength))),
});
export type Finding = z.infer<typeof findingSchema>;

export const signatureJudgementSchema = z.object({
  field: shortText,
  kind: z.enum(["signature", "document-time-stamp"]),
  level: shortText,
  indication: z.enum(["TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED"]),
  subIndication: z.optional(shortText),
  signer: z.optional(
    z.object({
      commonName: shortText,
      organisation: z.optional(shortText),
      organisationIdentifier: z.optional(shortText),
      cvr: z.optional(shortText),
      email: z.optional(shortText),
      issuer: shortText,
      certificateSha256: shortText,
    }),
  ),
  platform: z.optional(shortText),
  /** Of the time-stamp where there is a trusted one, else what the signer's own clock said. */
  signingTime: z.optional(z.iso.datetime()),
  /** Whether a trusted time-stamp vouches for signingTime. */
  signingTimeProven: z.boolean(),
  timeStampAuthority: z.optional(shortText),
  coversWholeDocument: z.boolean(),
  certificationLevel: z.optional(z.union([z.literal(1), z.literal(2), z.literal(3)])),
  findings: z.array(findingSchema).check(z.maxLength(judgementBounds.findings)),
  changes: z
    .array(z.string().check(z.maxLength(judgementBounds.detailLength)))
    .check(z.maxLength(judgementBounds.changesPerSignature)),
});
export type SignatureJudgement = z.infer<typeof signatureJudgementSchema>;

/** What is said of a document, to people and to the workflow. Plain JSON; stored with the upload. */
export const judgementSchema = z.object({
  verdict: z.enum(["PASSED", "NEEDS_HUMAN", "REJECTED"]),
  light: z.enum(["green", "yellow", "red"]),
  findings: z.array(findingSchema).check(z.maxLength(judgementBounds.findings)),
  signatures: z.array(signatureJudgementSchema).check(z.maxLength(judgementBounds.signatures)),
  pages: z.int().check(z.nonnegative()),
  bytes: z.int().check(z.nonnegative()),
  /** The agreement template the text was recognised as. */
  template: z.optional(
    z.object({
      kind: z.enum(agreementKinds),
      version: z.string().check(z.maxLength(20)),
      language: z.enum(languages),
      current: z.boolean(),
    }),
  ),
});
export type Judgement = z.infer<typeof judgementSchema>;
