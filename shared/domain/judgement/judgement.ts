import * as z from "zod";
import { agreementKinds, languages } from "../agreement/kind.ts";
import { type FindingCode, findingRules } from "./finding-codes.ts";
import { judgementBounds } from "./judgement-bounds.ts";

const findingCode = z.enum(Object.keys(findingRules) as [FindingCode, ...FindingCode[]]);
const shortText = z.string().max(judgementBounds.nameLength);

export const findingSchema = z.object({
  code: findingCode,
  severity: z.enum(["reject", "needs-human", "info"]),
  detail: z.string().max(judgementBounds.detailLength).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const signatureJudgementSchema = z.object({
  field: shortText,
  kind: z.enum(["signature", "document-time-stamp"]),
  level: shortText,
  indication: z.enum(["TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED"]),
  subIndication: shortText.optional(),
  signer: z
    .object({
      commonName: shortText,
      organisation: shortText.optional(),
      organisationIdentifier: shortText.optional(),
      cvr: shortText.optional(),
      email: shortText.optional(),
      issuer: shortText,
      certificateSha256: shortText,
    })
    .optional(),
  platform: shortText.optional(),
  /** Of the time-stamp where there is a trusted one, else what the signer's own clock said. */
  signingTime: z.iso.datetime().optional(),
  /** Whether a trusted time-stamp vouches for signingTime. */
  signingTimeProven: z.boolean(),
  timeStampAuthority: shortText.optional(),
  coversWholeDocument: z.boolean(),
  certificationLevel: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  findings: z.array(findingSchema).max(judgementBounds.findings),
  changes: z.array(z.string().max(judgementBounds.detailLength)).max(judgementBounds.changesPerSignature),
});
export type SignatureJudgement = z.infer<typeof signatureJudgementSchema>;

/** What is said of a document, to people and to the workflow. Plain JSON; stored with the upload. */
export const judgementSchema = z.object({
  verdict: z.enum(["PASSED", "NEEDS_HUMAN", "REJECTED"]),
  light: z.enum(["green", "yellow", "red"]),
  findings: z.array(findingSchema).max(judgementBounds.findings),
  signatures: z.array(signatureJudgementSchema).max(judgementBounds.signatures),
  pages: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** The agreement template the text was recognised as. */
  template: z
    .object({
      kind: z.enum(agreementKinds),
      version: z.string().max(20),
      language: z.enum(languages),
      current: z.boolean(),
    })
    .optional(),
});
export type Judgement = z.infer<typeof judgementSchema>;
