import type { Language } from "../domain/agreement/kind.ts";
import type { Attachment } from "../domain/errands/attachment.ts";
import type { IssuedLine } from "../domain/membership/member-file.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatCvr, formatIsoDay, formatKroner, formatPercent } from "../words/formats.ts";
import { type FileMail, fileWords } from "./case-mail.ts";
import { layOut, type Mail, type MailBlock } from "./mail-layout.ts";

export interface InvoiceCopyMail extends FileMail {
  line: IssuedLine;
  /** Copenhagen date, yyyy-mm-dd. */
  joinedOn: string;
  /** A whole year's dues without VAT, in øre. */
  fullYearOere: number;
  pdf: Attachment;
}

const texts = bilingual({
  da: {
    subject: (number: number, name: string) => `KOPI: Faktura ${number} til ${name}`,
    heading: (gln: string) => `Kopi: betales via EAN ${gln}`,
    lead: (name: string, year: number) =>
      `Fakturaen på kontingent til OS2 for ${name} i ${year} er sendt som e-faktura. Betal den og ikke kopien.`,
    number: "Fakturanummer",
    issued: "Dato",
    payer: "Til",
    payerText: (name: string, cvr: string) => `${name}, CVR ${cvr}`,
    line: "Kontingent",
    lineText: {
      "full-year": (year: number) => `Helt år ${year}`,
      "half-year": (year: number) => `Halvt år ${year}`,
    },
    amount: "Beløb uden moms",
    vat: {
      S: (percent: string) => `Moms ${percent}`,
      E: () => "Moms (fritaget)",
      O: () => "Moms (uden for momsloven)",
    },
    total: "I alt",
    due: "Forfalder",
    reference: { person: "Personreference", order: "Ordrenummer", account: "Kontostreng" },
    half: (joined: string, full: string) =>
      `I er kommet med ${joined}, altså efter 1. juli. Derfor betaler I for et halvt år. Fra næste år er kontingentet ${full} uden moms om året. (Vedtægterne § 5.1)`,
    note: "Er noget forkert, fx EAN-nummer eller reference, så svar på denne mail, før I betaler.",
    supplier: "Fra",
    why: "I får mailen, fordi I er med i OS2 og I står som kontaktperson.",
  },
  en: {
    subject: (number: number, name: string) => `COPY: Invoice ${number} to ${name}`,
    heading: (gln: string) => `Copy: to be paid through EAN ${gln}`,
    lead: (name: string, year: number) =>
      `The invoice for dues to OS2 for ${name} in ${year} was sent as an e-invoice. Pay that, and not the copy.`,
    number: "Invoice number",
    issued: "Date",
    payer: "To",
    payerText: (name: string, cvr: string) => `${name}, CVR ${cvr}`,
    line: "Dues",
    lineText: {
      "full-year": (year: number) => `Full year ${year}`,
      "half-year": (year: number) => `Half year ${year}`,
    },
    amount: "Amount without VAT",
    vat: {
      S: (percent: string) => `VAT ${percent}`,
      E: () => "VAT (exempt)",
      O: () => "VAT (outside the scope)",
    },
    total: "In all",
    due: "Due",
    reference: { person: "Person reference", order: "Order number", account: "Account string" },
    half: (joined: string, full: string) =>
      `You joined on ${joined}, that is after 1 July. So you pay for half a year. From next year the dues are ${full} a year without VAT. (Bylaws § 5.1)`,
    note: "If anything is wrong, such as the EAN number or a reference, answer this email before you pay.",
    supplier: "From",
    why: "You get this email because you take part in OS2 and are its contact.",
  },
});

/** The contact's copy of what went out as an e-invoice: no way to pay stands in it, so that nobody pays twice. */
export function invoiceCopyMail(data: InvoiceCopyMail, language: Language): Mail {
  const text = texts[language];
  const words = fileWords(data, language);
  const { line } = data;
  const { invoiceNumber, payee, payer } = line.state;
  const { sender } = payee;
  const money = (amountOere: number) => formatKroner(amountOere, language);
  const references = (["person", "order", "account"] as const).flatMap((kind) => {
    const value = payer.references[kind];
    return value === undefined ? [] : [[text.reference[kind], value] as const];
  });
  const why: MailBlock[] =
    line.period === "half-year"
      ? [
          {
            type: "paragraph",
            text: text.half(formatIsoDay(data.joinedOn, language), money(data.fullYearOere)),
          },
        ]
      : [];
  return {
    ...layOut(
      {
        subject: words.subject((name) => text.subject(invoiceNumber, name)),
        tone: "info",
        heading: text.heading(payer.organisation.gln ?? ""),
        blocks: [
          { type: "paragraph", text: text.lead(words.name, line.year) },
          {
            type: "facts",
            rows: [
              [text.number, String(invoiceNumber)],
              [text.issued, formatIsoDay(line.invoicedOn, language)],
              [text.supplier, `${sender.name}, CVR ${formatCvr(sender.cvr)}`],
              [text.payer, text.payerText(words.name, formatCvr(payer.organisation.cvr))],
              ...references,
              [text.line, text.lineText[line.period](line.year)],
              [text.amount, money(line.amountOere)],
              [text.vat[line.vatCategory](formatPercent(line.vatPercent, language)), money(line.vatOere)],
              [text.total, money(line.totalOere)],
              [text.due, formatIsoDay(line.dueOn, language)],
            ],
          },
          ...why,
          { type: "note", text: text.note },
        ],
        why: text.why,
        sender,
      },
      language,
    ),
    attachments: [data.pdf],
  };
}
