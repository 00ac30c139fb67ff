import type { AnyFile } from "../../shared/domain/files.ts";
import { creditNoteOf, invoiceOf } from "../../shared/domain/invoicing/dues-invoice.ts";
import type { InvoiceDocument } from "../../shared/domain/invoicing/invoice-document.ts";
import { invoiceFaults } from "../../shared/domain/invoicing/invoice-faults.ts";
import { peppolBis } from "../../shared/domain/invoicing/peppol-bis.ts";
import { isIssued } from "../../shared/domain/membership/member-file.ts";
import type { InvoiceStore } from "../../shared/ports/invoice-files.ts";
import type { InvoicePrinter } from "../../shared/ports/invoice-printer.ts";

export interface FileInvoiceDependencies {
  invoices: Pick<InvoiceStore, "keep">;
  invoicePrinter: InvoicePrinter;
}

/** A document of ours breaks a rule that its receiver would refuse it by: never carried, always heard. */
export class InvoiceIsFaulty extends Error {
  override readonly name = "InvoiceIsFaulty";
}

/** Makes the documents of an issued number and keeps them; run twice, it finds them there. */
export async function fileInvoice(
  file: AnyFile,
  invoiceNumber: number,
  { invoices, invoicePrinter }: FileInvoiceDependencies,
): Promise<void> {
  if (!("dues" in file)) return;
  const document = documentNumbered(file, invoiceNumber);
  if (!document) return;
  const faults = invoiceFaults(document);
  if (faults.length > 0) throw new InvoiceIsFaulty(`${invoiceNumber}: ${faults.join(", ")}`);
  const pdf = await invoicePrinter.print(document, file.member.language);
  await invoices.keep(invoiceNumber, { pdf, xml: peppolBis(document) });
}

/** Invoices and credit notes share one series. */
function documentNumbered(
  { dues }: Pick<Extract<AnyFile, { dues: unknown }>, "dues">,
  number: number,
): InvoiceDocument | undefined {
  const lines = dues.filter(isIssued);
  const invoice = lines.find(({ state }) => state.invoiceNumber === number);
  const credited = lines.find(({ state }) => state.credited?.creditNoteNumber === number);
  return invoice ? invoiceOf(invoice) : credited && creditNoteOf(credited);
}
