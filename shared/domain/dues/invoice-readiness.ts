import type { Member } from "../membership/member.ts";
import { type PrintedReferences, printedReferences } from "../membership/references.ts";
import type { ContactPerson, Organisation } from "../organisation/organisation.ts";
import type { PersonId } from "../owner.ts";
import type { ConfirmedPayee, MissingPart, PayeeReadiness } from "../settings/payee.ts";
import type { DuesCharge } from "./first-dues.ts";

/** What can stand between a charge and its invoice, the association's own first. */
export const missingForInvoice = ["SENDER", "ACCOUNT", "VAT", "GLN"] as const satisfies readonly (
  | MissingPart
  | "GLN"
)[];
export type MissingForInvoice = (typeof missingForInvoice)[number];

/** Who an invoice is made out to, as it stood when it was made. */
export interface Payer {
  organisation: Pick<Organisation, "name" | "cvr" | "gln" | "address">;
  references: PrintedReferences;
  /** Who is asked whether it is right, where the payer has given no person reference. */
  contactName: string;
}

/** Whoever is charged, as it is made out to. */
export function payerOf(
  { organisation, references }: Pick<Member, "organisation" | "references">,
  contact: Pick<ContactPerson, "name">,
): Payer {
  const { name, cvr, gln, address } = organisation;
  return {
    organisation: { name, cvr, gln, address },
    references: printedReferences(references),
    contactName: contact.name,
  };
}

/** How far an e-invoice has come. Handed over is a person's word, or that of the fetch. */
export type Delivery =
  | { state: "to-hand-over" }
  | { state: "handed-over"; on: string; at: number }
  /** The carrier's word: with its rule's id. */
  | { state: "rejected"; rule: string; at: number };

/** The state of a line that is to be charged. Only a line that can be sent has a number: numbers have no gaps. */
export type DuesLineState =
  | {
      kind: "issued";
      invoiceNumber: number;
      payee: ConfirmedPayee;
      /** As they stood then: what is changed later doesn't change earlier invoices. */
      payer: Payer;
      delivery: Delivery;
      /** By a credit note for the whole of it: another line may be charged for the year. */
      credited?: { creditNoteNumber: number; on: string; reasonId: PersonId } | undefined;
    }
  | { kind: "not-invoice-ready"; missing: MissingForInvoice };

/**
 * Issued where everything is in place: sender, account and VAT confirmed by two persons, the rate's VAT the confirmed
 * one, and the public body's GLN.
 */
export function duesLineState(
  payer: Payer,
  charge: DuesCharge,
  readiness: PayeeReadiness,
  invoiceNumber: number,
): DuesLineState {
  if (readiness.kind === "unconfirmed") return { kind: "not-invoice-ready", missing: readiness.missing[0] };
  const { payee } = readiness;
  if (payee.vat.category !== charge.vatCategory || payee.vat.percent !== charge.vatPercent)
    return { kind: "not-invoice-ready", missing: "VAT" };
  if (payer.organisation.gln === undefined) return { kind: "not-invoice-ready", missing: "GLN" };
  return { kind: "issued", invoiceNumber, payee, payer, delivery: { state: "to-hand-over" } };
}
