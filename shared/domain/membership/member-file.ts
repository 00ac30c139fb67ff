import type { Filed } from "../filing/filed.ts";
import { type ContactRecord, personIn } from "../filing/person.ts";
import type { Posting } from "../ledger/posting.ts";
import type { PersonId } from "../owner.ts";
import type { DuesLine, Member } from "./member.ts";

/** Everything we hold on one member; lives on when its case is erased. */
export interface MemberFile extends Filed<"member"> {
  member: Member;
  contactId: PersonId;
  dues: readonly DuesLine[];
  /** Payments, credits and the like, in the order in which they were entered. */
  postings: readonly Posting[];
}

/** @throws PersonIsMissing */
export function memberContact(file: Pick<MemberFile, "persons" | "contactId">): ContactRecord {
  return personIn(file, "contact", file.contactId);
}

export type IssuedLine = DuesLine & { state: Extract<DuesLine["state"], { kind: "issued" }> };

export function isIssued(line: DuesLine): line is IssuedLine {
  return line.state.kind === "issued";
}

/** The line an invoice number stands on. */
export function invoicedLine(file: Pick<MemberFile, "dues">, invoiceNumber: number): IssuedLine | undefined {
  return file.dues.filter(isIssued).find(({ state }) => state.invoiceNumber === invoiceNumber);
}
