import { oere } from "../../shared/domain/dues/dues-rate.ts";
import { duesLineText, type InvoiceDocument } from "../../shared/domain/invoicing/invoice-document.ts";
import { aBuyer, aCreditNote, anInvoice, byFik, halfYear, vats } from "../support/builders/an-invoice.ts";

const half = { netOere: oere(1_284_551), period: halfYear, lineText: duesLineText(2027, "half-year") };
const noReferences = { references: {} };

/** Every kind of line in an invoice and in a credit note, and every way to leave something out. */
export const kinds: Readonly<Record<string, InvoiceDocument>> = {
  "a full year at the standard rate, by account": anInvoice(),
  "half a year at the standard rate, by FIK": anInvoice({ ...half, payment: byFik }),
  "a full year, exempt, by account": anInvoice({ vat: vats.E }),
  "half a year, exempt, by FIK": anInvoice({ ...half, vat: vats.E, payment: byFik }),
  "half a year outside the scope of VAT, by FIK": anInvoice({ ...half, vat: vats.O, payment: byFik }),
  "a full year with person, order and account string": anInvoice({
    references: { person: "aae", order: "REK-7781", account: "4711-00-123" },
    note: "Medlemskab af OS2, vedtægternes § 5.1",
  }),
  "an order alone, and no contact": anInvoice({
    references: { order: "REK-7781" },
    buyer: { ...aBuyer, contactName: undefined },
  }),
  "a contact in the place of a person reference": anInvoice(noReferences),
  "a buyer without address": anInvoice({ buyer: { ...aBuyer, address: undefined } }),
  "a buyer without EAN number": anInvoice({ buyer: { ...aBuyer, gln: undefined } }),
  "names that XML has signs for": anInvoice({
    buyer: { ...aBuyer, name: `Prøve & <Søn> "A/S"`, contactName: "O'Ærlig ]]> &amp;" },
  }),
  "a full year credited, at the standard rate": aCreditNote({ note: "Krediterer faktura 20270042: udmeldt" }),
  "half a year credited, exempt": aCreditNote({ ...half, vat: vats.E }),
  "half a year credited, outside the scope of VAT": aCreditNote({ ...half, vat: vats.O }),
  "a credit note with person, order and account string": aCreditNote({
    references: { person: "aae", order: "REK-7781", account: "4711-00-123" },
  }),
  "a credit note to a buyer without EAN number and address": aCreditNote({
    buyer: { ...aBuyer, gln: undefined, address: undefined },
  }),
};
