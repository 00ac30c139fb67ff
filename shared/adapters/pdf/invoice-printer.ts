import { readFile } from "node:fs/promises";
import { isCopy } from "../../domain/invoicing/invoice-document.ts";
import type { InvoicePrinter } from "../../ports/invoice-printer.ts";
import {
  buyerParty,
  copyNotice,
  documentFacts,
  invoiceTitle,
  lineTable,
  paymentPart,
  referenceFacts,
  remarks,
  sellerParty,
  totalsTable,
} from "./printing/invoice-parts.ts";
import { invoiceWords } from "./printing/invoice-words.ts";
import { fullWidth, panelPadding, sideBySide } from "./printing/layout.ts";
import { TaggedDocument } from "./printing/tagged-document.ts";

/** Sets invoices and credit notes on A4, tagged for screen readers. The same document gives the same bytes. */
export class PdfInvoicePrinter implements InvoicePrinter {
  readonly #fontFolder: URL;

  /** @param options `fontFolder` ends in "/" and holds IBMPlexSans-Regular.ttf and IBMPlexSans-SemiBold.ttf */
  constructor(options: { fontFolder: URL }) {
    this.#fontFolder = options.fontFolder;
  }

  async print(...[invoice, language]: Parameters<InvoicePrinter["print"]>): Promise<Uint8Array> {
    const words = invoiceWords[language];
    const name = `${words.title[invoice.kind]} ${invoice.number}`;
    const paper = await TaggedDocument.create({
      title: `${name} – ${invoice.buyer.name}`,
      language: words.locale,
      author: invoice.seller.name,
      keywords: [String(invoice.number)],
      regular: await this.#font("IBMPlexSans-Regular.ttf"),
      semiBold: await this.#font("IBMPlexSans-SemiBold.ttf"),
      footer: isCopy(invoice) ? `${name} · ${words.copy}` : name,
      pageNumber: words.page,
    });
    paper.letterhead("OS2", name);
    paper.place(invoiceTitle(invoice, words));
    const notice = copyNotice(invoice, words);
    if (notice.length > 0) paper.placeColumns({ ...panels, gap: 12, columns: fullWidth(notice) });
    const parties = sideBySide(buyerParty(invoice, words), sellerParty(invoice, words));
    paper.placeColumns({ ...panels, gap: 12, columns: parties });
    const facts = sideBySide(documentFacts(invoice, words), referenceFacts(invoice, words));
    paper.placeColumns({ above: [], gap: 16, columns: facts });
    // With the line, so that no total stands alone on a page.
    paper.place([lineTable(invoice, language), totalsTable(invoice, words), ...remarks(invoice)]);
    const payment = paymentPart(invoice, words);
    if (payment) paper.placeColumns({ ...panels, ...payment, gap: 8 });
    return paper.save();
  }

  #font(name: string): Promise<Buffer> {
    return readFile(new URL(name, this.#fontFolder));
  }
}

const panels = { above: [], panel: panelPadding };
