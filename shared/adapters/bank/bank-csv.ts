import {
  type BankFileFault,
  type BankFileReading,
  type Read,
  refused,
} from "../../domain/payments/bank-file-fault.ts";
import type { BankProfileName } from "../../domain/payments/bank-profile.ts";
import {
  accountKey,
  type BankRow,
  bankFileLimitBytes,
  type Statement,
  withIdentities,
} from "../../domain/payments/bank-row.ts";
import { checkedBalances } from "../../domain/payments/running-balance.ts";
import { csvText } from "./bank-text.ts";
import { csvProfiles } from "./csv-profiles.ts";
import { readLine, skipReason } from "./csv-row.ts";
import { type CsvTable, csvTable } from "./csv-table.ts";

/** What a CSV file doesn't say itself, or not reliably. */
export interface CsvStatement {
  profile: BankProfileName;
  /** Our account that it is of, however it is written. */
  account: string;
  /** The last day that the file covers, as whoever made it says; else the day of its last row. */
  through?: string;
  /** The first one, likewise. */
  from?: string;
  /** Copenhagen date; a bank can't have booked anything after it. */
  today: string;
}

/**
 * Reads the rows of one account out of a bank's CSV file. All or nothing: every row with a fault is named, and with
 * one the file is refused; so it is where a balance after each row doesn't follow from the one before. Never throws
 * on bytes.
 */
export function readBankCsv(bytes: Uint8Array, about: CsvStatement): BankFileReading {
  if (bytes.length > bankFileLimitBytes) return refused({ row: 0, column: "", code: "FILE_TOO_LARGE" });
  if (about.through !== undefined && about.through > about.today)
    return refused({ row: 0, column: "--through", code: "DATE_AHEAD", found: about.through });
  const profile = csvProfiles[about.profile];
  const table = csvTable(csvText(bytes), profile);
  if (table.kind === "fault") return refused(table.fault);
  const { rows, skipped, faults } = readLines(table.value, about);
  const [first, ...others] = faults;
  if (first) return refused(first, ...others);
  const statement = statementOf(rows, skipped, about);
  return statement.kind === "fault"
    ? refused(statement.fault)
    : { kind: "read", statements: [statement.value] };
}

/** The row as a person counts it, for what only shows when all are read. */
export type NumberedRow = BankRow & { number: number };

function readLines(
  { columns, lines }: CsvTable,
  about: CsvStatement,
): { rows: NumberedRow[]; skipped: Statement["skipped"]; faults: BankFileFault[] } {
  const place = {
    columns,
    dateOrder: csvProfiles[about.profile].dateOrder,
    account: accountKey(about.account),
    today: about.today,
  };
  const rows: NumberedRow[] = [];
  const faults: BankFileFault[] = [];
  const counts = new Map<Statement["skipped"][number]["reason"], number>();
  for (const line of lines) {
    const skip = skipReason(line, columns);
    if (skip) {
      counts.set(skip, (counts.get(skip) ?? 0) + 1);
      continue;
    }
    const read = readLine(line, place);
    if (read.kind === "fault") faults.push(read.fault);
    else rows.push({ ...read.value, number: line.row });
  }
  return { rows, faults, skipped: [...counts].map(([reason, count]) => ({ reason, count })) };
}

function statementOf(
  numbered: readonly NumberedRow[],
  skipped: Statement["skipped"],
  about: CsvStatement,
): Read<Statement> {
  const dates = numbered.map(({ bookedOn }) => bookedOn).toSorted();
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined)
    return { kind: "fault", fault: { row: 0, column: "", code: "ROWS_MISSING" } };
  const through = about.through ?? last;
  if (through < last)
    return {
      kind: "fault",
      fault: { row: 0, column: "--through", code: "THROUGH_BEFORE_ROWS", found: through, proposal: last },
    };
  const balances = checkedBalances(numbered);
  if (balances.kind === "fault") return balances;
  const from = about.from !== undefined && about.from < first ? about.from : first;
  const rows = withIdentities(numbered.map(({ number: _, ...row }) => row));
  return {
    kind: "value",
    value: { account: accountKey(about.account), from, through, ...balances.value, rows, skipped },
  };
}
