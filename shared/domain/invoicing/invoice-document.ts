import type { Language } from "../agreement/kind.ts";
import type { Oere } from "../dues/dues-rate.ts";
import type { PostalAddress } from "../organisation/organisation.ts";
import type { PayeeAccount } from "../settings/payee.ts";
import type { Sender } from "../settings/settings.ts";
import { fikReference } from "./fik.ts";
import type { InvoiceVat } from "./invoice-vat.ts";

export type InvoicePayment =
  | ({ kind: "account" } & PayeeAccount)
  /** Where the association has bought a FIK agreement; the reference is the invoice's own. */
  | { kind: "fik"; creditorNumber: string; reference: string };

/** Who pays. Without a GLN nobody carries an e-invoice there, and the paper is the invoice. */
export interface InvoiceBuyer {
  name: string;
  cvr: string;
  gln?: string | undefined;
  address?: PostalAddress | undefined;
  contactName?: string | undefined;
}

/** What the buyer asks to see before it pays. Source: BEK 206/2011 §§ 3–4. */
export interface InvoiceReferences {
  /** Personreference: a name, initials or a user id. */
  person?: string | undefined;
  /** Order or requisition number. */
  order?: string | undefined;
  /** Kontostreng. */
  account?: string | undefined;
}

interface Common {
  /** Invoices and credit notes share one series. */
  number: number;
  /** 1, or more where the same number and amounts are written again before delivery. */
  revision: number;
  /** Copenhagen dates, yyyy-mm-dd. */
  issuedOn: string;
  period: { start: string; end: string };
  /** As it stood when the number was taken. */
  seller: Sender;
  buyer: InvoiceBuyer;
  references: InvoiceReferences;
  /** What the one line is for: the e-invoice is in Danish, the paper in the buyer's language. */
  lineText: Readonly<Record<Language, string>>;
  /** Positive in a credit note too: its kind gives the sign. */
  netOere: Oere;
  vatOere: Oere;
  totalOere: Oere;
  vat: InvoiceVat;
  note?: string | undefined;
}

export interface Invoice extends Common {
  kind: "invoice";
  dueOn: string;
  payment: InvoicePayment;
}

/** Gives back what an invoice demanded. Asks for nothing, so it has neither due date nor payment. */
export interface CreditNote extends Common {
  kind: "credit-note";
  credits: { number: number; issuedOn: string };
}

/** One line, one VAT category: a line of another category is a document of its own (Peppol P0105). */
export type InvoiceDocument = Invoice | CreditNote;

/** By FIK where the association has a creditor number, else by account and the invoice's number. */
export function invoicePayment(
  invoiceNumber: number,
  account: PayeeAccount,
  creditorNumber?: string,
): InvoicePayment {
  return creditorNumber === undefined
    ? { kind: "account", ...account }
    : { kind: "fik", creditorNumber, reference: fikReference(invoiceNumber) };
}

/** "Kontingent 2027, helt år". */
export function duesLineText(year: number, period: "full-year" | "half-year"): InvoiceDocument["lineText"] {
  const half = period === "half-year";
  return {
    da: `Kontingent ${year}, ${half ? "halvt" : "helt"} år`,
    en: `Membership dues ${year}, ${half ? "half" : "full"} year`,
  };
}

/**
 * Who at the buyer's is asked whether it's right: the person reference, or the contact where the buyer has given none.
 * An order alone will do as well; nothing at all is refused (Peppol R003).
 */
export function buyerReferenceOf({
  references,
  buyer,
}: Pick<InvoiceDocument, "references" | "buyer">): string | undefined {
  return [references.person, buyer.contactName].find((text) => text !== undefined && text.trim() !== "");
}

/** Whether an e-invoice goes to the buyer, so that the paper is only a copy of it. */
export function isCopy({ buyer }: Pick<InvoiceDocument, "buyer">): boolean {
  return buyer.gln !== undefined;
}

/** "20270042.xml", or "20270042-2.xml" once it has been written again. */
export function invoiceFileName(
  { number, revision }: Pick<InvoiceDocument, "number" | "revision">,
  extension: "xml" | "pdf",
): string {
  return `${number}${revision > 1 ? `-${revision}` : ""}.${extension}`;
}
