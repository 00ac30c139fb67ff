import {
  type BankFileFault,
  type BankFileReading,
  type Read,
  refused,
} from "../../domain/payments/bank-file-fault.ts";
import {
  type BankRow,
  bankFileLimitBytes,
  type IdentifiedRow,
  type SkipReason,
  type Statement,
  withIdentities,
} from "../../domain/payments/bank-row.ts";
import { xmlText } from "./bank-text.ts";
import { entryRows } from "./camt-entry.ts";
import { accountOf, balanceOf, currencyOf, periodOf } from "./camt-head.ts";
import { at, children, textAt, textAtOneOf, type XmlNode, xmlTree } from "./xml-tree.ts";

const readVersions = ["camt.053.001.02", "camt.053.001.08"];

/** A statement before its rows have identities, which count over the whole file. */
interface Draft extends Omit<Statement, "rows"> {
  rows: readonly BankRow[];
}

/**
 * Reads a bank's statement file: camt.053, version 2 or 8, each payment of a batch a row of its own. All or nothing:
 * one fault, or a balance that its rows don't explain, and the file is refused. Never throws on bytes.
 * Source: ISO 20022 camt.053.001.02 and .08, as the Common Global Implementation uses them.
 * @param today Copenhagen date; a bank can't have booked anything after it.
 */
export function readCamt(bytes: Uint8Array, today: string): BankFileReading {
  if (bytes.length > bankFileLimitBytes) return refused({ row: 0, column: "", code: "FILE_TOO_LARGE" });
  const text = xmlText(bytes);
  if (text.kind === "fault") return refused(text.fault);
  const tree = xmlTree(text.value);
  if (tree.kind === "fault") return refused(tree.fault);
  // The parser drops namespaces, and the version stands in one.
  const version = /urn:iso:std:iso:20022:tech:xsd:(camt\.\d{3}\.\d{3}\.\d{2})/.exec(text.value)?.[1];
  if (version === undefined || !readVersions.includes(version))
    return refused({ row: 0, column: "", code: "NOT_CAMT_053", ...(version ? { found: version } : {}) });
  return readStatements(children(messageIn(tree.value), "Stmt"), today);
}

/** The message may lie in a bank's envelope. */
function messageIn(tree: XmlNode): XmlNode {
  const message = (node: XmlNode) => at(node, "Document", "BkToCstmrStmt");
  const roots = typeof tree === "object" && tree !== null ? Object.values(tree) : [];
  return [tree, ...roots].map(message).find((found) => found !== undefined);
}

function readStatements(nodes: readonly XmlNode[], today: string): BankFileReading {
  if (nodes.length === 0) return refused({ row: 0, column: "Stmt", code: "STATEMENT_MISSING" });
  const drafts: Draft[] = [];
  const faults: BankFileFault[] = [];
  let entriesBefore = 0;
  for (const node of nodes) {
    const entries = children(node, "Ntry");
    const draft = readStatement(node, entries, entriesBefore, today);
    if (draft.kind === "fault") faults.push(draft.fault);
    else drafts.push(draft.value);
    entriesBefore += entries.length;
  }
  const [first, ...others] = faults;
  return first ? refused(first, ...others) : { kind: "read", statements: identified(withoutRepeats(drafts)) };
}

function readStatement(
  node: XmlNode,
  entries: readonly XmlNode[],
  entriesBefore: number,
  today: string,
): Read<Draft> {
  const account = accountOf(node);
  if (account.kind === "fault") return account;
  const isInKroner = (currencyOf(node) ?? "DKK") === "DKK";
  const counts = new Map<SkipReason, number>();
  const rows: BankRow[] = [];
  for (const [index, entry] of entries.entries()) {
    const skip = skipReason(entry, isInKroner);
    if (skip) {
      counts.set(skip, (counts.get(skip) ?? 0) + 1);
      continue;
    }
    const read = entryRows(entry, { account: account.value, number: entriesBefore + index + 1, today });
    if (read.kind === "fault") return read;
    rows.push(...read.value);
  }
  const period = periodOf(node, rows, today);
  if (period.kind === "fault") return period;
  const skipped = [...counts].map(([reason, count]) => ({ reason, count }));
  const draft: Draft = { account: account.value, ...period.value, rows, skipped };
  return isInKroner ? withBalances(node, draft) : { kind: "value", value: draft };
}

/** Only what is booked, and only in kroner. Version 2 says `BOOK` as text, version 8 as a code. */
function skipReason(entry: XmlNode, isInKroner: boolean): SkipReason | undefined {
  if (textAtOneOf(entry, [["Sts", "Cd"], ["Sts"]]) !== "BOOK") return "not-booked";
  return isInKroner && textAt(entry, "Amt", "@Ccy") === "DKK" ? undefined : "not-in-kroner";
}

/** Opening balance and rows must be the closing one, to the øre: else rows are missing or stand twice. */
function withBalances(node: XmlNode, draft: Draft): Read<Draft> {
  const opening = balanceOf(node, "opening");
  if (opening.kind === "fault") return opening;
  const closing = balanceOf(node, "closing");
  if (closing.kind === "fault") return closing;
  const differenceOere = closing.value - draft.rows.reduce((sum, row) => sum + row.amountOere, opening.value);
  if (differenceOere !== 0)
    return {
      kind: "fault",
      fault: { row: 0, column: "Bal", code: "SUM_DIFFERS", found: draft.account, differenceOere },
    };
  return { kind: "value", value: { ...draft, openingOere: opening.value, closingOere: closing.value } };
}

/** A statement that stands twice in a file is one; its id says nothing about that. */
function withoutRepeats(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>();
  return drafts.map((draft) => {
    const content = JSON.stringify(draft);
    if (!seen.has(content)) {
      seen.add(content);
      return draft;
    }
    const count = draft.rows.length;
    return { ...draft, rows: [], skipped: [...draft.skipped, { reason: "repeated-statement", count }] };
  });
}

function identified(drafts: readonly Draft[]): Statement[] {
  const rows: IdentifiedRow[] = withIdentities(drafts.flatMap((draft) => draft.rows));
  let before = 0;
  return drafts.map((draft) => {
    const own = rows.slice(before, before + draft.rows.length);
    before += draft.rows.length;
    return { ...draft, rows: own };
  });
}
