import type { IdentifiedRow } from "./bank-row.ts";
import { type Clues, membersOf, unique } from "./match-clues.ts";
import type { Certainty, InvoiceStanding, Outcome, Part, ProposalReason, Standing } from "./matching.ts";
import { part, proposal } from "./proposal.ts";

type Rule = (row: IdentifiedRow, clues: Clues, standing: Standing) => Outcome | undefined;

/** Money that came in: the first rule that has something to say. */
export function matchCredit(row: IdentifiedRow, clues: Clues, standing: Standing): Outcome {
  for (const rule of rules) {
    const outcome = rule(row, clues, standing);
    if (outcome) return outcome;
  }
  return { kind: "unmatched", reason: "unknown-payment" };
}

/** The bank gives back what it had taken, or corrects itself: no member has paid. */
const reversedDebit: Rule = (row) =>
  row.isReversal || row.returnReason !== undefined
    ? { kind: "unmatched", reason: "reversed-debit" }
    : undefined;

const remainder: Rule = (row) => (row.isRemainder ? { kind: "unmatched", reason: "fee" } : undefined);

/** The one invoice that a row is certainly about, and by what. */
function certain(clues: Clues): { invoice: InvoiceStanding; by: Certainty } | undefined {
  const [invoice, ...others] = unique([...clues.byFik, ...clues.byNumber]);
  if (invoice === undefined) return undefined;
  const [byFik, ...moreByFik] = clues.byFik;
  if (byFik && moreByFik.length === 0 && clues.byNumberAlone.every((named) => named === byFik))
    return { invoice: byFik, by: "fik" };
  return others.length === 0 && clues.byNumberAlone[0] === invoice && !paysForAnother(clues, invoice)
    ? { invoice, by: "invoice-number" }
    : undefined;
}

/** Where all owe the same amount, a mistyped number is another member's: the payer that we know must not be a third. */
function paysForAnother(clues: Clues, invoice: InvoiceStanding): boolean {
  const payers = membersOf(clues.ofKnownPayer);
  return payers.size > 0 && !payers.has(invoice.memberId);
}

/** A secretary has said that it was paid: the first row that shows it posts nothing more. */
const confirmsMark: Rule = (row, clues, standing) => {
  const found = certain(clues);
  return found && standing.markedPaidOere(found.invoice) === row.amountOere
    ? { kind: "booked", by: found.by, part: part(found.invoice, row.amountOere, "confirms-mark") }
    : undefined;
};

const exactAmount: Rule = (row, clues, standing) => {
  const found = certain(clues);
  return found && standing.openOere(found.invoice) === row.amountOere
    ? { kind: "booked", by: found.by, part: part(found.invoice, row.amountOere) }
    : undefined;
};

const anotherAmount: Rule = (row, clues, standing) => {
  const found = certain(clues);
  if (!found) return undefined;
  const reason = row.amountOere < standing.openOere(found.invoice) ? "part-payment" : "over-payment";
  return proposal(reason, [part(found.invoice, row.amountOere)]);
};

/** More than one of our invoices is named: a person says what is for which. */
const severalNamed: Rule = (row, clues, standing) => {
  const named = unique([...clues.byFik, ...clues.byNumberAlone]);
  return named.length > 1
    ? proposal("several-invoices", shared(row.amountOere, named, standing), named)
    : undefined;
};

const payerDiffers: Rule = (row, clues) => {
  const [invoice] = clues.byNumberAlone;
  return invoice && paysForAnother(clues, invoice)
    ? proposal("payer-differs", [part(invoice, row.amountOere)], clues.ofKnownPayer)
    : undefined;
};

const markedPaid: Rule = (row, clues, standing) => {
  const marked = [...clues.ofKnownPayer, ...clues.byNumber].filter(
    (invoice) => standing.markedPaidOere(invoice) === row.amountOere,
  );
  const [invoice, ...others] = unique(marked);
  return invoice && others.length === 0
    ? proposal("marked-paid", [part(invoice, row.amountOere, "confirms-mark")])
    : undefined;
};

const knownPayer: Rule = (row, clues, standing) => {
  const open = clues.ofKnownPayer.filter((invoice) => standing.openOere(invoice) > 0);
  const exact = open.filter((invoice) => standing.openOere(invoice) === row.amountOere);
  const [only, ...others] = exact.length > 0 ? exact : open;
  if (!only) return undefined;
  if (others.length === 0)
    return proposal(amountReason(row, only, standing), [part(only, row.amountOere)], open);
  const total = open.reduce((sum, invoice) => sum + standing.openOere(invoice), 0);
  return exact.length === 0 && total === row.amountOere
    ? proposal("several-invoices", shared(row.amountOere, open, standing), open)
    : proposal("choose-invoice", [], open);
};

function amountReason(row: IdentifiedRow, invoice: InvoiceStanding, standing: Standing): ProposalReason {
  const open = standing.openOere(invoice);
  if (row.amountOere === open) return "known-payer";
  return row.amountOere < open ? "part-payment" : "over-payment";
}

/** A number of ours that may as well be a year or a part of something longer: worth a look where the amount fits. */
const numberUnclear: Rule = (row, clues, standing) => {
  const fitting = clues.byNumber.filter((invoice) => standing.openOere(invoice) === row.amountOere);
  const [only, ...others] = fitting;
  if (!only) return undefined;
  return proposal("number-unclear", others.length === 0 ? [part(only, row.amountOere)] : [], fitting);
};

/** Whoever we know has nothing open: it becomes the payer's credit once a person says so. */
const nothingOpen: Rule = (row, clues) => {
  const newest = clues.ofKnownPayer.at(-1);
  if (!newest) return undefined;
  const isOnePayer = membersOf(clues.ofKnownPayer).size === 1;
  return proposal("over-payment", isOnePayer ? [part(newest, row.amountOere)] : [], clues.ofKnownPayer);
};

const namesake: Rule = (row, clues, standing) => {
  const open = clues.ofNamesake.filter((invoice) => standing.openOere(invoice) > 0);
  const exact = open.filter((invoice) => standing.openOere(invoice) === row.amountOere);
  const [only, ...others] = exact;
  if (open.length === 0) return undefined;
  return proposal("name-only", only && others.length === 0 ? [part(only, row.amountOere)] : [], open);
};

const rules: readonly Rule[] = [
  reversedDebit,
  remainder,
  confirmsMark,
  exactAmount,
  anotherAmount,
  severalNamed,
  payerDiffers,
  markedPaid,
  knownPayer,
  numberUnclear,
  nothingOpen,
  namesake,
];

/** An amount over invoices, each up to what is open, in their order; what is over stays with the last. */
function shared(amountOere: number, invoices: readonly InvoiceStanding[], standing: Standing): Part[] {
  const open = invoices.filter((invoice) => standing.openOere(invoice) > 0);
  const takers = open.length > 0 ? open : invoices.slice(-1);
  let left = amountOere;
  return takers.flatMap((invoice, at) => {
    const isLast = at === takers.length - 1;
    const taken = isLast ? left : Math.min(left, standing.openOere(invoice));
    left -= taken;
    return taken > 0 ? [part(invoice, taken)] : [];
  });
}
