import type { Oere } from "../dues/dues-rate.ts";
import { oere } from "../dues/dues-rate.ts";
import type { MemberChange } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import { balanceOfInvoice } from "../ledger/balance.ts";
import type { Posting, PostingId } from "../ledger/posting.ts";
import type { MemberFile } from "../membership/member-file.ts";

/** What a bank's row is taken to pay. */
export interface ArrivedPayment {
  invoice: string;
  amountOere: number;
  /** Copenhagen date on which the bank booked it. */
  bookedOn: string;
  /** The row's identity: a row pays once, on whomever. */
  row: string;
}

/**
 * A bank row pays an invoice by itself: only with exactly what is open, looked up in the file that the posting is
 * committed to. Nothing where somebody has paid, credited or written off in the meantime.
 */
export function paymentArrives(
  file: MemberFile,
  { invoice, amountOere, bookedOn, row }: ArrivedPayment,
  newId: NewId,
  now: number,
): MemberChange | undefined {
  const balance = balanceOfInvoice(file, invoice);
  if (!balance || balance.openOere !== amountOere) return undefined;
  if (file.postings.some(({ source }) => source.kind === "bank" && source.row === row)) return undefined;
  const paid: Oere = oere(amountOere);
  const posting: Posting = {
    id: newId() as PostingId,
    kind: "payment",
    invoice,
    amountOere: paid,
    on: bookedOn,
    enteredAt: now,
    source: { kind: "bank", row },
  };
  return {
    audit: [
      { code: "PAYMENT_BOOKED", at: now, actor: "system", details: { invoice, amountOere: paid, bookedOn } },
    ],
    records: [{ type: "posting", posting }],
  };
}
