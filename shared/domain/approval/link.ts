import type { Recipient } from "../errands/errand.ts";
import type { Owner, OwnerKind, TaskId } from "../owner.ts";

/** How many wrong case codes lock a link. */
export const wrongCodesAllowed = 5;

/** What we remember of a mailed link, under the hash of its id. The token itself is only in the mail. */
interface LinkFacts<Kind extends OwnerKind = OwnerKind> {
  linkHash: string;
  owner: Owner<Kind>;
  issuedAt: number;
}

/** The submitter's way to the case; never expires. */
export interface StatusLink extends LinkFacts<"case"> {
  purpose: "status";
}

/** The contact's way to say that the application is theirs; good for as long as the case is. */
export interface ConfirmationLink extends LinkFacts<"case"> {
  purpose: "confirmation";
}

/** One approver's way to decide one round of one thing. */
export interface DecisionLink extends LinkFacts {
  purpose: "decision";
  round: number;
  /** Of the document, or of the plan: what exactly is decided on. */
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

export type Link = StatusLink | ConfirmationLink | DecisionLink | TaskLink;
export type LinkPurpose = Link["purpose"];
