import { changeFiled } from "../../shared/casework/change-file.ts";
import { aboutOf } from "../../shared/domain/about.ts";
import type { Language } from "../../shared/domain/agreement/kind.ts";
import type { MailToSend } from "../../shared/domain/errands/errand.ts";
import { ledgerKeyOf, recipientHash } from "../../shared/domain/errands/mail-errands.ts";
import type { MailRecord } from "../../shared/domain/errands/mail-record.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { isSilenced, mailDoesNotArrive } from "../../shared/domain/filing/mails-settle.ts";
import { ownerText } from "../../shared/domain/owner.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Filing } from "../../shared/ports/filing.ts";
import type { InvoiceStore } from "../../shared/ports/invoice-files.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { Links } from "../../shared/ports/links.ts";
import type { MailLedger } from "../../shared/ports/mail-ledger.ts";
import type { Mailer } from "../../shared/ports/mailer.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";
import { composeMail } from "./compose-mail.ts";
import { linkIssuer } from "./issue-links.ts";
import { allowMail } from "./mail-allowance.ts";

export interface SendMailDependencies {
  filing: Filing;
  ledger: MailLedger;
  links: Pick<Links, "put">;
  tokens: LinkTokens;
  limits: Limits;
  settings: SettingsSource;
  mailer: Mailer;
  clock: Clock;
  newId: NewId;
  baseUrl: string;
  invoices: Pick<InvoiceStore, "readPdf">;
}

/** What a run reads once. */
export interface SendingWorld {
  file: AnyFile;
  settings: Settings;
  now: number;
}

/** Finished: sent, moot, refused or claimed before. Not now: left in the outbox. Uncertain: claimed, and silent. */
export type Sending = "finished" | "not-now" | "uncertain";

/**
 * Sends one mail: claimed in the ledger before it goes, so that a crash leaves it claimed and never sent twice.
 * A mail that can't go out is committed with the task that tells a person so.
 */
export async function sendMail(
  item: MailToSend,
  world: SendingWorld,
  dependencies: SendMailDependencies,
): Promise<Sending> {
  const { ledger, limits, clock, invoices } = dependencies;
  const { file, now } = world;
  const line = lineOf(item, file, now);
  // Claimed before, by whomever: sent, or uncertain and then a person's to settle. Never resent blindly.
  if (file.mails.some(({ ledgerKey }) => ledgerKey === line.ledgerKey)) return "finished";
  if (isSilenced(file, line.recipientHash)) return refuse(line, world, dependencies);
  const allowance = await allowMail(item, file, limits, now);
  if (!allowance) return "not-now";

  const language = languageFor(item, file);
  const issue = linkIssuer({ owner: file.owner, to: item.to, language, now }, dependencies);
  const written = await composeMail(item, { file, settings: world.settings, now, issue, language, invoices });
  if (!written || !(await ledger.claim(file.owner, line))) {
    await allowance.giveBack();
    return "finished";
  }
  const owner = ownerText(file.owner);
  const mail = { ...written, to: item.to.address, threadId: owner, ledgerKey: line.ledgerKey, owner };
  const outcome = await dependencies.mailer.send(mail);
  switch (outcome.kind) {
    case "accepted":
      await ledger.record(file.owner, line.ledgerKey, "sent", clock.now(), outcome.messageId);
      return "finished";
    case "not-now":
      await allowance.giveBack();
      await ledger.release(file.owner, line.ledgerKey);
      return "not-now";
    case "refused":
      return refuse(line, world, dependencies);
    case "uncertain":
      // The claim stays: SES's events settle it, or a later run makes it a person's task.
      return "uncertain";
  }
}

function lineOf(item: MailToSend, { owner }: AnyFile, now: number): MailRecord {
  const { mail, step, subject, to } = item;
  // Name and subject belong together in the errand, and so they do here.
  return {
    ...{ mail, step, subject },
    ledgerKey: ledgerKeyOf(owner, item),
    role: to.role,
    recipientHash: recipientHash(owner, to.address),
    claimedAt: now,
    state: "claimed",
  } as MailRecord;
}

/** Whoever applied is written to in the language of the application, OS2's own people in Danish. */
function languageFor({ to }: MailToSend, file: AnyFile): Language {
  return to.role === "contact" ? aboutOf(file).language : "da";
}

/** The line and the task that tells of it are one change: killed in between, neither would be without the other. */
async function refuse(
  line: MailRecord,
  { file, settings }: SendingWorld,
  { filing, clock, newId }: SendMailDependencies,
): Promise<Sending> {
  await changeFiled(filing, file.owner, (fresh) => {
    const standing = fresh.mails.find(({ ledgerKey }) => ledgerKey === line.ledgerKey) ?? line;
    return mailDoesNotArrive(fresh, standing, "refused", settings.people, newId, clock.now());
  });
  return "finished";
}
