import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import type { NewId } from "../../shared/domain/agreement/case-change.ts";
import type { CaseFile, MailRecord } from "../../shared/domain/agreement/case-file.ts";
import type { Language } from "../../shared/domain/agreement/kind.ts";
import { openTask } from "../../shared/domain/case-changes/tasks.ts";
import {
  type MailName,
  type MailToSend,
  mailPriority,
  type OutboxItem,
} from "../../shared/domain/errands/errand.ts";
import { ledgerKeyOf, recipientHash } from "../../shared/domain/errands/mail-errands.ts";
import { type MailData, mails } from "../../shared/emails/mails.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { Links } from "../../shared/ports/links.ts";
import type { Mailer } from "../../shared/ports/mailer.ts";
import { changeCaseIfDue, type MailLedger, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";
import type { WorkflowResumer } from "../../shared/ports/workflows.ts";
import { type Composition, compose, linkIssuer } from "./compose-mail.ts";

export interface DeliverOutboxDependencies {
  register: Pick<Register, "read" | "commit" | "finishErrand" | "duesLines">;
  ledger: MailLedger;
  links: Pick<Links, "put">;
  tokens: LinkTokens;
  limits: Limits;
  settings: SettingsSource;
  mailer: Mailer;
  workflows: WorkflowResumer;
  clock: Clock;
  newId: NewId;
  baseUrl: string;
}

/** What became of an errand: done with, or left in the outbox for the next run. */
type Errand = "finished" | "left";

/** Runs a case's errands in the order they were committed. Two runs at once do no harm: the ledger lets one mail through. */
export async function deliverOutbox(
  caseId: CaseId,
  dependencies: DeliverOutboxDependencies,
): Promise<{ finished: number; left: number }> {
  const counts = { finished: 0, left: 0 };
  const tried = new Set<number>();
  // An errand may commit further errands (a mail refused, a task opened): they are run too, each once.
  for (;;) {
    const file = await dependencies.register.read(caseId);
    const items = inOrder(file?.outbox.filter((item) => !tried.has(item.sequence)) ?? []);
    if (items.length === 0) return counts;
    for (const item of items) {
      tried.add(item.sequence);
      const done = await run(item, caseId, dependencies);
      if (done === "finished") await dependencies.register.finishErrand(caseId, item);
      counts[done] += 1;
    }
  }
}

/** Executions are woken first: what they do next needs no mail, and a mail may have to wait. */
function inOrder(outbox: readonly OutboxItem[]): OutboxItem[] {
  const rank = (item: OutboxItem) =>
    item.type === "resume" ? 0 : mailPriority[item.mail] === "first" ? 1 : 2;
  return outbox.toSorted((a, b) => rank(a) - rank(b) || a.sequence - b.sequence);
}

async function run(
  item: OutboxItem,
  caseId: CaseId,
  dependencies: DeliverOutboxDependencies,
): Promise<Errand> {
  // Read again for each: an errand before may have changed what this one finds.
  const file = await dependencies.register.read(caseId);
  if (!file) return "finished";
  if (item.type === "mail") return send(item, file, dependencies);
  const token = file.waits.get(item.versionId)?.token;
  if (token) await dependencies.workflows.resume(token);
  return "finished";
}

async function send(
  item: MailToSend,
  file: CaseFile,
  dependencies: DeliverOutboxDependencies,
): Promise<Errand> {
  const { ledger, limits, settings, clock } = dependencies;
  const caseId = file.case.id;
  const now = clock.now();
  const hash = recipientHash(caseId, item.to.address);
  const ledgerKey = ledgerKeyOf(caseId, item);
  // Claimed before, by whomever: sent, or uncertain and then a person's to settle. Never resent blindly.
  if (file.mails.some((mail) => mail.ledgerKey === ledgerKey)) return "finished";
  if (undeliverable(file, hash)) return refuse(file, item, ledgerKey, dependencies);
  if (mailPriority[item.mail] === "normal" && !(await limits.hit("mails-per-day", "all", now)).allowed)
    return "left";

  const { mail, step, to, subject } = item;
  const from: Composition = {
    file,
    item,
    now,
    settings: await settings.at(now),
    duesLines:
      file.case.status === "admitted" ? await dependencies.register.duesLines(file.case.memberId) : [],
    issue: linkIssuer({ file, item, now }, dependencies),
  };
  const written = await write(mail, from, to.role === "contact" ? file.case.language : "da");
  if (!written) return "finished";
  const line: MailRecord = {
    ledgerKey,
    mail,
    step,
    role: to.role,
    subject,
    recipientHash: hash,
    claimedAt: now,
    state: "claimed",
  };
  if (!(await ledger.claim(caseId, line))) return "finished";
  const outcome = await dependencies.mailer.send({
    ...written,
    to: to.address,
    threadId: caseId,
    ledgerKey,
    owner: caseId,
  });
  switch (outcome.kind) {
    case "accepted":
      await ledger.record(caseId, ledgerKey, "sent", clock.now(), outcome.messageId);
      return "finished";
    case "not-now":
      await ledger.release(caseId, ledgerKey);
      return "left";
    case "refused":
      await ledger.record(caseId, ledgerKey, "refused", clock.now());
      return refuse(file, item, ledgerKey, dependencies);
    case "uncertain":
      // The claim stays: SES's events settle it, or the sweep makes it a person's task.
      return "finished";
  }
}

/** Only mails whose data fits their text compile; the name ties the two. */
async function write<Name extends MailName>(name: Name, from: Composition, language: Language) {
  const data: MailData[Name] | undefined = await compose[name](from);
  const render: (
    data: MailData[Name],
    language: Language,
  ) => { subject: string; html: string; text: string } = mails[name];
  return data && render(data, language);
}

/** An address that bounced or complained gets nothing more by itself. */
function undeliverable(file: CaseFile, hash: string): boolean {
  return file.mails.some(
    (mail) => mail.recipientHash === hash && (mail.state === "bounced" || mail.state === "complained"),
  );
}

/** The mail can't go out by itself: a person is asked, unless it is about such a task already. */
async function refuse(
  file: CaseFile,
  item: MailToSend,
  ledgerKey: string,
  { register, settings, clock, newId }: DeliverOutboxDependencies,
): Promise<Errand> {
  if (item.mail === "task-opened") return "finished";
  const { people } = await settings.at(clock.now());
  await changeCaseIfDue(register, file.case.id, (fresh) => {
    const opening = { reason: "MAIL_UNDELIVERED", cause: ledgerKey, detail: item.mail } as const;
    return openTask(fresh, opening, people, newId, clock.now());
  });
  return "finished";
}
