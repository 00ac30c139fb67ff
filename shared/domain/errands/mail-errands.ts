import { createHash } from "node:crypto";
import type { CaseId } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import type { People } from "../settings/settings.ts";
import type { MailName, MailSubject, MailToSend, Recipient } from "./errand.ts";

/** A case without an address to write to can't be made: the form asks for one. */
export class ContactIsMissing extends Error {
  override readonly name = "ContactIsMissing";
}

export function contactOf(file: Pick<CaseFile, "case" | "contactId" | "persons">): Recipient {
  const address = file.persons.get(file.contactId)?.email;
  if (!address) throw new ContactIsMissing(`case ${file.case.id} has no contact address`);
  return { role: "contact", address };
}

export function secretaries(people: People): Recipient[] {
  return people.secretaries.map((address) => ({ role: "secretary", address }));
}

export function chair(people: People): Recipient {
  return { role: "chair", address: people.chair };
}

/** @param step what tells this mail from another of the same name in the case: a version, a round, a task. */
export function mailTo(
  to: Recipient,
  mail: MailName,
  step: string | number,
  subject: MailSubject = {},
): MailToSend {
  return { type: "mail", mail, step: String(step), to, subject };
}

/** 64 bits of the address, salted with the case: enough to tell a case's recipients apart, useless to anybody else. */
export function recipientHash(caseId: CaseId, address: string): string {
  return createHash("sha256").update(`${caseId}\n${address.toLowerCase()}`).digest("hex").slice(0, 16);
}

/**
 * The ledger's key for a mail: one per case, mail, step and recipient.
 * Only A–Z a–z 0–9 - _ and at most 256 characters, for it travels as an SES message tag's value.
 */
export function ledgerKeyOf(caseId: CaseId, item: Pick<MailToSend, "mail" | "step" | "to">): string {
  const step = /^[A-Za-z0-9-]{1,60}$/.test(item.step)
    ? item.step
    : createHash("sha256").update(item.step).digest("hex").slice(0, 16);
  return `${item.mail}_${step}_${recipientHash(caseId, item.to.address)}`;
}
