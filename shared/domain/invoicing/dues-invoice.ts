import type { IssuedLine } from "../membership/member-file.ts";
import {
  type CreditNote,
  duesLineText,
  type Invoice,
  type InvoiceBuyer,
  invoicePayment,
} from "./invoice-document.ts";
import { invoiceVat } from "./invoice-vat.ts";

/**
 * An issued line as the invoice it is: everything stands on the line as it was when the number was taken, so that the
 * same line gives the same document for ever.
 */
export function invoiceOf(line: IssuedLine): Invoice {
  const { invoiceNumber, payee } = line.state;
  return {
    ...commonOf(line, invoiceNumber, line.invoicedOn),
    kind: "invoice",
    dueOn: line.dueOn,
    payment: invoicePayment(invoiceNumber, payee.account),
  };
}

/** The credit note for the whole of a line; nothing for a line that stands. */
export function creditNoteOf(line: IssuedLine): CreditNote | undefined {
  const { credited, invoiceNumber } = line.state;
  return (
    credited && {
      ...commonOf(line, credited.creditNoteNumber, credited.on),
      kind: "credit-note",
      credits: { number: invoiceNumber, issuedOn: line.invoicedOn },
    }
  );
}

function commonOf(line: IssuedLine, number: number, issuedOn: string) {
  const { payee, payer } = line.state;
  const buyer: InvoiceBuyer = { ...payer.organisation, contactName: payer.contactName };
  return {
    number,
    revision: 1,
    issuedOn,
    period: {
      start: line.period === "half-year" ? `${line.year}-07-01` : `${line.year}-01-01`,
      end: `${line.year}-12-31`,
    },
    seller: payee.sender,
    buyer,
    references: payer.references,
    lineText: duesLineText(line.year, line.period),
    netOere: line.amountOere,
    vatOere: line.vatOere,
    totalOere: line.totalOere,
    vat: invoiceVat(line.vatCategory, line.vatPercent),
  };
}
