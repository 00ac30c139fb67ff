import { createHash } from "node:crypto";
import { type AnyOwner, type OwnerKind, ownerText } from "../owner.ts";
import type { People } from "../settings/settings.ts";
import type { MailToSend, Recipient } from "./errand.ts";
import type { MailNameOf, MailsOf } from "./mails.ts";

export function secretaries(people: People): Recipient[] {
  return people.secretaries.map((address) => ({ role: "secretary", address }));
}

export function chair(people: People): Recipient {
  return { role: "chair", address: people.chair };
}

type SubjectOf<Kind extends OwnerKind, Name extends MailNameOf<Kind>> = MailsOf[Kind][Name &
  keyof MailsOf[Kind]];

/** Writes the mails of one kind of owner: `caseMail(to, "receipt", 1, {})`. */
function mailsBy<Kind extends OwnerKind>() {
  return <Name extends MailNameOf<Kind>>(
    to: Recipient,
    mail: Name,
    step: string | number,
    subject: SubjectOf<Kind, Name>,
  ) => ({ type: "mail" as const, mail, step: String(step), to, subject });
}
export const caseMail = mailsBy<"case">();
export const memberMail = mailsBy<"member">();
export const runMail = mailsBy<"run">();
/** A mail that any owner can owe. */
export const anyonesMail = mailsBy<"office">();

/** 64 bits of the address, salted with the owner: enough to tell a file's recipients apart, useless to anybody else. */
export function recipientHash(owner: AnyOwner, address: string): string {
  return createHash("sha256")
    .update(`${ownerText(owner)}\n${address.toLowerCase()}`)
    .digest("hex")
    .slice(0, 16);
}

/**
 * The ledger's key for a mail: one per owner, mail, step and recipient.
 * Only A–Z a–z 0–9 - _ and at most 256 characters, for it travels as an SES message tag's value.
 */
export function ledgerKeyOf(owner: AnyOwner, item: Pick<MailToSend, "mail" | "step" | "to">): string {
  const step = /^[A-Za-z0-9-]{1,60}$/.test(item.step)
    ? item.step
    : createHash("sha256").update(item.step).digest("hex").slice(0, 16);
  return `${item.mail}_${step}_${recipientHash(owner, item.to.address)}`;
}
