import { extname } from "node:path";
import { DynamoDbMembers } from "../../shared/adapters/aws/dynamodb/members.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { readBankCsv } from "../../shared/adapters/bank/bank-csv.ts";
import { readCamt } from "../../shared/adapters/bank/camt.ts";
import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import { copenhagenDate } from "../../shared/domain/calendar/copenhagen-date.ts";
import { fikReference } from "../../shared/domain/invoicing/fik.ts";
import { balances } from "../../shared/domain/ledger/balance.ts";
import { paymentArrives } from "../../shared/domain/member-changes/payment-arrives.ts";
import type { MemberFile } from "../../shared/domain/membership/member-file.ts";
import type { BankFileReading } from "../../shared/domain/payments/bank-file-fault.ts";
import { bankProfileNames } from "../../shared/domain/payments/bank-profile.ts";
import { matchRows } from "../../shared/domain/payments/match.ts";
import type { MatchedRow, MatchSnapshot, PostedPayment } from "../../shared/domain/payments/matching.ts";
import { formatIsoDay, formatKroner } from "../../shared/words/formats.ts";
import { bankFileFaultWords, outcomeWords, skippedWords } from "../../shared/words/payment-words.ts";
import { WrongUse } from "../stage/wrong-use.ts";
import type { Command, Given } from "./command.ts";
import { everyMember } from "./every-member.ts";

/**
 * Reads a bank's file and books what can't be anything else; the rest is listed for a person, with what it looks like.
 * The same file again, or an overlapping one, books nothing twice: a row is known by what it is.
 */
export const payments: Command = async (given) => {
  const { table, now, print } = given;
  const reading = await readBankFile(given);
  if (reading.kind === "refused") {
    const faults = reading.faults.map((fault) => ({
      row: fault.row,
      column: fault.column,
      code: fault.code,
      message: bankFileFaultWords(fault, "da"),
      proposal: fault.proposal,
    }));
    for (const { row, column, message } of faults)
      print(`${row ? `række ${row}` : "filen"} ${column}: ${message}`);
    return { faults };
  }
  const members = new DynamoDbMembers(table);
  const rows = reading.statements.flatMap((statement) => statement.rows);
  const matched = matchRows(rows, snapshotOf(await everyMember(table)));
  const newId = newIdFrom(table.chance);
  const booked: string[] = [];
  for (const { row, outcome } of matched) {
    if (outcome.kind !== "booked") continue;
    const { memberId, invoice, amountOere } = outcome.part;
    const change = await changeFileIfDue(members, memberId, (file) =>
      paymentArrives(file, { invoice, amountOere, bookedOn: row.bookedOn, row: row.identity }, newId, now),
    );
    if (change === "changed") booked.push(invoice);
  }
  tell(reading.statements, matched, print);
  const of = (kind: MatchedRow["outcome"]["kind"]) =>
    matched.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    rows: rows.length,
    booked,
    alreadyBooked: of("already-booked"),
    proposals: of("proposal"),
    unmatched: of("unmatched"),
  };
};

async function readBankFile({ words, options, now, table, readFile }: Given): Promise<BankFileReading> {
  const [path] = words;
  if (path === undefined) throw new WrongUse("say which file of the bank's");
  const bytes = readFile(path);
  const today = copenhagenDate(now);
  if (extname(path).toLowerCase() !== ".csv") return readCamt(bytes, today);
  const profile = bankProfileNames.find((name) => name === options.profile);
  if (!profile) throw new WrongUse(`--profile must be one of ${bankProfileNames.join(", ")}`);
  const readiness = await new DynamoDbSettings(table).payee(now);
  const own = readiness.kind === "confirmed" ? readiness.payee.account : undefined;
  const account = options.account ?? (own && `${own.registrationNumber}${own.accountNumber}`);
  if (account === undefined) throw new WrongUse("--account is missing: the account the file is of");
  const { through } = options;
  return readBankCsv(bytes, { profile, account, today, ...(through !== undefined && { through }) });
}

/** Every invoice there is with what is open on it, and every bank row that is booked. */
function snapshotOf(files: readonly MemberFile[]): MatchSnapshot {
  const invoices = files.flatMap((file) =>
    balances(file).map(({ invoice, openOere, line }) => ({
      memberId: file.owner.id,
      memberNumber: file.member.memberNumber,
      name: file.member.organisation.name,
      cvr: file.member.organisation.cvr,
      invoice,
      ...(line && { fik: fikReference(line.state.invoiceNumber) }),
      openOere,
      knownAccounts: [],
    })),
  );
  const posted = files.flatMap((file) => file.postings.map((posting) => ({ file, posting })));
  const payments: PostedPayment[] = posted
    .filter(({ posting }) => posting.kind === "payment")
    .map(({ file, posting: { invoice, amountOere } }) => ({
      memberId: file.owner.id,
      memberNumber: file.member.memberNumber,
      invoice,
      amountOere,
    }));
  const bookedRows = new Set(
    posted.flatMap(({ posting: { source } }) => (source.kind === "bank" ? [source.row] : [])),
  );
  return { invoices, payments, refunds: [], bookedRows, decidedRows: new Set() };
}

function tell(
  statements: Extract<BankFileReading, { kind: "read" }>["statements"],
  matched: readonly MatchedRow[],
  print: (line: string) => void,
): void {
  for (const { account, from, through, skipped } of statements) {
    print(`konto ${account}: ${formatIsoDay(from, "da")} til ${formatIsoDay(through, "da")}`);
    for (const { reason, count } of skipped) print(`  ${skippedWords(reason, count, "da")}`);
  }
  for (const { row, outcome } of matched)
    print(`  ${row.bookedOn} ${formatKroner(row.amountOere, "da")}: ${outcomeWords(outcome, "da")}`);
}
