import type { Language } from "../domain/agreement/kind.ts";
import type { DuesCharge } from "../domain/dues/first-dues.ts";
import type { ConfirmedPayee } from "../domain/settings/payee.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatCvr, formatIsoDay, formatKroner, formatPercent } from "../words/formats.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail, type MailBlock } from "./mail-layout.ts";

export interface DuesMail extends CaseMail {
  /** Nobody else may ask for money. */
  payee: ConfirmedPayee;
  invoiceNumber: number;
  /** Copenhagen date, yyyy-mm-dd. */
  invoicedOn: string;
  joinedOn: string;
  charge: DuesCharge;
  /** A whole year's dues without VAT, in øre. */
  fullYearOere: number;
  payer: { cvr: string; gln: string };
  statusLink?: string | undefined;
}

const texts = bilingual({
  da: {
    subject: (number: number, name: string) => `Betal opkrævning ${number} for ${name}`,
    heading: (total: string, due: string) => `Betal ${total} senest ${due}`,
    lead: (name: string, year: number) => `Opkrævning af kontingent til OS2 for ${name} i ${year}.`,
    number: "Nummer",
    issued: "Dato",
    payer: "Til",
    payerText: (name: string, cvr: string, gln: string) => `${name}, CVR ${cvr}, EAN ${gln}`,
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
    total: "I alt at betale",
    due: "Betales senest",
    account: "Overfør til",
    accountText: (registration: string, number: string) => `Reg.nr. ${registration}, kontonr. ${number}`,
    reference: "Skriv ved betalingen",
    referenceText: (number: number) => `Opkrævning ${number}`,
    half: (joined: string, full: string) =>
      `I er kommet med ${joined}, altså efter 1. juli. Derfor betaler I for et halvt år. Fra næste år er kontingentet ${full} uden moms om året. (Vedtægterne § 5.1)`,
    full: (joined: string) => `I er kommet med ${joined} og betaler for hele året. (Vedtægterne § 5.1)`,
    note: "Er noget forkert, så svar på denne mail, før I betaler.",
    supplier: "Fra",
  },
  en: {
    subject: (number: number, name: string) => `Pay demand ${number} for ${name}`,
    heading: (total: string, due: string) => `Pay ${total} by ${due}`,
    lead: (name: string, year: number) => `Demand for dues to OS2 for ${name} in ${year}.`,
    number: "Number",
    issued: "Date",
    payer: "To",
    payerText: (name: string, cvr: string, gln: string) => `${name}, CVR ${cvr}, EAN ${gln}`,
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
    total: "Total to pay",
    due: "Pay by",
    account: "Transfer to",
    accountText: (registration: string, number: string) => `Reg. no. ${registration}, account no. ${number}`,
    reference: "Payment reference",
    referenceText: (number: number) => `Demand ${number}`,
    half: (joined: string, full: string) =>
      `You joined on ${joined}, that is after 1 July. So you pay for half a year. From next year the dues are ${full} a year without VAT. (Bylaws § 5.1)`,
    full: (joined: string) => `You joined on ${joined} and pay for the whole year. (Bylaws § 5.1)`,
    note: "If anything is wrong, answer this email before you pay.",
    supplier: "From",
  },
});

/** The first demand for dues ("opkrævning") to a new payer. The e-invoice proper goes its own way. */
export function duesMail(data: DuesMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  const { charge, invoiceNumber } = data;
  const { sender, account } = data.payee;
  const money = (amountOere: number) => formatKroner(amountOere, language);
  const due = formatIsoDay(charge.dueOn, language);
  const joined = formatIsoDay(data.joinedOn, language);
  const why: MailBlock = {
    type: "paragraph",
    text: charge.period === "half-year" ? text.half(joined, money(data.fullYearOere)) : text.full(joined),
  };
  return layOut(
    {
      subject: words.subject((name) => text.subject(invoiceNumber, name)),
      tone: "info",
      heading: text.heading(money(charge.totalOere), due),
      blocks: [
        { type: "paragraph", text: text.lead(words.name, charge.year) },
        {
          type: "facts",
          rows: [
            [text.number, String(invoiceNumber)],
            [text.issued, formatIsoDay(data.invoicedOn, language)],
            [text.supplier, `${sender.name}, CVR ${formatCvr(sender.cvr)}`],
            [text.payer, text.payerText(words.name, formatCvr(data.payer.cvr), data.payer.gln)],
            [text.line, text.lineText[charge.period](charge.year)],
            [text.amount, money(charge.amountOere)],
            [text.vat[charge.vatCategory](formatPercent(charge.vatPercent, language)), money(charge.vatOere)],
            [text.total, money(charge.totalOere)],
            [text.due, due],
            [text.account, text.accountText(account.registrationNumber, account.accountNumber)],
            [text.reference, text.referenceText(invoiceNumber)],
          ],
        },
        why,
        { type: "note", text: text.note },
        ...(data.statusLink === undefined
          ? []
          : [{ type: "link", label: words.followCase, href: data.statusLink } as const]),
      ],
      why: words.whySubmitter,
      sender,
    },
    language,
  );
}
