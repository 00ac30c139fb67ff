import { changeFiled, changeFileIfDue, readFiled } from "../../shared/casework/change-file.ts";
import { startNextAttempt } from "../../shared/casework/start-intake.ts";
import { currentUploadRecord } from "../../shared/domain/agreement/case-questions.ts";
import { rivalIsAdmitted } from "../../shared/domain/case-changes/case-is-closed.ts";
import type { OutboxItem } from "../../shared/domain/errands/errand.ts";
import { mailPriority } from "../../shared/domain/errands/mails.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import { mailIsUncertain, uncertainAfterMs } from "../../shared/domain/filing/mails-settle.ts";
import { type Owner, ownerText } from "../../shared/domain/owner.ts";
import type { People } from "../../shared/domain/settings/settings.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { InvoiceStore } from "../../shared/ports/invoice-files.ts";
import type { InvoicePrinter } from "../../shared/ports/invoice-printer.ts";
import type { LaterErrands, Outbox } from "../../shared/ports/outbox.ts";
import type { Waits } from "../../shared/ports/waits.ts";
import type { DuesStarter, IntakeStarter, WorkflowResumer } from "../../shared/ports/workflows.ts";
import { fileInvoice } from "./file-invoice.ts";
import { type Sending, type SendMailDependencies, sendMail } from "./send-mail.ts";

export interface DeliverOutboxDependencies extends Omit<SendMailDependencies, "invoices"> {
  invoices: InvoiceStore;
  invoicePrinter: InvoicePrinter;
  cases: Pick<Cases, "read" | "commit" | "openFor">;
  outbox: Pick<Outbox, "finish" | "putOff">;
  waits: Pick<Waits, "forget">;
  later: LaterErrands;
  workflows: WorkflowResumer;
  intake: IntakeStarter;
  dues: DuesStarter;
  /** Told of what could not be done and is tried again. */
  failed: (owner: string, error: unknown) => void;
  /** Told how many seconds the oldest of an owner's errands had waited, where that is more than the ordinary. */
  waited: (seconds: number) => void;
}

export interface DeliveryCounts {
  finished: number;
  left: number;
}

/** A throttled mail goes again within minutes: 60 s, doubled up to the 15 minutes that a queue can hold it back. */
const firstDelaySeconds = 60;
const longestDelaySeconds = 900;

/** From commit to run it takes a second or two. */
const ordinaryWaitMs = 60_000;

/**
 * Runs an owner's errands, from one reading of its file: executions are woken first, for what they do next needs no
 * mail, then mails in the order they were committed. Two runs at once do no harm: the ledger lets one mail through,
 * and a woken execution plans again.
 * @param tries how often this owner's errands have been put off in a row
 */
export async function deliverOutbox(
  owner: Owner,
  tries: number,
  dependencies: DeliverOutboxDependencies,
): Promise<DeliveryCounts> {
  const { filing, outbox, later, clock } = dependencies;
  const file = await readFiled(filing, owner);
  if (!file) return { finished: 0, left: 0 };
  const now = clock.now();
  const oldest = Math.min(now, ...file.outbox.map(({ since }) => since));
  if (now - oldest > ordinaryWaitMs) dependencies.waited((now - oldest) / 1000);
  await askAboutUncertain(file, now, dependencies);
  const world = { file, now, settings: await dependencies.settings.at(now) };
  const startsLater = await wakeAndStart(file, dependencies);

  const outcomeOf = async (item: OutboxItem): Promise<Sending> => {
    if (item.type === "close-rivals") await closeRivals(file, world.settings.people, dependencies);
    if (item.type === "file-invoice") return fileOrReport(file, item.invoiceNumber, dependencies);
    if (item.type === "mail") return sendMail(item, world, dependencies);
    return item.type === "start" && startsLater ? "not-now" : "finished";
  };
  let left = 0;
  let uncertain = false;
  for (const item of inOrder(file)) {
    const outcome = await outcomeOf(item);
    uncertain ||= outcome === "uncertain";
    if (outcome === "not-now") left += 1;
    else await outbox.finish(owner, item);
  }
  const due = nextRun(file, { left, uncertain, tries, now });
  if (due !== undefined && (await outbox.putOff(owner, due, now)))
    await later.runLater(owner, { afterSeconds: (due - now) / 1000, tries: left > 0 ? tries + 1 : 0 });
  return { finished: file.outbox.length - left, left };
}

