import type { MemberId } from "../../../shared/domain/owner.ts";
import {
  type BankRow,
  type IdentifiedRow,
  withIdentities,
} from "../../../shared/domain/payments/bank-row.ts";
import type { InvoiceStanding, MatchSnapshot } from "../../../shared/domain/payments/matching.ts";
import { fikOf, ourAccount } from "./a-camt-file.ts";

/** 25,000 kroner and VAT. */
export const duesOere = 3_125_000;

/** An invoice of Prøve Kommune's, with nothing paid yet. */
export function anInvoice(given: Partial<InvoiceStanding> = {}): InvoiceStanding {
  return {
    memberId: "member-1" as MemberId,
    memberNumber: "M-0001",
    name: "Prøve Kommune",
    cvr: "55133018",
    invoice: "20270042",
    openOere: duesOere,
    knownAccounts: [],
    ...given,
  };
}

/** Another member's. */
export function anotherInvoice(given: Partial<InvoiceStanding> = {}): InvoiceStanding {
  return anInvoice({
    memberId: "member-2" as MemberId,
    memberNumber: "M-0002",
    name: "Anden By",
    cvr: "28856075",
    invoice: "20270043",
    fik: fikOf(20270043),
    ...given,
  });
}

/** A year's dues that came in on 20 January 2027, from nobody known and for nothing said. */
export function aRow(given: Partial<BankRow> = {}): BankRow {
  const amountOere = given.amountOere ?? duesOere;
  return {
    account: ourAccount,
    bookedOn: "2027-01-20",
    amountOere,
    kind: amountOere < 0 ? "debit" : "credit",
    text: "",
    isReversal: false,
    ...given,
  };
}

export function rowsOf(...given: Partial<BankRow>[]): IdentifiedRow[] {
  return withIdentities(given.map(aRow));
}

export function aSnapshot(given: Partial<MatchSnapshot> = {}): MatchSnapshot {
  return { invoices: [], payments: [], refunds: [], bookedRows: new Set(), decidedRows: new Set(), ...given };
}
