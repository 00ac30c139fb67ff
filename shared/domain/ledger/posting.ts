import type { Brand } from "../brand.ts";
import type { Oere } from "../dues/dues-rate.ts";
import type { PersonId } from "../owner.ts";

export type PostingId = Brand<string, "PostingId">;

/** What moves an invoice's open amount, besides the charge that made it; and which way. */
export const postingSigns = {
  /** A credit note of ours, for the whole invoice. */
  credit: -1,
  payment: -1,
  "write-off": -1,
  /** A payment that the bank took back. */
  return: 1,
  /** An over-payment that was paid back. */
  refund: 1,
} as const;
export type PostingKind = keyof typeof postingSigns;
export const postingKinds = Object.keys(postingSigns) as [PostingKind, ...PostingKind[]];

/** One movement on one invoice. Nothing is ever changed: what was wrong is posted back. */
export interface Posting {
  id: PostingId;
  kind: PostingKind;
  /** The invoice's number as it is written; of the old series where the register was imported. */
  invoice: string;
  /** Above zero; the kind says which way. */
  amountOere: Oere;
  /** Copenhagen date. */
  on: string;
  enteredAt: number;
  /** The bank row it was read from, by its identity; a person's entry has a reason instead. */
  source: { kind: "bank"; row: string } | { kind: "person"; byId: PersonId; reasonId: PersonId };
  /** The credit note's own number. */
  creditNoteNumber?: number | undefined;
}