/** What can't be printed holds up nobody's mail: it is heard, and tried again. */
async function fileOrReport(
  file: AnyFile,
  invoiceNumber: number,
  dependencies: DeliverOutboxDependencies,
): Promise<Sending> {
  try {
    await fileInvoice(file, invoiceNumber, dependencies);
    return "finished";
  } catch (error) {
    dependencies.failed(ownerText(file.owner), error);
    return "not-now";
  }
}

/**
 * Ends every other open application for the body that was admitted. The list may lag behind: one that is missed is
 * refused its own admission, which makes it a person's task as well.
 */
async function closeRivals(
  file: AnyFile,
  people: People,
  { cases, clock, newId }: DeliverOutboxDependencies,
): Promise<void> {
  if (!("uploads" in file)) return;
  for (const rival of await cases.openFor(file.case)) {
    if (rival === file.owner.id) continue;
    await changeFileIfDue(cases, rival, (open) => rivalIsAdmitted(open, people, newId, clock.now()));
  }
}

/** When there is more to do: what could not go yet, and mails of which nobody has heard. */
function nextRun(
  file: AnyFile,
  { left, uncertain, tries, now }: { left: number; uncertain: boolean; tries: number; now: number },
): number | undefined {
  const moments = [
    ...(left > 0 ? [now + Math.min(firstDelaySeconds * 2 ** tries, longestDelaySeconds) * 1000] : []),
    ...(uncertain ? [now + uncertainAfterMs] : []),
    ...file.mails
      .filter(({ state, claimedAt }) => state === "claimed" && claimedAt > now - uncertainAfterMs)
      .map(({ claimedAt }) => claimedAt + uncertainAfterMs),
  ];
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** What goes first when there is much to do: decisions and tasks, then everything else as it was committed. */
function inOrder({ owner, outbox }: AnyFile): OutboxItem[] {
  const rank = (item: OutboxItem) =>
    item.type === "mail" && mailPriority(owner.kind, item.mail) !== "first" ? 1 : 0;
  return [...outbox].toSorted((a, b) => rank(a) - rank(b) || a.sequence - b.sequence);
}

/**
 * One wake an owner, whatever asked for it, and one start. Answers whether the start has to be tried again: the attempt
 * before may be about to end, having found the contact unconfirmed in the moment before it confirmed.
 */
async function wakeAndStart(file: AnyFile, dependencies: DeliverOutboxDependencies): Promise<boolean> {
  const { waits, workflows } = dependencies;
  const asked = new Set(file.outbox.map(({ type }) => type));
  if (asked.has("wake")) {
    for (const [name, { token }] of file.waits) {
      await workflows.resume(token);
      await waits.forget(file.owner, name, token);
    }
  }
  return asked.has("start") && startOf(file, dependencies);
}

/** Whether a start that found the attempt before still running is owed. */
async function startOf(file: AnyFile, { intake, dues }: DeliverOutboxDependencies): Promise<boolean> {
  if ("uploads" in file) {
    const upload = currentUploadRecord(file);
    // Fields in one order: a running execution of the same name answers only the very same input.
    const input = upload && { caseId: file.owner.id, key: upload.key, versionId: upload.versionId };
    const started = input && (await startNextAttempt(intake, input));
    return started === undefined && file.case.status === "under-review" && !file.case.hold;
  }
  if ("run" in file) {
    const started = await startNextAttempt(dues, { runId: file.owner.id });
    return started === undefined && file.run.status === "planning";
  }
  return false;
}

/** A mail of which nobody has heard for 15 minutes becomes a person's task. */
async function askAboutUncertain(
  file: AnyFile,
  now: number,
  { filing, settings, newId }: DeliverOutboxDependencies,
): Promise<void> {
  for (const mail of file.mails) {
    if (mail.state !== "claimed" || mail.claimedAt > now - uncertainAfterMs) continue;
    const { people } = await settings.at(now);
    await changeFiled(filing, file.owner, (fresh) =>
      mailIsUncertain(fresh, mail.ledgerKey, people, newId, now),
    );
  }
}
