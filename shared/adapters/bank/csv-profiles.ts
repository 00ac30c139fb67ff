import type { BankProfileName } from "../../domain/payments/bank-profile.ts";

/** What a column can tell. The text may stand in several. */
export const csvFields = [
  "bookedOn",
  "amount",
  "text",
  "message",
  "balance",
  "status",
  "currency",
  "account",
  "payerName",
  "senderAccount",
  "receiverAccount",
  "reference",
  "bankReference",
] as const;
export type CsvField = (typeof csvFields)[number];

/** Without these a row is none. */
export const requiredFields = ["bookedOn", "amount", "text"] as const satisfies readonly CsvField[];

export interface CsvProfile {
  /** The first that gives the headings, or enough columns. */
  delimiters: readonly string[];
  /** Declared, never guessed: of a third of all dates nobody can tell whether day or month comes first. */
  dateOrder: "day-month-year" | "year-month-day";
  /** A field's headings, the likeliest first; or, of a file without headings, the place of its column. */
  columns:
    | { by: "heading"; names: Partial<Record<CsvField, readonly string[]>> }
    | { by: "place"; places: Partial<Record<CsvField, number>> };
}

/** What Danish banks call their columns, whichever bank it is. */
const names: Readonly<Record<CsvField, readonly string[]>> = {
  bookedOn: ["Bogføringsdato", "Bogført dato", "Posteringsdato", "Bogført", "Dato"],
  amount: ["Beløb", "Beløb i DKK", "Beløb DKK"],
  text: ["Tekst", "Posteringstekst", "Beskrivelse"],
  message: [
    "Meddelelse",
    "Meddelelse til modtager",
    "Besked til modtager",
    "Besked",
    "Advisering",
    "Supplerende tekst",
  ],
  balance: ["Saldo", "Bogført saldo", "Saldo efter postering"],
  status: ["Status"],
  currency: ["Valuta", "Valutakode"],
  account: ["Konto", "Kontonummer", "Kontonr.", "Kontonr", "IBAN"],
  payerName: ["Navn", "Afsendernavn", "Afsenders navn", "Betaler", "Indbetaler"],
  senderAccount: ["Afsender", "Afsenderkonto", "Afsender konto", "Afsenders konto", "Fra konto"],
  receiverAccount: ["Modtager", "Modtagerkonto", "Modtager konto", "Modtagers konto", "Til konto"],
  reference: ["Reference", "Kundereference", "Betalingsreference", "FI-reference", "Betalings-ID"],
  bankReference: ["Arkivreference", "Bankens reference", "Bankreference", "Transaktions-ID"],
};

/**
 * How each bank writes its file. Headings seen in public: Nordea's since 2022, Danske Bank's for private customers,
 * Jyske Bank's two, Sydbank's four; BEC's and Portalbank's files have none.
 */
export const csvProfiles: Readonly<Record<BankProfileName, CsvProfile>> = {
  nordea: {
    delimiters: [";"],
    dateOrder: "year-month-day",
    columns: { by: "heading", names: { ...names, text: ["Beskrivelse", "Tekst", "Titel"] } },
  },
  "danske-bank": {
    // The bank's page offers either.
    delimiters: [";", ","],
    dateOrder: "day-month-year",
    columns: { by: "heading", names },
  },
  "jyske-bank": {
    delimiters: [",", ";"],
    dateOrder: "day-month-year",
    columns: { by: "heading", names: { ...names, message: [...names.message, "Kommentar"] } },
  },
  sydbank: {
    delimiters: [";"],
    dateOrder: "day-month-year",
    columns: { by: "heading", names },
  },
  bec: {
    delimiters: [";", ","],
    dateOrder: "day-month-year",
    columns: { by: "place", places: { bookedOn: 0, text: 1, amount: 2, balance: 3 } },
  },
  portalbank: {
    delimiters: [";", ","],
    dateOrder: "day-month-year",
    columns: { by: "place", places: { bookedOn: 1, text: 2, amount: 3, balance: 4 } },
  },
};
