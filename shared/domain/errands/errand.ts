import type { PersonId, TaskId } from "../agreement/agreement-case.ts";
import type { EmailAddress } from "../organisation/email-address.ts";

export const mailNames = [
  "receipt",
  "status-link-again",
  "upload-rejected",
  "decision-request",
  "decided-by-other",
  "sent-back",
  "declined",
  "expired",
  "withdrawn",
  "round-ended",
  "link-locked",
  "welcome",
  "dues",
  "task-opened",
] as const;
export type MailName = (typeof mailNames)[number];

/** Whether a mail may wait when the day's ceiling is reached; decisions go first. */
export const mailPriority = {
  "decision-request": "first",
  "link-locked": "first",
  "task-opened": "first",
  receipt: "normal",
  "status-link-again": "normal",
  "upload-rejected": "normal",
  "decided-by-other": "normal",
  "sent-back": "normal",
  declined: "normal",
  expired: "normal",
  withdrawn: "normal",
  "round-ended": "normal",
  welcome: "normal",
  dues: "normal",
} as const satisfies Record<MailName, "first" | "normal">;

/** Who a mail goes to, and as what. */
export interface Recipient {
  role: "contact" | "secretary" | "chair";
  address: EmailAddress;
}

/** Codes and ids that tell the mail's text what to look up in the case file when it is written. */
export interface MailSubject {
  round?: number | undefined;
  versionId?: string | undefined;
  reasonId?: PersonId | undefined;
  /** Whose link it is about. */
  approverId?: PersonId | undefined;
  taskId?: TaskId | undefined;
  invoiceNumber?: number | undefined;
}

export interface MailToSend {
  type: "mail";
  mail: MailName;
  /** Distinguishes two mails of one name in a case: the round, version or task it is about. Part of the ledger key. */
  step: string;
  to: Recipient;
  subject: MailSubject;
}

/** Wakes the execution that waits for this version; waking one too many is harmless, for it plans again. */
export interface WorkflowToResume {
  type: "resume";
  versionId: string;
}

export type Errand = MailToSend | WorkflowToResume;

/** What must reach the outside world, committed in the same transaction as what it tells of. */
export type OutboxItem = Errand & { sequence: number; since: number };
