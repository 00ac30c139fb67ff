import type { MailRecord } from "../domain/errands/mail-record.ts";
import type { Owner } from "../domain/owner.ts";

/** The ledger of mails: claimed before they are sent. What did not arrive is committed with the task that says so. */
export interface MailLedger {
  /** False when this mail was claimed before, by whomever. */
  claim(owner: Owner, mail: MailRecord): Promise<boolean>;
  /** Not sent after all, and known not to have been: the claim is given back. */
  release(owner: Owner, ledgerKey: string): Promise<void>;
  /** A line only ever moves on. */
  record(
    owner: Owner,
    ledgerKey: string,
    state: "sent" | "delivered",
    at: number,
    messageId?: string,
  ): Promise<void>;
  /** From the index: mails claimed before the given moment and not settled since. */
  unsettled(claimedBefore: number): Promise<{ owner: Owner; ledgerKey: string }[]>;
}
