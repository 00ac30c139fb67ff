import { oere, type VatCategory } from "../../../shared/domain/dues/dues-rate.ts";
import {
  type CreditNote,
  duesLineText,
  type Invoice,
  type InvoiceDocument,
  invoicePayment,
} from "../../../shared/domain/invoicing/invoice-document.ts";
import { type InvoiceVat, invoiceVat } from "../../../shared/domain/invoicing/invoice-vat.ts";
import { defaultSender } from "../../../shared/domain/settings/default-sender.ts";

export const anAccount = { registrationNumber: "1234", accountNumber: "0012345678" };
export const aCreditor = "81234567";

/** How the dues may be taxed. */
export const vats = {
  S: invoiceVat("S", 25),
  E: invoiceVat("E", 0),
  O: invoiceVat("O", 0),
} as const satisfies Record<VatCategory, InvoiceVat>;

export const fullYear = { start: "2027-01-01", end: "2027-12-31" };
export const halfYear = { start: "2027-07-01", end: "2027-12-31" };

/** A year's dues of a municipality, by account; state only what matters. */
export function anInvoice(over: Partial<Omit<Invoice, "kind">> = {}): Invoice {
  return { ...common(over), kind: "invoice", dueOn: "2027-02-03", payment: byAccount, ...over };
}

/** The same dues given back. */
export function aCreditNote(over: Partial<Omit<CreditNote, "kind">> = {}): CreditNote {
  return {
    ...common(over),
    kind: "credit-note",
    number: 20270043,
    issuedOn: "2027-03-01",
    credits: { number: 20270042, issuedOn: "2027-01-04" },
    ...over,
  };
}

const byAccount = invoicePayment(20270042, anAccount);
export const byFik = invoicePayment(20270042, anAccount, aCreditor);

export const aBuyer: InvoiceDocument["buyer"] = {
  name: "Prøvekøbing Kommune",
  cvr: "10150817",
  gln: "5798009811578",
  address: { street: "Rådhuspladsen 1", postalCode: "9999", city: "Prøvekøbing" },
  contactName: "Åse Ærlig",
};

function common({ netOere = oere(2_500_000), vat = vats.S }: Partial<Pick<Invoice, "netOere" | "vat">>) {
  const vatOere = oere(Math.floor((netOere * vat.percent + 50) / 100));
  return {
    number: 20270042,
    revision: 1,
    issuedOn: "2027-01-04",
    period: fullYear,
    seller: defaultSender,
    buyer: aBuyer,
    references: { person: "aae" },
    lineText: duesLineText(2027, "full-year"),
    netOere,
    vatOere,
    totalOere: oere(netOere + vatOere),
    vat,
  };
}
