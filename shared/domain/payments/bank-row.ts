import { createHash } from "node:crypto";

/** The largest file of a bank that is read. A half of it, 8,500 payments, took half a second. */
export const bankFileLimitBytes = 5_000_000;

/** One movement on our account, as the bank booked it. A batch is as many rows as it has payments. */
export interface BankRow {
  /** Our account, in the form of `accountKey`. */
  account: string;
  /** Copenhagen date. */
  bookedOn: string;
  /** Whole øre, as it moved our balance: above zero came in. */
  amountOere: number;
  kind: "credit" | "debit";
  bankReference?: string;
  /** Never the word by which a bank says that there is none. */
  endToEndId?: string;
  /** What the payer referred to: the fifteen digits of a FIK line where it is one, else as it stands. */
  reference?: string;
  text: string;
  /** The other party: who paid, or whom we paid. Of a payment that came back, who had paid it. */
  payerName?: string;
  payerAccount?: string;
  payerCvr?: string;
  /** The bank took back a movement that it had booked. */
  isReversal: boolean;
  /** Why a payment came back, in the bank's code. Source: ISO 20022 ExternalReturnReason1Code. */
  returnReason?: string;
  /** What the payments of a batch don't explain of its sum: a fee that the bank has kept. */
  isRemainder?: true;
  /** Only a CSV file says it. */
  balanceAfterOere?: number;
}

export type IdentifiedRow = BankRow & {
  /** What the row is recognised by when it comes again, in whichever file: SHA-256, in hex. */
  identity: string;
};

export const skipReasons = ["not-booked", "not-in-kroner", "repeated-statement"] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What a file says of one account over some days. */
export interface Statement {
  account: string;
  from: string;
  through: string;
  openingOere?: number;
  closingOere?: number;
  rows: readonly IdentifiedRow[];
  /** What stands in the file and isn't taken, so that a person can see that nothing is lost. */
  skipped: readonly { reason: SkipReason; count: number }[];
}

/** What makes two rows the same one, the place among equals apart. Statements' ids and line numbers change from file to file. */
function likeness(row: BankRow): string {
  const referenced = row.bankReference !== undefined || row.endToEndId !== undefined;
  return JSON.stringify([
    row.account,
    row.bookedOn,
    row.amountOere,
    row.bankReference ?? "",
    row.endToEndId ?? "",
    row.reference ?? "",
    row.text,
    referenced ? "" : (row.balanceAfterOere ?? ""),
  ]);
}

/**
 * Gives the rows of one file the identities by which another file's are recognised. Equal rows are told apart by
 * their order: two equal payments on a day are two, and the same file again has the same two.
 * @param rows all rows of the file, in its order
 */
export function withIdentities(rows: readonly BankRow[]): IdentifiedRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const like = likeness(row);
    const nth = (seen.get(like) ?? 0) + 1;
    seen.set(like, nth);
    return { ...row, identity: createHash("sha256").update(`${like}\n${nth}`).digest("hex") };
  });
}

/**
 * One form for an account however it is written: a Danish one as four and ten digits, out of its IBAN or its
 * registration and account number; any other without spaces and in capitals.
 */
export function accountKey(text: string): string {
  const plain = text.replace(/\s/gu, "").toUpperCase();
  const iban = /^DK[0-9]{2}([0-9]{4})([0-9]{10})$/.exec(plain);
  if (iban) return `${iban[1]}${iban[2]}`;
  const split = /^([0-9]{4})[-/. ]([0-9]{1,10})$/.exec(text.trim().replace(/(?<=^[0-9]{4})\s+/, " "));
  if (split) return `${split[1]}${(split[2] ?? "").padStart(10, "0")}`;
  const joined = /^([0-9]{4})([0-9]{7,10})$/.exec(plain);
  return joined ? `${joined[1]}${(joined[2] ?? "").padStart(10, "0")}` : plain;
}
