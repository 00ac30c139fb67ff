import type { CaseId, TaskId } from "../agreement/agreement-case.ts";
import type { Recipient } from "../errands/errand.ts";

/** How many wrong case codes lock a link. */
export const wrongCodesAllowed = 5;

/** What we remember of a mailed link, under the hash of its id. The token itself is only in the mail. */
interface LinkFacts {
  linkHash: string;
  caseId: CaseId;
  issuedAt: number;
}

/** The submitter's way to the case; never expires. */
export interface StatusLink extends LinkFacts {
  purpose: "status";
}

/** One approver's way to decide one round of one document. */
export interface DecisionLink extends LinkFacts {
  purpose: "decision";
  round: number;
  sha256: string;
  recipient: Recipient;
  expiresAt: number;
  wrongCodes: number;
}

/** A secretary's way to one task. */
export interface TaskLink extends LinkFacts {
  purpose: "task";
  taskId: TaskId;
  recipient: Recipient;
  expiresAt: number;
}

export type Link = StatusLink | DecisionLink | TaskLink;
export type LinkPurpose = Link["purpose"];
