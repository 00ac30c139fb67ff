import { changeFiled, readFiled } from "../../shared/casework/change-file.ts";
import { type MailRecord, mailProgress } from "../../shared/domain/errands/mail-record.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { bounceIsNoted, mailDoesNotArrive } from "../../shared/domain/filing/mails-settle.ts";
import type { Owner } from "../../shared/domain/owner.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Filing } from "../../shared/ports/filing.ts";
import type { MailLedger } from "../../shared/ports/mail-ledger.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface SettleMailDependencies {
  filing: Filing;
  ledger: Pick<MailLedger, "record">;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

export type MailEvent = {
  owner: Owner;
  ledgerKey: string;
  messageId: string;
} /** Where it came back, SES's type and subtype: Permanent/General. */ & (
  | { state: "sent" | "delivered" | "bounced" | "complained"; bounce?: string | undefined }
  /** It came back and says nothing final about the address: Transient/General. */
  | { state: "noted"; bounce: string }
);

/**
 * Settles the ledger's line by what SES says became of the mail. A mail that did not arrive becomes a task in the same
 * transaction: nothing more goes to that address by itself, so a line without its task would leave it forgotten.
 */
export async function settleMail(
  event: MailEvent,
  { filing, ledger, settings, clock, newId }: SettleMailDependencies,
): Promise<"settled" | "nothing-to-settle"> {
  const { owner, ledgerKey, messageId, state } = event;
  const lineIn = (file: AnyFile) => file.mails.find((candidate) => candidate.ledgerKey === ledgerKey);
  const file = await readFiled(filing, owner);
  const line = file && lineIn(file);
  if (!line || bringsNothing(line, event)) return "nothing-to-settle";
  if (state === "sent" || state === "delivered") {
    await ledger.record(owner, ledgerKey, state, clock.now(), messageId);
    return "settled";
  }
  const { people } = await settings.at(clock.now());
  const outcome = await changeFiled(filing, owner, (fresh) => {
    const current = lineIn(fresh);
    if (!current) return undefined;
    const named = { ...current, messageId };
    if (state === "noted") return bounceIsNoted(named, event.bounce, clock.now());
    return mailDoesNotArrive(fresh, named, state, people, newId, clock.now(), event.bounce);
  });
  return outcome === "changed" ? "settled" : "nothing-to-settle";
}

/** Seen before, or overtaken: answered before anything else is read. */
function bringsNothing(line: MailRecord, event: MailEvent): boolean {
  return event.state !== "noted" && mailProgress[line.state] >= mailProgress[event.state];
}
