import type { Language } from "../domain/agreement/kind.ts";
import type { InvoiceDocument } from "../domain/invoicing/invoice-document.ts";

/** Sets an invoice or a credit note on paper, with the numbers of its e-invoice. */
export interface InvoicePrinter {
  /**
   * A PDF: where an e-invoice goes to the buyer's GLN a copy that says so and by which nobody can pay, else the
   * invoice itself, with account and reference.
   */
  print(document: InvoiceDocument, language: Language): Promise<Uint8Array>;
}
