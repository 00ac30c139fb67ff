import type { InvoiceFiles, InvoiceStore } from "../../../shared/ports/invoice-files.ts";
import type { InvoicePrinter } from "../../../shared/ports/invoice-printer.ts";

/** The documents of invoices in memory; what is kept stays. */
export class MemoryInvoices implements InvoiceStore {
  readonly kept = new Map<number, InvoiceFiles>();

  async keep(number: number, files: InvoiceFiles): Promise<void> {
    if (!this.kept.has(number)) this.kept.set(number, files);
  }

  async readPdf(number: number): Promise<Uint8Array | undefined> {
    return this.kept.get(number)?.pdf;
  }

  async readXml(number: number): Promise<string | undefined> {
    return this.kept.get(number)?.xml;
  }
}

/** Prints a document as its own fields, in the time of a test. */
export const plainPrinter: InvoicePrinter = {
  print: async (document, language) => new TextEncoder().encode(JSON.stringify({ language, ...document })),
};
