import type { Language } from "../domain/agreement/kind.ts";
import type { BankFileFault, BankFileFaultCode } from "../domain/payments/bank-file-fault.ts";
import type { SkipReason } from "../domain/payments/bank-row.ts";
import type { Certainty, Outcome, ProposalReason, UnmatchedReason } from "../domain/payments/matching.ts";
import { bilingual } from "./bilingual.ts";
import { formatKroner } from "./formats.ts";

/** What a fault's text can tell; empty where the fault doesn't say it. */
interface FaultParts {
  found: string;
  column: string;
  difference: string;
  proposal: string;
}

interface PaymentTexts {
  faults: Record<BankFileFaultCode, (parts: FaultParts) => string>;
  skipped: Record<SkipReason, (count: number) => string>;
  booked: Record<Certainty, string>;
  already: Record<"row" | "person", string>;
  proposal: Record<ProposalReason, string>;
  unmatched: Record<UnmatchedReason, string>;
}

const texts = bilingual<PaymentTexts>({
  da: {
    faults: {
      FILE_TOO_LARGE: () => "Filen er over 5 MB. Hent en kortere periode i banken",
      ENCODING: ({ found }) =>
        `Filen siger, at den er skrevet i ${found}, men det er den ikke. Hent den igen`,
      XML_MALFORMED: ({ found }) =>
        `Filen er ikke hel XML${found ? `: den går i stykker i linje ${found}` : ""}. Hent den igen`,
      XML_DOCTYPE: () => "Filen har en dokumenttype i sig. Det har en banks fil aldrig, så den læses ikke",
      NOT_CAMT_053: ({ found }) =>
        `Filen er ikke et kontoudtog i camt.053${found ? `, men ${found}` : ""}. Hent camt.053, version 2 eller 8`,
      STATEMENT_MISSING: () => "Der er intet kontoudtog i filen",
      ACCOUNT_MISSING: () => "Kontoudtoget siger ikke, hvilken konto det er for",
      ACCOUNT_DIFFERS: ({ found }) => `Rækken er fra en anden konto: ${found}`,
      BALANCE_MISSING: ({ column }) => `Saldoen mangler (${column}), så det kan ikke ses, om alt er med`,
      SUM_DIFFERS: ({ difference }) =>
        `Rækkerne passer ikke med saldoen: der er ${difference} til forskel. Intet er læst ind. Hent filen igen`,
      DIRECTION_MISSING: () => "Det fremgår ikke, om beløbet er gået ind eller ud",
      AMOUNT_FORMAT: ({ found }) =>
        found ? `»${found}« er ikke et beløb, som banken skriver det` : "Beløbet mangler",
      AMOUNT_DECIMALS: ({ found }) => `»${found}« har flere decimaler end øre`,
      DATE_FORMAT: ({ found }) =>
        found ? `»${found}« er ikke en dato, som banken skriver den` : "Datoen mangler eller findes ikke",
      DATE_AHEAD: ({ found }) => `${found} er ikke kommet endnu, så banken kan ikke have bogført noget`,
      THROUGH_BEFORE_ROWS: ({ found, proposal }) =>
        `Filen har rækker efter ${found}, som den skulle dække til. Den går til ${proposal}`,
      HEADING_MISSING: ({ column }) => `Kolonnen »${column}« mangler. Er det den rigtige bank?`,
      CSV_MALFORMED: () => "Rækken kan ikke deles i kolonner. Hent filen igen, og gem den ikke i et regneark",
      ROWS_MISSING: () => "Der er ingen bogførte rækker i filen. Kom der intet ind, så bekræft dét i stedet",
    },
    skipped: {
      "not-booked": (count) => `${count} er ikke bogført endnu og kommer med i en senere fil`,
      "not-in-kroner": (count) => `${count} er ikke i kroner`,
      "repeated-statement": (count) => `${count} står der to gange, fordi kontoudtoget gør`,
    },
    booked: {
      fik: "Bogført: betalt med fakturaens FI-linje og det åbne beløb",
      "invoice-number": "Bogført: fakturaens nummer og det åbne beløb",
    },
    already: { row: "Er bogført før", person: "En person har taget stilling til den" },
    proposal: {
      "known-payer": "Betaleren er kendt, og beløbet er det åbne",
      "part-payment": "Mindre end det åbne beløb",
      "over-payment": "Mere end det åbne beløb: resten bliver medlemmets tilgodehavende",
      "several-invoices": "For flere fakturaer på én gang",
      "choose-invoice": "Betaleren er kendt, men det kan være flere fakturaer",
      "number-unclear": "Et fakturanummer står i teksten, men det kan være noget andet",
      "payer-differs": "Fakturaen er en andens end betalerens",
      "name-only": "Kun navnet passer",
      "marked-paid": "Ligner den betaling, som en sekretær har markeret",
      return: "En betaling er kommet tilbage: fakturaen åbnes igen",
      refund: "Ligner en tilbagebetaling, som der er besluttet",
    },
    unmatched: {
      "unknown-payment": "Ingen ved, hvem der har betalt",
      "unknown-return": "En betaling er kommet tilbage, men det ses ikke hvilken",
      "reversed-debit": "Banken har ført en udgift tilbage",
      fee: "Et gebyr",
      "other-debit": "En udgift",
      "no-amount": "Intet beløb",
    },
  },
  en: {
    faults: {
      FILE_TOO_LARGE: () => "The file is over 5 MB. Get a shorter period from the bank",
      ENCODING: ({ found }) => `The file says that it is written in ${found}, but it is not. Get it again`,
      XML_MALFORMED: ({ found }) =>
        `The file is not whole XML${found ? `: it breaks in line ${found}` : ""}. Get it again`,
      XML_DOCTYPE: () => "The file has a document type in it. A bank’s file never has, so it is not read",
      NOT_CAMT_053: ({ found }) =>
        `The file is not a statement in camt.053${found ? ` but ${found}` : ""}. Get camt.053, version 2 or 8`,
      STATEMENT_MISSING: () => "There is no statement in the file",
      ACCOUNT_MISSING: () => "The statement does not say which account it is of",
      ACCOUNT_DIFFERS: ({ found }) => `The row is of another account: ${found}`,
      BALANCE_MISSING: ({ column }) =>
        `The balance is missing (${column}), so nobody can see whether all is there`,
      SUM_DIFFERS: ({ difference }) =>
        `The rows don’t add up to the balance: they are ${difference} apart. Nothing was imported. Get the file again`,
      DIRECTION_MISSING: () => "It does not say whether the amount came in or went out",
      AMOUNT_FORMAT: ({ found }) =>
        found ? `“${found}” is not an amount as the bank writes it` : "The amount is missing",
      AMOUNT_DECIMALS: ({ found }) => `“${found}” has more decimals than øre`,
      DATE_FORMAT: ({ found }) =>
        found ? `“${found}” is not a date as the bank writes it` : "The date is missing or does not exist",
      DATE_AHEAD: ({ found }) => `${found} has not come yet, so the bank can’t have booked anything`,
      THROUGH_BEFORE_ROWS: ({ found, proposal }) =>
        `The file has rows after ${found}, up to which it should cover. It goes on to ${proposal}`,
      HEADING_MISSING: ({ column }) => `The column “${column}” is missing. Is it the right bank?`,
      CSV_MALFORMED: () =>
        "The row can’t be divided into columns. Get the file again, and don’t save it in a spreadsheet",
      ROWS_MISSING: () => "There are no booked rows in the file. If nothing came in, confirm that instead",
    },
    skipped: {
      "not-booked": (count) => `${count} not booked yet; they come with a later file`,
      "not-in-kroner": (count) => `${count} not in kroner`,
      "repeated-statement": (count) => `${count} standing there twice, for the statement does`,
    },
    booked: {
      fik: "Booked: paid by the invoice’s FIK line and the open amount",
      "invoice-number": "Booked: the invoice’s number and the open amount",
    },
    already: { row: "Booked before", person: "A person has decided about it" },
    proposal: {
      "known-payer": "The payer is known, and the amount is the open one",
      "part-payment": "Less than the open amount",
      "over-payment": "More than the open amount: the rest becomes the member’s credit",
      "several-invoices": "For several invoices at once",
      "choose-invoice": "The payer is known, but it may be several invoices",
      "number-unclear": "An invoice number stands in the text, but it may be something else",
      "payer-differs": "The invoice is somebody else’s than the payer’s",
      "name-only": "Only the name fits",
      "marked-paid": "Looks like the payment that a secretary has marked",
      return: "A payment came back: the invoice opens again",
      refund: "Looks like a refund that was decided",
    },
    unmatched: {
      "unknown-payment": "Nobody knows who paid",
      "unknown-return": "A payment came back, but not which is to be seen",
      "reversed-debit": "The bank took back an expense",
      fee: "A fee",
      "other-debit": "An expense",
      "no-amount": "No amount",
    },
  },
});

