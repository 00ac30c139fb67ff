import type { Language } from "../../../domain/agreement/kind.ts";
import type { VatCategory } from "../../../domain/dues/dues-rate.ts";
import type { InvoiceDocument } from "../../../domain/invoicing/invoice-document.ts";

type Kind = InvoiceDocument["kind"];

/** What a printed invoice or credit note says around its numbers. */
export const invoiceWords = {
  da: {
    locale: "da-DK",
    title: { invoice: "Faktura", "credit-note": "Kreditnota" },
    copy: "KOPI",
    copyHeading: {
      invoice: (gln: string) => `Betales via EAN ${gln}`,
      "credit-note": (gln: string) => `Sendt via EAN ${gln}`,
    },
    copyText: {
      invoice: "Fakturaen er sendt elektronisk til EAN-nummeret. Det her er en kopi, som ikke skal betales.",
      "credit-note": "Kreditnotaen er sendt elektronisk til EAN-nummeret. Det her er en kopi.",
    },
    buyer: "Til",
    seller: "Fra",
    cvr: "CVR-nr.",
    gln: "EAN-nr.",
    address: "Adresse",
    contact: "Att.",
    email: "E-mail",
    number: { invoice: "Fakturanr.", "credit-note": "Kreditnotanr." },
    issued: { invoice: "Fakturadato", "credit-note": "Dato" },
    due: "Forfaldsdato",
    payBy: "Betales senest",
    credits: "Krediterer",
    creditsText: (number: number, day: string) => `Faktura ${number} af ${day}`,
    person: "Personreference",
    order: "Ordrenr.",
    account: "Kontostreng",
    line: "Ydelse",
    period: "Periode",
    vat: "Moms",
    amount: "Beløb (DKK)",
    lineVat: { S: (percent: string) => percent, E: () => "Fritaget", O: () => "Ingen" },
    net: "Beløb uden moms",
    totalVat: {
      S: (percent: string) => `Moms ${percent}`,
      E: () => "Moms (fritaget)",
      O: () => "Moms (uden for momsloven)",
    },
    percent: (percent: string) => `${percent} %`,
    total: { invoice: "At betale", "credit-note": "Krediteret i alt" },
    copyTotal: { invoice: "Faktureret i alt", "credit-note": "Krediteret i alt" },
    payment: "Betaling",
    registrationNumber: "Reg.nr.",
    accountNumber: "Kontonr.",
    fik: "FIK-betaling",
    reference: "Skriv ved betalingen",
    referenceText: (number: number) => `Faktura ${number}`,
    page: (page: number, pages: number) => `Side ${page} af ${pages}`,
  },
  en: {
    locale: "en-GB",
    title: { invoice: "Invoice", "credit-note": "Credit note" },
    copy: "COPY (KOPI)",
    copyHeading: {
      invoice: (gln: string) => `Paid through EAN ${gln}`,
      "credit-note": (gln: string) => `Sent through EAN ${gln}`,
    },
    copyText: {
      invoice: "The invoice has been sent electronically to the EAN number. This is a copy, not to be paid.",
      "credit-note": "The credit note has been sent electronically to the EAN number. This is a copy.",
    },
    buyer: "To",
    seller: "From",
    cvr: "CVR no.",
    gln: "EAN no.",
    address: "Address",
    contact: "Attn.",
    email: "Email",
    number: { invoice: "Invoice no.", "credit-note": "Credit note no." },
    issued: { invoice: "Invoice date", "credit-note": "Date" },
    due: "Due date",
    payBy: "Pay by",
    credits: "Credits",
    creditsText: (number: number, day: string) => `Invoice ${number} of ${day}`,
    person: "Person reference",
    order: "Order no.",
    account: "Account string",
    line: "Item",
    period: "Period",
    vat: "VAT",
    amount: "Amount (DKK)",
    lineVat: { S: (percent: string) => percent, E: () => "Exempt", O: () => "None" },
    net: "Amount without VAT",
    totalVat: {
      S: (percent: string) => `VAT ${percent}`,
      E: () => "VAT (exempt)",
      O: () => "VAT (outside the scope)",
    },
    percent: (percent: string) => `${percent}%`,
    total: { invoice: "To pay", "credit-note": "Total credited" },
    copyTotal: { invoice: "Total invoiced", "credit-note": "Total credited" },
    payment: "Payment",
    registrationNumber: "Reg. no.",
    accountNumber: "Account no.",
    fik: "FIK payment",
    reference: "Payment reference",
    referenceText: (number: number) => `Faktura ${number}`,
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },
} as const satisfies Record<
  Language,
  Record<string, unknown> & {
    title: Record<Kind, string>;
    lineVat: Record<VatCategory, (percent: string) => string>;
    totalVat: Record<VatCategory, (percent: string) => string>;
  }
>;

export type InvoiceWords = (typeof invoiceWords)[Language];
