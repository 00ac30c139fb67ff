import { type MailRecord, statesBefore } from "../../../shared/domain/errands/mail-record.ts";
import type { Owner } from "../../../shared/domain/owner.ts";
import type { MailLedger } from "../../../shared/ports/mail-ledger.ts";
import type { MemoryFiles } from "./memory-filing.ts";

/** The mail ledger over the files in memory. */
export class MemoryMailLedger implements MailLedger {
  private readonly files: MemoryFiles;

  constructor(files: MemoryFiles) {
    this.files = files;
  }

  async claim(owner: Owner, mail: MailRecord): Promise<boolean> {
    let claimed = false;
    this.files.patch(owner, ({ mails }) => {
      claimed = !mails.some(({ ledgerKey }) => ledgerKey === mail.ledgerKey);
      return { mails: claimed ? [...mails, mail] : mails };
    });
    return claimed;
  }

  async release(owner: Owner, ledgerKey: string): Promise<void> {
    this.files.patch(owner, ({ mails }) => ({
      mails: mails.filter((mail) => mail.ledgerKey !== ledgerKey || mail.state !== "claimed"),
    }));
  }

  async record(
    owner: Owner,
    ledgerKey: string,
    state: "sent" | "delivered",
    at: number,
    messageId?: string,
  ): Promise<void> {
    this.files.patch(owner, ({ mails }) => ({
      mails: mails.map((mail) =>
        mail.ledgerKey === ledgerKey && statesBefore(state).includes(mail.state)
          ? { ...mail, state, settledAt: at, ...(messageId !== undefined && { messageId }) }
          : mail,
      ),
    }));
  }

  async unsettled(claimedBefore: number): Promise<{ owner: Owner; ledgerKey: string }[]> {
    return [...this.files.byOwner.values()].flatMap(({ owner, mails }) =>
      mails
        .filter((mail) => mail.state === "claimed" && mail.claimedAt < claimedBefore)
        .map(({ ledgerKey }) => ({ owner, ledgerKey })),
    );
  }
}
