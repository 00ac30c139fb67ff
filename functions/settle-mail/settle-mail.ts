import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import type { NewId } from "../../shared/domain/agreement/case-change.ts";
import type { MailRecord } from "../../shared/domain/agreement/case-file.ts";
import { openTask } from "../../shared/domain/case-changes/tasks.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { changeCaseIfDue, type MailLedger, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface SettleMailDependencies {
  register: Pick<Register, "read" | "commit">;
  ledger: Pick<MailLedger, "record">;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

export interface MailEvent {
  caseId: CaseId;
  ledgerKey: string;
  messageId: string;
  state: Extract<MailRecord["state"], "sent" | "delivered" | "bounced" | "complained">;
}

/** Later words outrank earlier ones, in whatever order SES tells them. */
const rank = {
  claimed: 0,
  refused: 0,
  sent: 1,
  delivered: 2,
  bounced: 3,
  complained: 4,
} as const satisfies Record<MailRecord["state"], number>;

/**
 * Settles the ledger's line by what SES says became of the mail. A mail that did not arrive becomes a task: nothing
 * more goes to that address by itself.
 */
export async function settleMail(
  event: MailEvent,
  dependencies: SettleMailDependencies,
): Promise<"settled" | "nothing-to-settle"> {
  const { register, ledger, clock } = dependencies;
  const file = await register.read(event.caseId);
  const mail = file?.mails.find((candidate) => candidate.ledgerKey === event.ledgerKey);
  if (!mail || rank[mail.state] >= rank[event.state]) return "nothing-to-settle";
  await ledger.record(event.caseId, event.ledgerKey, event.state, clock.now(), event.messageId);
  if (event.state === "bounced" || event.state === "complained") await askAPerson(event, mail, dependencies);
  return "settled";
}

async function askAPerson(
  event: MailEvent,
  mail: MailRecord,
  { register, settings, clock, newId }: SettleMailDependencies,
): Promise<void> {
  const { people } = await settings.at(clock.now());
  await changeCaseIfDue(register, event.caseId, (file) => {
    const opening = { reason: "MAIL_UNDELIVERED", cause: event.ledgerKey, detail: mail.mail } as const;
    return openTask(file, opening, people, newId, clock.now());
  });
}
