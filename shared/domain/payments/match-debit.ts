import type { IdentifiedRow } from "./bank-row.ts";
import { type Clues, unique } from "./match-clues.ts";
import type { Outcome, PostedPayment, Standing } from "./matching.ts";
import { part, proposal } from "./proposal.ts";

type Rule = (row: IdentifiedRow, clues: Clues, standing: Standing) => Outcome | undefined;

/** Money that went out: the first rule that has something to say. */
export function matchDebit(row: IdentifiedRow, clues: Clues, standing: Standing): Outcome {
  for (const rule of rules) {
    const outcome = rule(row, clues, standing);
    if (outcome) return outcome;
  }
  return { kind: "unmatched", reason: "other-debit" };
}

/**
 * A payment that came back opens the invoice again that it had paid, once a person says so. Known by the payer's own
 * id of it, else by the invoice that the row names, else by the account it came from; the amount must be the same.
 */
const comesBack: Rule = (row, clues, standing) => {
  if (!row.isReversal && row.returnReason === undefined) return undefined;
  const named = unique([...clues.byFik, ...clues.byNumberAlone]);
  const same = standing.payments.filter(({ amountOere }) => amountOere === -row.amountOere);
  const found = firstOf(same, [
    (payment) => payment.endToEndId !== undefined && payment.endToEndId === row.endToEndId,
    (payment) =>
      named.some((invoice) => invoice.invoice === payment.invoice && invoice.memberId === payment.memberId),
    (payment) => payment.payerAccount !== undefined && payment.payerAccount === row.payerAccount,
  ]);
  const candidates = found.length > 0 ? found : named;
  const [only, ...others] = candidates;
  if (!only) return { kind: "unmatched", reason: "unknown-return" };
  return proposal("return", others.length === 0 ? [part(only, -row.amountOere, "return")] : [], candidates);
};

/** What the first test that finds anything finds. */
function firstOf(
  payments: readonly PostedPayment[],
  tests: readonly ((payment: PostedPayment) => boolean)[],
): PostedPayment[] {
  return tests.map((test) => payments.filter(test)).find((found) => found.length > 0) ?? [];
}

/** What a person has decided to pay back and its row says whose it is: by its invoice alone, else a person looks. */
const refund: Rule = (row, clues, standing) => {
  const awaited = standing.refunds.filter(({ amountOere }) => amountOere === -row.amountOere);
  const about = (invoices: Clues["byFik"]) =>
    awaited.filter(({ memberId, invoice }) =>
      invoices.some((named) => named.memberId === memberId && named.invoice === invoice),
    );
  const [certain, ...more] = about(clues.byNumberAlone);
  if (certain && more.length === 0 && clues.byNumber.length === 1)
    return { kind: "booked", by: "invoice-number", part: part(certain, -row.amountOere, "refund") };
  const likely = about(unique([...clues.byNumber, ...clues.ofKnownPayer, ...clues.ofNamesake]));
  const [only, ...others] = likely;
  return only
    ? proposal("refund", others.length === 0 ? [part(only, -row.amountOere, "refund")] : [], likely)
    : undefined;
};

const fee: Rule = (row) =>
  row.isRemainder || /gebyr|(?<!\p{L})(?:fee|charge)s?(?!\p{L})/iu.test(row.text)
    ? { kind: "unmatched", reason: "fee" }
    : undefined;

const rules: readonly Rule[] = [comesBack, refund, fee];