/** What is wrong with a bank's file and what to do about it, as a sentence without its full stop. */
export function bankFileFaultWords(fault: BankFileFault, language: Language): string {
  const { found = "", column, differenceOere = 0, proposal = "" } = fault;
  const difference = formatKroner(Math.abs(differenceOere), language);
  return texts[language].faults[fault.code]({ found, column, difference, proposal });
}

/** What stands in the file and was not taken: "2 er ikke i kroner". */
export function skippedWords(reason: SkipReason, count: number, language: Language): string {
  return texts[language].skipped[reason](count);
}

type OutcomeWords = {
  [Kind in Outcome["kind"]]: (outcome: Extract<Outcome, { kind: Kind }>, words: PaymentTexts) => string;
};

const outcomes: OutcomeWords = {
  "already-booked": ({ by }, { already }) => already[by],
  booked: ({ by }, { booked }) => booked[by],
  proposal: ({ reason }, { proposal }) => proposal[reason],
  unmatched: ({ reason }, { unmatched }) => unmatched[reason],
};

/** What became of a row of the bank's, for whoever imports it. */
export function outcomeWords(outcome: Outcome, language: Language): string {
  // The table has the outcome's own kind, which an index over a union doesn't show.
  const words = outcomes[outcome.kind] as (outcome: Outcome, words: PaymentTexts) => string;
  return words(outcome, texts[language]);
}
