import type { DocumentFacts } from "../../../pdf-evidence/document-facts.ts";
import type { AgreementKind } from "../agreement/kind.ts";
import type { FindingCode } from "./finding-codes.ts";

/** What the applicant stated. Where nothing is stated, nothing is compared. */
export interface Expected {
  cvr?: string | undefined;
  kind?: AgreementKind | undefined;
}

export interface RuleFinding {
  code: FindingCode;
  detail?: string;
}

/** One rule of judgement: pure, and knows nothing of the others. */
export type Rule = (facts: DocumentFacts, expected: Expected) => RuleFinding[];
