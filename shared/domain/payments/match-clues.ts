import { cvrsNamedIn, isCvr } from "../organisation/cvr-number.ts";
import type { MemberId } from "../owner.ts";
import type { BankRow } from "./bank-row.ts";
import type { InvoiceStanding } from "./matching.ts";
import { fiksIn, numbersIn } from "./payment-reference.ts";

/** What a row says of the invoices it might be about. */
export interface Clues {
  /** Whose FIK line stands in it, with the right check digit. */
  byFik: readonly InvoiceStanding[];
  /** Whose numbers stand in it. */
  byNumber: readonly InvoiceStanding[];
  /** Those whose number stands there as an invoice's, and can't be anything else. */
  byNumberAlone: readonly InvoiceStanding[];
  /** Of whoever is known by CVR number or account. */
  ofKnownPayer: readonly InvoiceStanding[];
  /** Of whoever is named like the payer. */
  ofNamesake: readonly InvoiceStanding[];
}

/** The invoices by whatever a row can name them by. */
export interface InvoiceIndex {
  byFik: ReadonlyMap<string, readonly InvoiceStanding[]>;
  byNumber: ReadonlyMap<string, readonly InvoiceStanding[]>;
  byCvr: ReadonlyMap<string, readonly InvoiceStanding[]>;
  byAccount: ReadonlyMap<string, readonly InvoiceStanding[]>;
  byName: ReadonlyMap<string, readonly InvoiceStanding[]>;
  /** Names as words, by their first word: a text is read once, not once a member. */
  names: ReadonlyMap<string, readonly string[]>;
}

export function invoiceIndex(invoices: readonly InvoiceStanding[]): InvoiceIndex {
  const byName = Map.groupBy(invoices, ({ name }) => words(name));
  return {
    byFik: Map.groupBy(
      invoices.filter(({ fik }) => fik !== undefined),
      ({ fik }) => fik ?? "",
    ),
    byNumber: Map.groupBy(invoices, ({ invoice }) => invoice),
    byCvr: Map.groupBy(invoices, ({ cvr }) => cvr),
    byAccount: groupedByEach(invoices, ({ knownAccounts }) => knownAccounts),
    byName,
    names: Map.groupBy(byName.keys(), (name) => firstWord(name)),
  };
}

function groupedByEach(
  invoices: readonly InvoiceStanding[],
  keysOf: (invoice: InvoiceStanding) => readonly string[],
): Map<string, InvoiceStanding[]> {
  const groups = new Map<string, InvoiceStanding[]>();
  for (const invoice of invoices)
    for (const key of new Set(keysOf(invoice))) groups.set(key, [...(groups.get(key) ?? []), invoice]);
  return groups;
}

export function cluesOf(row: BankRow, index: InvoiceIndex): Clues {
  const said = [row.reference, row.text].filter((text) => text !== undefined && text !== "") as string[];
  const numbers = said.flatMap(numbersIn);
  const named = (from: ReadonlyMap<string, readonly InvoiceStanding[]>, keys: readonly string[]) =>
    unique(keys.flatMap((key) => from.get(key) ?? []));
  const cvrs = [row.payerCvr, ...said.flatMap(cvrsIn)].filter((cvr) => cvr !== undefined);
  const accounts = row.payerAccount === undefined ? [] : [row.payerAccount];
  return {
    byFik: named(index.byFik, said.flatMap(fiksIn)),
    byNumber: named(
      index.byNumber,
      numbers.map(({ number }) => number),
    ),
    byNumberAlone: named(
      index.byNumber,
      numbers.filter(({ isAlone }) => isAlone).map(({ number }) => number),
    ),
    ofKnownPayer: unique([...named(index.byCvr, cvrs), ...named(index.byAccount, accounts)]),
    ofNamesake: named(index.byName, namesIn([row.payerName ?? "", row.text], index)),
  };
}

/** Numbers that a text calls CVR numbers, and eight digits in a row that could be one: only a member's own counts. */
function cvrsIn(text: string): string[] {
  const bare = [...text.matchAll(/(?<![0-9])[0-9]{8}(?![0-9])/gu)].map(([digits]) => digits);
  return [...cvrsNamedIn(text), ...bare.filter(isCvr)];
}

function namesIn(texts: readonly string[], index: InvoiceIndex): string[] {
  return texts.map(words).flatMap((text) => {
    const padded = ` ${text} `;
    return [...new Set(text.split(" "))]
      .flatMap((word) => index.names.get(word) ?? [])
      .filter((name) => padded.includes(` ${name} `));
  });
}

/** A name as a bank may write it: without capitals, dots and dashes. */
function words(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function firstWord(name: string): string {
  return name.split(" ", 1)[0] ?? "";
}

export function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

export function membersOf(invoices: readonly InvoiceStanding[]): ReadonlySet<MemberId> {
  return new Set(invoices.map(({ memberId }) => memberId));
}
