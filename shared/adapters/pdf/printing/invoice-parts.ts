import type { Language } from "../../../domain/agreement/kind.ts";
import { fikLine } from "../../../domain/invoicing/fik.ts";
import {
  buyerReferenceOf,
  type Invoice,
  type InvoiceDocument,
  isCopy,
} from "../../../domain/invoicing/invoice-document.ts";
import { type Block, bodyWidth, type Cell, type Style } from "./blocks.ts";
import { type InvoiceWords, invoiceWords } from "./invoice-words.ts";
import {
  columnWidth,
  fullWidth,
  inPairs,
  labelled,
  oneLine,
  panelPadding,
  partHeading,
  party,
  styles,
  text,
} from "./layout.ts";

const looks = {
  copy: { size: 27, lead: 33, bold: true, colour: "accent" },
  notice: { size: 12, lead: 16, bold: true, colour: "accent" },
  head: { size: 9, lead: 13, bold: true, colour: "accent" },
  cell: { size: 10, lead: 14, colour: "ink" },
  total: { size: 12, lead: 16, bold: true, colour: "ink" },
  remark: { size: 9.5, lead: 14, colour: "quiet" },
} as const satisfies Record<string, Style>;

export function invoiceTitle(invoice: InvoiceDocument, words: InvoiceWords): Block[] {
  const title = { text: words.title[invoice.kind], style: styles.title };
  if (!isCopy(invoice)) return [text("H1", 24, title)];
  return [text("H1", 24, title, { text: words.copy, style: looks.copy, align: "right" })];
}

/** So that nobody pays twice, once by the e-invoice and once by its copy. */
export function copyNotice({ kind, buyer: { gln } }: InvoiceDocument, words: InvoiceWords): Block[] {
  if (gln === undefined) return [];
  const width = bodyWidth - 2 * panelPadding;
  return [
    text("P", 0, { text: words.copyHeading[kind](gln), style: looks.notice, width }),
    text("P", 1, { text: words.copyText[kind], style: styles.value, width }),
  ];
}

export function buyerParty({ buyer }: InvoiceDocument, words: InvoiceWords): Block[] {
  return party(words.buyer, buyer.name, [
    [words.cvr, inPairs(buyer.cvr)],
    [words.gln, buyer.gln],
    [words.address, buyer.address && oneLine(buyer.address)],
    [words.contact, buyer.contactName],
  ]);
}

export function sellerParty({ seller }: InvoiceDocument, words: InvoiceWords): Block[] {
  return party(words.seller, seller.name, [
    [words.cvr, inPairs(seller.cvr)],
    [words.gln, seller.gln],
    [words.address, oneLine(seller)],
    [words.email, seller.email],
  ]);
}

export function documentFacts(invoice: InvoiceDocument, words: InvoiceWords): Block[] {
  const day = (date: string) => longDay(date, words);
  const credits = invoice.kind === "credit-note" ? invoice.credits : undefined;
  return facts([
    [words.number[invoice.kind], String(invoice.number)],
    [words.issued[invoice.kind], day(invoice.issuedOn)],
    [words.due, invoice.kind === "invoice" ? day(invoice.dueOn) : undefined],
    [words.credits, credits && words.creditsText(credits.number, day(credits.issuedOn))],
  ]);
}

/** What the buyer asked to see on its invoices, as in the e-invoice. */
export function referenceFacts(invoice: InvoiceDocument, words: InvoiceWords): Block[] {
  return facts([
    [words.person, buyerReferenceOf(invoice)],
    [words.order, invoice.references.order],
    [words.account, invoice.references.account],
  ]);
}

function facts(rows: Parameters<typeof labelled>[0]): Block[] {
  return labelled(rows, { before: 0, labelWidth: 82, width: columnWidth - panelPadding }).map(indented);
}

/** In line with the text of the panels above. */
function indented(block: Block): Block {
  if (block.kind !== "text") return block;
  return { ...block, runs: block.runs.map((run) => ({ ...run, x: run.x + panelPadding })) };
}

const columns = {
  line: { x: 0, width: 176 },
  period: { x: 182, width: 130 },
  vat: { x: 312, width: 52, align: "right" },
  amount: { x: 364, width: bodyWidth - 364, align: "right" },
} as const;

