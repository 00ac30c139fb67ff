import type { InvoicePrinter } from "../../ports/invoice-printer.ts";

/** A PDF's tools are heavy, and most runs of the outbox print nothing: they are loaded with the first invoice. */
export function printerLoadedLate(fontFolder: URL): InvoicePrinter {
  return {
    async print(...given) {
      const { PdfInvoicePrinter } = await import("./invoice-printer.ts");
      return new PdfInvoicePrinter({ fontFolder }).print(...given);
    },
  };
}
