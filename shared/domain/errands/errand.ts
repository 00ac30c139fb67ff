import type { EmailAddress } from "../organisation/email-address.ts";
import type { OwnerKind } from "../owner.ts";
import type { MailNameOf, MailsOf, SharedMailName } from "./mails.ts";

/** Who a mail goes to, and as what. */
export interface Recipient {
  role: "contact" | "secretary" | "chair";
  address: EmailAddress;
}

interface MailOf<Name extends string, Subject> {
  type: "mail";
  mail: Name;
  /** Tells this mail from another of its name in the file: the round, version or task it is about. Part of the ledger key. */
  step: string;
  to: Recipient;
  subject: Subject;
}

/** One mail that one owner owes somebody. */
export type MailToSend<Kind extends OwnerKind = OwnerKind> = {
  [One in Kind]: {
    [Name in MailNameOf<One>]: MailOf<Name, MailsOf[One][Name & keyof MailsOf[One]]>;
  }[MailNameOf<One>];
}[Kind];

/** A mail that any owner can owe. */
export type SharedMail = {
  [Name in SharedMailName]: MailOf<Name, MailsOf["office"][Name]>;
}[SharedMailName];

/** Wakes whatever waits on the owner's file; waking one too many is harmless, for it plans again. */
export interface Wake {
  type: "wake";
}

/** Starts the owner's workflow again, under its next attempt: what was held goes on. */
export interface Start {
  type: "start";
}

/** Looks for open applications for the body that a case was admitted for, and ends each in a change of its own. */
export interface CloseRivals {
  type: "close-rivals";
}

/** Makes an invoice's documents and keeps them; they are the same bytes each time. */
export interface FileInvoice {
  type: "file-invoice";
  invoiceNumber: number;
}

export type SharedErrand = SharedMail | Wake;
export type Errand<Kind extends OwnerKind = OwnerKind> =
  | MailToSend<Kind>
  | SharedErrand
  | Start
  | CloseRivals
  | FileInvoice;

/** What must reach the outside world, committed in the same transaction as what it tells of. */
export type OutboxItem<Kind extends OwnerKind = OwnerKind> = Errand<Kind> & {
  sequence: number;
  since: number;
};