export function lineTable(invoice: InvoiceDocument, language: Language): Block {
  const words = invoiceWords[language];
  const { vat, period } = invoice;
  const head = (column: keyof typeof columns): Cell => {
    return { tag: "TH", scope: "Column", text: words[column], style: looks.head, ...columns[column] };
  };
  const cell = (column: keyof typeof columns, content: string): Cell => {
    return { tag: "TD", text: content, style: looks.cell, ...columns[column] };
  };
  return {
    kind: "table",
    before: 26,
    head: { cells: [head("line"), head("period"), head("vat"), head("amount")], padding: 4 },
    rows: [
      {
        cells: [
          cell("line", invoice.lineText[language]),
          cell("period", `${shortDay(period.start, words)} – ${shortDay(period.end, words)}`),
          cell("vat", words.lineVat[vat.category](percent(vat.percent, words))),
          cell("amount", amount(invoice.netOere, words)),
        ],
        padding: 7,
        rule: { thickness: 0.75, colour: "accent" },
      },
    ],
  };
}

export function totalsTable(invoice: InvoiceDocument, words: InvoiceWords): Block {
  const { netOere, vatOere, totalOere, vat, kind } = invoice;
  const total = (isCopy(invoice) ? words.copyTotal : words.total)[kind];
  const label = { x: columns.period.x, width: columns.amount.x - columns.period.x } as const;
  const row = (heading: string, oere: number, style: Style) => {
    const cells: Cell[] = [
      { tag: "TH", scope: "Row", text: heading, style, ...label },
      { tag: "TD", text: amount(oere, words), style, ...columns.amount },
    ];
    return { cells, padding: 4 };
  };
  return {
    kind: "table",
    before: 6,
    rows: [
      {
        ...row(words.net, netOere, looks.cell),
        rule: { thickness: 0.5, colour: "line" },
      },
      row(words.totalVat[vat.category](percent(vat.percent, words)), vatOere, looks.cell),
      {
        ...row(total, totalOere, looks.total),
        padding: 7,
        rule: { thickness: 1, colour: "ink" },
      },
    ],
  };
}

/** Why there is no VAT, and what a person has written to the buyer. */
export function remarks({ vat, note }: InvoiceDocument): Block[] {
  return [vat.reasonText, note]
    .filter((remark): remark is string => remark !== undefined && remark.trim() !== "")
    .map((remark) => text("P", 8, { text: remark, style: looks.remark }));
}

/** How to pay, where this paper is the invoice; a credit note and a copy ask for nothing. */
export function paymentPart(invoice: InvoiceDocument, words: InvoiceWords) {
  if (invoice.kind !== "invoice" || isCopy(invoice)) return undefined;
  const blocks = labelled(paymentLines(invoice, words), {
    before: 0,
    labelWidth: 104,
    width: bodyWidth - 2 * panelPadding,
  });
  return { above: [partHeading(words.payment)], columns: fullWidth(blocks) };
}

function paymentLines({ payment, number, dueOn }: Invoice, words: InvoiceWords): [string, string][] {
  const due: [string, string] = [words.payBy, longDay(dueOn, words)];
  if (payment.kind === "fik") return [due, [words.fik, fikLine(payment.reference, payment.creditorNumber)]];
  return [
    due,
    [words.registrationNumber, payment.registrationNumber],
    [words.accountNumber, payment.accountNumber],
    [words.reference, words.referenceText(number)],
  ];
}

/** "4. januar 2027", on one line. */
function longDay(date: string, { locale }: InvoiceWords): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" })
    .format(Date.parse(date))
    .replaceAll(" ", "\u00a0");
}

/** "4.1.2027" or "04/01/2027" */
function shortDay(date: string, { locale }: InvoiceWords): string {
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC" }).format(Date.parse(date));
}

/** "25.000,00" or "25,000.00" */
function amount(oere: number, { locale }: InvoiceWords): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(locale, digits).format(oere / 100);
}

function percent(value: number, words: InvoiceWords): string {
  return words.percent(new Intl.NumberFormat(words.locale).format(value));
}
