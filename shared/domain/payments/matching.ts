import type { MemberId } from "../owner.ts";
import type { IdentifiedRow } from "./bank-row.ts";

/** A live invoice as its payer stands to it. */
export interface InvoiceStanding {
  memberId: MemberId;
  memberNumber: string;
  name: string;
  cvr: string;
  /** Its number as it is written; of the old series where the register was imported. */
  invoice: string;
  /** The fifteen digits of its FIK line, where it has one. */
  fik?: string;
  /** Whole øre; 0 is paid, below it the payer has a credit. */
  openOere: number;
  /** From which the payer has paid before, in the form of `accountKey`. */
  knownAccounts: readonly string[];
  /** A secretary has said that so much was paid, and no row of the bank has shown it yet. */
  markedPaidOere?: number;
}

/** A payment that a bank row was posted as and that hasn't come back since. */
export interface PostedPayment {
  memberId: MemberId;
  memberNumber: string;
  invoice: string;
  amountOere: number;
  endToEndId?: string;
  payerAccount?: string;
}

/** What is owed to a member and that a person has decided to pay out. */
export interface AwaitedRefund {
  memberId: MemberId;
  memberNumber: string;
  invoice: string;
  amountOere: number;
}

/** Everything that a row is held against, as it stands before the file. */
export interface MatchSnapshot {
  /** The paid ones too, for they may be paid twice. Oldest first. */
  invoices: readonly InvoiceStanding[];
  payments: readonly PostedPayment[];
  refunds: readonly AwaitedRefund[];
  /** Identities of rows that are posted, and of those that a person has matched, unmatched or put aside. */
  bookedRows: ReadonlySet<string>;
  decidedRows: ReadonlySet<string>;
}

/** What is left of the snapshot while a file is gone through: its own rows change it. */
export interface Standing {
  openOere(invoice: InvoiceStanding): number;
  markedPaidOere(invoice: InvoiceStanding): number | undefined;
  payments: PostedPayment[];
  refunds: AwaitedRefund[];
}

export const partPostings = ["payment", "return", "refund", "confirms-mark"] as const;

/** What of a row is posted on which invoice. */
export interface Part {
  memberId: MemberId;
  memberNumber: string;
  invoice: string;
  /** Above zero; the posting says which way. */
  amountOere: number;
  posting: (typeof partPostings)[number];
}

/** What the machine may take for certain. */
export const certainties = ["fik", "invoice-number"] as const;
export type Certainty = (typeof certainties)[number];

/** Why a person has to look. */
export const proposalReasons = [
  "known-payer",
  "part-payment",
  "over-payment",
  "several-invoices",
  "choose-invoice",
  "number-unclear",
  "payer-differs",
  "name-only",
  "marked-paid",
  "return",
  "refund",
] as const;
export type ProposalReason = (typeof proposalReasons)[number];

export const unmatchedReasons = [
  "unknown-payment",
  "unknown-return",
  "reversed-debit",
  "fee",
  "other-debit",
  "no-amount",
] as const;
export type UnmatchedReason = (typeof unmatchedReasons)[number];

export type Outcome =
  | { kind: "already-booked"; by: "row" | "person" }
  | { kind: "booked"; by: Certainty; part: Part }
  /** `parts` is what accepting it posts, and may be nothing; `candidates` are the invoices a person may mean instead. */
  | {
      kind: "proposal";
      reason: ProposalReason;
      parts: readonly Part[];
      candidates: readonly Candidate[];
    }
  | { kind: "unmatched"; reason: UnmatchedReason };

export interface Candidate {
  memberId: MemberId;
  memberNumber: string;
  invoice: string;
}

export interface MatchedRow {
  row: IdentifiedRow;
  outcome: Outcome;
}
