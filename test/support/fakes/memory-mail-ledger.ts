import type { CaseId } from "../../../shared/domain/agreement/agreement-case.ts";
import type { MailRecord } from "../../../shared/domain/agreement/case-file.ts";
import type { MailLedger } from "../../../shared/ports/register.ts";
import type { MemoryRegister } from "./memory-register.ts";

const onwards: readonly MailRecord["state"][] = [
  "claimed",
  "refused",
  "sent",
  "delivered",
  "bounced",
  "complained",
];

/** The mail ledger over the case files in memory. */
export class MemoryMailLedger implements MailLedger {
  private readonly register: MemoryRegister;

  constructor(register: MemoryRegister) {
    this.register = register;
  }

  async claim(caseId: CaseId, mail: MailRecord): Promise<boolean> {
    let claimed = false;
    this.register.changeMails(caseId, (mails) => {
      claimed = !mails.some(({ ledgerKey }) => ledgerKey === mail.ledgerKey);
      return claimed ? [...mails, mail] : [...mails];
    });
    return claimed;
  }

  async release(caseId: CaseId, ledgerKey: string): Promise<void> {
    this.register.changeMails(caseId, (mails) =>
      mails.filter((mail) => mail.ledgerKey !== ledgerKey || mail.state !== "claimed"),
    );
  }

  async record(
    caseId: CaseId,
    ledgerKey: string,
    state: MailRecord["state"],
    at: number,
    messageId?: string,
  ): Promise<void> {
    this.register.changeMails(caseId, (mails) =>
      mails.map((mail) =>
        mail.ledgerKey === ledgerKey && onwards.indexOf(state) > onwards.indexOf(mail.state)
          ? { ...mail, state, settledAt: at, ...(messageId !== undefined && { messageId }) }
          : mail,
      ),
    );
  }
}
