import { type CsvColumn, csvFile, type FormulaGuard } from "./csv-columns.ts";
import { type InvoiceDocument, invoiceFileName } from "./invoice-document.ts";

const kinds = {
  invoice: "Faktura",
  "credit-note": "Kreditnota",
} as const satisfies Record<InvoiceDocument["kind"], string>;

/** What an invoice adds to the association's books, and a credit note takes away. */
function signed({ kind }: InvoiceDocument, oere: number): number {
  return kind === "credit-note" ? -oere : oere;
}

const journal: readonly CsvColumn<InvoiceDocument>[] = [
  { heading: "Nummer", value: ({ number }) => ({ plain: number }) },
  { heading: "Dato", value: ({ issuedOn }) => ({ plain: issuedOn }) },
  { heading: "Debitor", value: ({ buyer }) => ({ text: buyer.name }) },
  { heading: "CVR", value: ({ buyer }) => ({ plain: buyer.cvr }) },
  { heading: "Beløb uden moms", value: (document) => ({ oere: signed(document, document.netOere) }) },
  { heading: "Moms", value: (document) => ({ oere: signed(document, document.vatOere) }) },
  { heading: "Beløb i alt", value: (document) => ({ oere: signed(document, document.totalOere) }) },
  { heading: "Type", value: ({ kind }) => ({ plain: kinds[kind] }) },
  { heading: "Tekst", value: ({ lineText }) => ({ text: lineText.da }) },
];

/**
 * For the accounts system, which keeps the books: a line a document by number, credit notes below zero, so that the
 * columns add up. Dates are yyyy-mm-dd, amounts in kroner with a decimal comma.
 */
export function journalCsv(documents: readonly InvoiceDocument[], guard: FormulaGuard): string {
  return csvFile(journal, byNumber(documents), guard);
}

const handOver: readonly CsvColumn<InvoiceDocument>[] = [
  { heading: "Nummer", value: ({ number }) => ({ plain: number }) },
  { heading: "Type", value: ({ kind }) => ({ plain: kinds[kind] }) },
  { heading: "Dato", value: ({ issuedOn }) => ({ plain: issuedOn }) },
  {
    heading: "Forfaldsdato",
    value: (document) => ({ plain: document.kind === "invoice" ? document.dueOn : undefined }),
  },
  {
    heading: "Krediterer",
    value: (document) => ({
      plain: document.kind === "credit-note" ? document.credits.number : undefined,
    }),
  },
  { heading: "EAN", value: ({ buyer }) => ({ plain: buyer.gln }) },
  { heading: "CVR", value: ({ buyer }) => ({ plain: buyer.cvr }) },
  { heading: "Navn", value: ({ buyer }) => ({ text: buyer.name }) },
  { heading: "Personreference", value: ({ references }) => ({ text: references.person }) },
  { heading: "Ordrenummer", value: ({ references }) => ({ text: references.order }) },
  { heading: "Kontostreng", value: ({ references }) => ({ text: references.account }) },
  { heading: "Beløb i alt", value: ({ totalOere }) => ({ oere: totalOere }) },
  { heading: "E-faktura", value: (document) => ({ plain: invoiceFileName(document, "xml") }) },
  { heading: "PDF", value: (document) => ({ plain: invoiceFileName(document, "pdf") }) },
];

/** The list in a run's ZIP: which file goes where, for whoever hands the e-invoices over and ticks them off. */
export function handOverCsv(documents: readonly InvoiceDocument[], guard: FormulaGuard): string {
  return csvFile(handOver, byNumber(documents), guard);
}

function byNumber(documents: readonly InvoiceDocument[]): InvoiceDocument[] {
  return documents.toSorted((a, b) => a.number - b.number);
}
