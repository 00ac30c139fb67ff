import type { IdentifiedRow } from "./bank-row.ts";
import { cluesOf, invoiceIndex } from "./match-clues.ts";
import { matchCredit } from "./match-credit.ts";
import { matchDebit } from "./match-debit.ts";
import type { MatchedRow, MatchSnapshot, Outcome, Part, PostedPayment, Standing } from "./matching.ts";

/**
 * What each row of a file is, in its order. By itself only what can't be anything else: our FIK line, or the number
 * of one of our invoices, with exactly the open amount. Never by a name or an amount alone; never a second time;
 * never over what a person has said of a row.
 * Source: the order of matching in Odoo and CiviBanking, tightened.
 */
export function matchRows(rows: readonly IdentifiedRow[], snapshot: MatchSnapshot): MatchedRow[] {
  const index = invoiceIndex(snapshot.invoices);
  const booked = new Set(snapshot.bookedRows);
  const ledger = ledgerOf(snapshot);
  return rows.map((row) => {
    const known = alreadyBooked(row, booked, snapshot.decidedRows);
    if (known) return { row, outcome: known };
    if (row.amountOere === 0) return { row, outcome: { kind: "unmatched", reason: "no-amount" } };
    const clues = cluesOf(row, index);
    const match = row.kind === "credit" ? matchCredit : matchDebit;
    const outcome = match(row, clues, ledger.standing);
    if (outcome.kind === "booked") {
      booked.add(row.identity);
      ledger.post(row, outcome.part);
    }
    return { row, outcome };
  });
}

/** A person's word comes first: a row that one has unmatched is not booked again. */
function alreadyBooked(
  row: IdentifiedRow,
  booked: ReadonlySet<string>,
  decided: ReadonlySet<string>,
): Outcome | undefined {
  if (decided.has(row.identity)) return { kind: "already-booked", by: "person" };
  return booked.has(row.identity) ? { kind: "already-booked", by: "row" } : undefined;
}

function ledgerOf(snapshot: MatchSnapshot): {
  standing: Standing;
  post(row: IdentifiedRow, part: Part): void;
} {
  const key = ({ memberId, invoice }: Pick<Part, "memberId" | "invoice">) => `${memberId}\n${invoice}`;
  const open = new Map(snapshot.invoices.map((invoice) => [key(invoice), invoice.openOere]));
  const marked = new Map(snapshot.invoices.map((invoice) => [key(invoice), invoice.markedPaidOere]));
  const standing: Standing = {
    openOere: (invoice) => open.get(key(invoice)) ?? 0,
    markedPaidOere: (invoice) => marked.get(key(invoice)),
    payments: [...snapshot.payments],
    refunds: [...snapshot.refunds],
  };
  const post: Record<Part["posting"], (row: IdentifiedRow, part: Part) => void> = {
    payment: (row, part) => {
      open.set(key(part), (open.get(key(part)) ?? 0) - part.amountOere);
      standing.payments.push(paymentOf(row, part));
    },
    "confirms-mark": (row, part) => {
      marked.delete(key(part));
      standing.payments.push(paymentOf(row, part));
    },
    refund: (_, part) => {
      const at = standing.refunds.findIndex(
        (refund) => key(refund) === key(part) && refund.amountOere === part.amountOere,
      );
      standing.refunds.splice(at, 1);
    },
    // A return is a person's to accept, so none is posted here.
    return: () => undefined,
  };
  return { standing, post: (row, part) => post[part.posting](row, part) };
}

function paymentOf(row: IdentifiedRow, part: Part): PostedPayment {
  return {
    memberId: part.memberId,
    memberNumber: part.memberNumber,
    invoice: part.invoice,
    amountOere: part.amountOere,
    ...(row.endToEndId === undefined ? {} : { endToEndId: row.endToEndId }),
    ...(row.payerAccount === undefined ? {} : { payerAccount: row.payerAccount }),
  };
}
