import { fault, type Read, value } from "./bank-file-fault.ts";
import type { BankRow } from "./bank-row.ts";

type Row = Pick<BankRow, "amountOere" | "balanceAfterOere"> & { number: number };

interface Balances {
  openingOere?: number;
  closingOere?: number;
}

/**
 * The balances before the first and after the last of a file's rows, where each row tells the one after it. Each row
 * leads from one balance to the next, so that all of them are one chain: opening and rows are the closing balance. A
 * bank may list them downwards, upwards or a day's in any order; what is missing or stands twice breaks the chain.
 */
export function checkedBalances(rows: readonly Row[]): Read<Balances> {
  const told = rows.filter(({ balanceAfterOere }) => balanceAfterOere !== undefined);
  if (told.length === 0) return value({});
  const silent = rows.find(({ balanceAfterOere }) => balanceAfterOere === undefined);
  if (silent) return fault({ row: silent.number, column: "Saldo", code: "BALANCE_MISSING" });
  const ends = endsOf(rows);
  return ends ? value(ends) : fault(breakOf(rows));
}

/** Of a chain every balance but the two at its ends is come to as often as it is left. */
function endsOf(rows: readonly Row[]): Balances | undefined {
  const left = new Map<number, number>();
  const count = (balance: number, by: 1 | -1) => left.set(balance, (left.get(balance) ?? 0) + by);
  for (const row of rows) {
    count(beforeOf(row), 1);
    count(afterOf(row), -1);
  }
  const loose = [...left].filter(([, times]) => times !== 0);
  const openings = loose.filter(([, times]) => times > 0);
  const [opening] = openings;
  const closing = loose.find(([, times]) => times < 0);
  // The rows cancel each other out, and nothing says where the round began.
  if (!opening || !closing) return {};
  return loose.length === 2 && opening[1] === 1
    ? { openingOere: opening[0], closingOere: closing[0] }
    : undefined;
}

/** The first row that doesn't follow from its neighbour, in the direction in which most do. */
function breakOf(rows: readonly Row[]) {
  const downwards = breaksIn(rows);
  const upwards = breaksIn(rows.toReversed());
  const [first] = upwards.length < downwards.length ? upwards : downwards;
  return {
    row: first?.row ?? 0,
    column: "Saldo",
    code: "SUM_DIFFERS" as const,
    differenceOere: first?.differenceOere ?? 0,
  };
}

function breaksIn(rows: readonly Row[]): { row: number; differenceOere: number }[] {
  return rows.slice(1).flatMap((row, at) => {
    const before = rows[at];
    const differenceOere = before ? beforeOf(row) - afterOf(before) : 0;
    return differenceOere === 0 ? [] : [{ row: row.number, differenceOere }];
  });
}

function afterOf({ balanceAfterOere = 0 }: Row): number {
  return balanceAfterOere;
}

function beforeOf(row: Row): number {
  return afterOf(row) - row.amountOere;
}
