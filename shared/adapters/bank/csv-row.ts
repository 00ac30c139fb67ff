import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";
import { accountKey, type BankRow, type SkipReason } from "../../domain/payments/bank-row.ts";
import { normalisedReference } from "../../domain/payments/payment-reference.ts";
import { readDanishOere, readDate } from "./csv-cells.ts";
import type { CsvField, CsvProfile } from "./csv-profiles.ts";
import type { CsvColumns, CsvLine } from "./csv-table.ts";

export interface LinePlace {
  columns: CsvColumns;
  dateOrder: CsvProfile["dateOrder"];
  /** In the form of `accountKey`. */
  account: string;
  today: string;
}

/** Nordea writes it where others have the date. */
const pending = /^(?:reserveret|reserved|venter|pending|kommende)/i;
const bookedStatuses: ReadonlySet<string> = new Set([
  "",
  "udført",
  "bogført",
  "executed",
  "booked",
  "completed",
]);

/** Only what is booked, and only in kroner. */
export function skipReason(line: CsvLine, columns: CsvColumns): SkipReason | undefined {
  const cell = cellsOf(line, columns);
  if (pending.test(cell("bookedOn")) || !bookedStatuses.has(cell("status").toLowerCase()))
    return "not-booked";
  return ["", "DKK"].includes(cell("currency").toUpperCase()) ? undefined : "not-in-kroner";
}

export function readLine(line: CsvLine, { columns, dateOrder, account, today }: LinePlace): Read<BankRow> {
  const cell = cellsOf(line, columns);
  const place = (field: CsvField) => ({ row: line.row, column: columns[field]?.heading ?? "" });
  const bookedOn = readDate(cell("bookedOn"), dateOrder, place("bookedOn"));
  if (bookedOn.kind === "fault") return bookedOn;
  if (bookedOn.value > today)
    return fault({ ...place("bookedOn"), code: "DATE_AHEAD", found: bookedOn.value });
  const amount = readDanishOere(cell("amount"), place("amount"));
  if (amount.kind === "fault") return amount;
  const balance = cell("balance") === "" ? undefined : readDanishOere(cell("balance"), place("balance"));
  if (balance?.kind === "fault") return balance;
  if (isOfAnother(cell("account"), account))
    return fault({ ...place("account"), code: "ACCOUNT_DIFFERS", found: cell("account") });
  const isDebit = amount.value < 0;
  const other = cell(isDebit ? "receiverAccount" : "senderAccount");
  return value({
    account,
    bookedOn: bookedOn.value,
    amountOere: amount.value,
    kind: isDebit ? "debit" : "credit",
    text: [...new Set([cell("text"), cell("message")])].filter((said) => said !== "").join(" "),
    isReversal: false,
    ...(balance ? { balanceAfterOere: balance.value } : {}),
    ...(cell("reference") ? { reference: normalisedReference(cell("reference")) } : {}),
    ...(cell("bankReference") ? { bankReference: cell("bankReference") } : {}),
    ...(cell("payerName") ? { payerName: cell("payerName") } : {}),
    ...(isAccount(other) ? { payerAccount: accountKey(other) } : {}),
  });
}

function cellsOf({ cells }: CsvLine, columns: CsvColumns): (field: CsvField) => string {
  return (field) => {
    const column = columns[field];
    return column === undefined ? "" : (cells[column.place] ?? "");
  };
}

/** A column of that heading may as well hold a name. */
function isAccount(text: string): boolean {
  return text.replace(/[^0-9]/g, "").length >= 8;
}

/** Banks write an account with and without its registration number, so only another number is another account. */
function isOfAnother(text: string, account: string): boolean {
  if (!isAccount(text)) return false;
  const digits = accountKey(text)
    .replace(/[^0-9]/g, "")
    .replace(/^0+/, "");
  return !account.endsWith(digits);
}
