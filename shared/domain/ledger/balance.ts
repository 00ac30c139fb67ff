import type { Opening } from "../membership/member.ts";
import { type IssuedLine, isIssued, type MemberFile } from "../membership/member-file.ts";
import { type Posting, type PostingKind, postingSigns } from "./posting.ts";

/** An invoice as its payer stands to it. Amounts in whole øre, VAT included. */
export interface InvoiceBalance {
  /** As it is written. */
  invoice: string;
  dueOn: string;
  totalOere: number;
  paidOere: number;
  creditedOere: number;
  writtenOffOere: number;
  /** What is left to pay; below zero it is the payer's credit. */
  openOere: number;
  /** Only an invoice that we made has a line. */
  line?: IssuedLine | undefined;
}

export type InvoiceState = "open" | "part-paid" | "paid" | "credited" | "written-off" | "over-paid";

type Ledger = Pick<MemberFile, "dues" | "postings" | "member">;

/** Every invoice of a member's, our own and the one that stood open when the register was imported; oldest first. */
export function balances(file: Ledger): InvoiceBalance[] {
  const opening: Opening | undefined =
    file.member.origin.kind === "import" ? file.member.origin.opening : undefined;
  const charges = [
    ...(opening?.open
      ? [{ invoice: opening.open.invoice, dueOn: opening.open.dueOn, totalOere: opening.open.amountOere }]
      : []),
    ...file.dues.filter(isIssued).map((line) => ({
      invoice: String(line.state.invoiceNumber),
      dueOn: line.dueOn,
      totalOere: line.totalOere as number,
      line,
    })),
  ];
  return charges.map((charge) => balanceOf(charge, file.postings));
}

function balanceOf(
  charge: Pick<InvoiceBalance, "invoice" | "dueOn" | "totalOere" | "line">,
  postings: readonly Posting[],
): InvoiceBalance {
  const own = postings.filter(({ invoice }) => invoice === charge.invoice);
  const sum = (...kinds: PostingKind[]) =>
    own
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((total, { kind, amountOere }) => total + postingSigns[kind] * amountOere, 0);
  const moved = sum("credit", "payment", "write-off", "return", "refund");
  return {
    ...charge,
    paidOere: -sum("payment", "return", "refund"),
    creditedOere: -sum("credit"),
    writtenOffOere: -sum("write-off"),
    openOere: charge.totalOere + moved,
  };
}

/** Computed from postings, never stored: the first that fits. */
const states: readonly (readonly [InvoiceState, (balance: InvoiceBalance) => boolean])[] = [
  ["over-paid", ({ openOere }) => openOere < 0],
  ["credited", ({ openOere, creditedOere, totalOere }) => openOere === 0 && creditedOere === totalOere],
  ["written-off", ({ openOere, writtenOffOere }) => openOere === 0 && writtenOffOere > 0],
  ["paid", ({ openOere }) => openOere === 0],
  ["part-paid", ({ paidOere }) => paidOere > 0],
];

export function invoiceState(balance: InvoiceBalance): InvoiceState {
  return states.find(([, fits]) => fits(balance))?.[0] ?? "open";
}

export function balanceOfInvoice(file: Ledger, invoice: string): InvoiceBalance | undefined {
  return balances(file).find((balance) => balance.invoice === invoice);
}
