import type { Statement } from "./bank-row.ts";

/** Why a bank's file is not taken. One fault and nothing of it is booked: half a statement is none. */
export const bankFileFaultCodes = [
  "FILE_TOO_LARGE",
  "ENCODING",
  "XML_MALFORMED",
  "XML_DOCTYPE",
  "NOT_CAMT_053",
  "STATEMENT_MISSING",
  "ACCOUNT_MISSING",
  "ACCOUNT_DIFFERS",
  "BALANCE_MISSING",
  "SUM_DIFFERS",
  "DIRECTION_MISSING",
  "AMOUNT_FORMAT",
  "AMOUNT_DECIMALS",
  "DATE_FORMAT",
  "DATE_AHEAD",
  "THROUGH_BEFORE_ROWS",
  "HEADING_MISSING",
  "CSV_MALFORMED",
  "ROWS_MISSING",
] as const;
export type BankFileFaultCode = (typeof bankFileFaultCodes)[number];

export interface BankFileFault {
  /** The line of a CSV file, the entry of an XML one, as a person counts them; 0 is the file as a whole. */
  row: number;
  /** The heading or the element; empty for the file as a whole. */
  column: string;
  code: BankFileFaultCode;
  /** What stands there, or what is meant, where that helps. */
  found?: string;
  /** By how much the sums differ. */
  differenceOere?: number;
  /** What to do instead, where one thing is likely: a value, a date, a name of a profile. */
  proposal?: string;
}

/** What became of a file: everything in it, or nothing. */
export type BankFileReading =
  | { kind: "read"; statements: readonly Statement[] }
  | { kind: "refused"; faults: readonly [BankFileFault, ...BankFileFault[]] };

export function refused(...faults: [BankFileFault, ...BankFileFault[]]): BankFileReading {
  return { kind: "refused", faults };
}

/** A value of a file, or what is wrong with it. */
export type Read<Value> = { kind: "value"; value: Value } | { kind: "fault"; fault: BankFileFault };

export function value<Value>(read: Value): Read<Value> {
  return { kind: "value", value: read };
}

export function fault(found: BankFileFault): Read<never> {
  return { kind: "fault", fault: found };
}
