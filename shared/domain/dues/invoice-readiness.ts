import type { Organisation } from "../organisation/organisation.ts";
import type { ConfirmedPayee, MissingPart, PayeeReadiness } from "../settings/payee.ts";
import type { DuesCharge } from "./first-dues.ts";

/** What can stand between a charge and its invoice, the association's own first. */
export const missingForInvoice = ["SENDER", "ACCOUNT", "VAT", "GLN"] as const satisfies readonly (
  | MissingPart
  | "GLN"
)[];
export type MissingForInvoice = (typeof missingForInvoice)[number];

/** The state of a line that is to be charged. Only a line that can be sent has a number: numbers have no gaps. */
export type DuesLineState =
  /** With the payee as it stood then: an account that is changed later doesn't change earlier invoices. */
  | { kind: "issued"; invoiceNumber: number; payee: ConfirmedPayee }
  | { kind: "not-invoice-ready"; missing: MissingForInvoice };

/**
 * Issued where everything is in place: sender, account and VAT confirmed by two persons, the rate's VAT the confirmed
 * one, and the public body's GLN.
 */
export function duesLineState(
  organisation: Organisation,
  charge: DuesCharge,
  readiness: PayeeReadiness,
  invoiceNumber: number,
): DuesLineState {
  if (readiness.kind === "unconfirmed") return { kind: "not-invoice-ready", missing: readiness.missing[0] };
  const { payee } = readiness;
  if (payee.vat.category !== charge.vatCategory || payee.vat.percent !== charge.vatPercent)
    return { kind: "not-invoice-ready", missing: "VAT" };
  if (organisation.gln === undefined) return { kind: "not-invoice-ready", missing: "GLN" };
  return { kind: "issued", invoiceNumber, payee };
}
