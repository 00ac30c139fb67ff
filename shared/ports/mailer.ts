import type { Attachment } from "../domain/errands/attachment.ts";
import type { EmailAddress } from "../domain/organisation/email-address.ts";

export interface Mail {
  to: EmailAddress;
  subject: string;
  html: string;
  text: string;
  attachments?: readonly Attachment[];
  /** Mails of one case thread together. */
  threadId: string;
  /** Travels as an SES message tag, so that delivery events find the ledger's line. */
  ledgerKey: string;
  owner: string;
}

export type SendOutcome =
  | { kind: "accepted"; messageId: string }
  /** Certainly not sent, worth another try later: throttled, over quota. */
  | { kind: "not-now" }
  /** Certainly not sent, and never will be. */
  | { kind: "refused"; reason: string }
  /** The answer was lost: it may have been sent. Never resent blindly. */
  | { kind: "uncertain" };

export interface Mailer {
  send(mail: Mail): Promise<SendOutcome>;
}
