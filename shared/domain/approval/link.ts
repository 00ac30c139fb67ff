import type { Recipient } from "../errands/errand.ts";
import type { Owner, OwnerKind, TaskId } from "../owner.ts";

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

/** A link of OS2's own people: it acts only together with the code that stands in its mail. */
interface CodedFacts extends LinkFacts {
  recipient: Recipient;
  expiresAt: number;
}

/** One approver's way to decide one round of one thing. */
export interface DecisionLink extends CodedFacts {
  purpose: "decision";
  round: number;
  /** Of the document, or of the plan: what exactly is decided on. */
  sha256: string;
}

/** A secretary's way to one task. */
export interface TaskLink extends CodedFacts {
  purpose: "task";
  taskId: TaskId;
}

export type CodedLink = DecisionLink | TaskLink;
export type Link = StatusLink | ConfirmationLink | CodedLink;
export type LinkPurpose = Link["purpose"];
