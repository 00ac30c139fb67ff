import type { AgreementPrinter } from "../../ports/agreement-printer.ts";

/** For a handler: a printer whose PDF library, 1.4 MB, is loaded with the first agreement that is printed. */
export function printerOnFirstUse(fontFolder: URL): AgreementPrinter {
  return {
    print: async (...agreement) => {
      const { PdfAgreementPrinter } = await import("./agreement-printer.ts");
      return new PdfAgreementPrinter({ fontFolder }).print(...agreement);
    },
  };
}
