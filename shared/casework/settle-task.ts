import { aboutOf } from "../domain/about.ts";
import type { TaskLink } from "../domain/approval/link.ts";
import { settlingMoves } from "../domain/case-changes/task-is-settled.ts";
import type { MailToSend, Recipient } from "../domain/errands/errand.ts";
import { chair, recipientHash, secretaries } from "../domain/errands/mail-errands.ts";
import type { AnyFile, Change, FileOf } from "../domain/files.ts";
import type { NewId } from "../domain/filing/change.ts";
import type { ReasonRecord } from "../domain/filing/person.ts";
import type { TaskRecord, TaskResolution } from "../domain/filing/task.ts";
import { type ResolveRefusal, settlement, taskToSettle } from "../domain/filing/tasks.ts";
import { invoicesAreHandedOver } from "../domain/member-changes/invoices-are-handed-over.ts";
import { waitingLineIsCharged } from "../domain/member-changes/waiting-line-is-charged.ts";
import type { IssuedLine } from "../domain/membership/member-file.ts";
import type { OwnerKind, PersonId } from "../domain/owner.ts";
import type { People, Settings } from "../domain/settings/settings.ts";
import type { InvoiceNumbers } from "../ports/invoice-numbers.ts";
import type { Decided } from "./change-file.ts";

export type Settled = "resolved" | ResolveRefusal;

/** What a secretary chose on a task's page, and wrote about it. */
export interface Settling {
  resolution: TaskResolution;
  /** Empty where nothing was written. */
  reason: string;
}

export interface SettlingWorld {
  settings: Settings;
  invoiceNumbers: InvoiceNumbers;
  newId: NewId;
  now: number;
}

type Effect<Kind extends OwnerKind> = Pick<Change<Kind>, "after" | "records" | "errands">;

/** What settling a task does besides, for each kind of file. Nothing for most: the task is a reminder. */
type Moves<Kind extends OwnerKind> = (
  file: FileOf[Kind],
  task: TaskRecord,
  chosen: { resolution: TaskResolution; reason: ReasonRecord },
  world: SettlingWorld,
) => Effect<Kind> | Promise<Effect<Kind>>;

const moves: { [Kind in OwnerKind]: Moves<Kind> } = {
  case: (file, task, chosen, { settings, now }) => settlingMoves(file, task, chosen, settings, now),
  member: async (file, task, { resolution }, { settings, invoiceNumbers, newId, now }) => {
    if (task.reason === "NOT_INVOICE_READY" && resolution === "retry")
      return waitingLineIsCharged(file, task, settings, await invoiceNumbers.next(), newId, now);
    if (task.reason !== "INVOICE_TO_HAND_OVER") return {};
    const isIt = ({ state }: IssuedLine) => String(state.invoiceNumber) === task.cause;
    // That somebody settled the task is the trail's line; what it did stands in the invoice's own.
    const { records, errands } = invoicesAreHandedOver(file, isIt, "secretariat", now) ?? {};
    return { ...(records && { records }), ...(errands && { errands }) };
  },
  run: (_file, task) => (task.reason === "STEP_FAILED" ? { errands: [{ type: "start" }] } : {}),
  office: () => ({}),
};

/** A person settles a task of whosever file; anything the table does not list for its reason is refused. */
export async function taskIsSettled<Kind extends OwnerKind>(
  file: FileOf[Kind],
  link: TaskLink,
  { resolution, reason: text }: Settling,
  world: SettlingWorld,
): Promise<Decided<Kind, Settled>> {
  const { settings, newId, now } = world;
  const task = taskToSettle(file, link.taskId, resolution);
  if (typeof task === "string") return { outcome: task };
  const reason: ReasonRecord = { id: newId() as PersonId, role: "reason", text };
  const written = text === "" ? undefined : reason;
  const { audit, records } = settlement(task, resolution, link.recipient.address, written, newId, now);
  const move = moves[link.owner.kind as Kind] as Moves<Kind>;
  const moved = await move(file, task, { resolution, reason }, world);
  const again = resolution === "send-again" ? sendAgain(file, task, settings.people) : [];
  const change: Change<Kind> = {
    ...moved,
    audit,
    records: [...records, ...(moved.records ?? [])],
    errands: [...(moved.errands ?? []), ...(again as Change<Kind>["errands"] & object)],
  };
  return { change, outcome: "resolved" };
}

/**
 * A person has decided that an uncertain mail goes out once more: under a step of its own, so that the ledger lets it.
 * The ledger holds no address; it is found again among those the file writes to.
 */
function sendAgain(file: AnyFile, task: TaskRecord, people: People): MailToSend[] {
  const { contact } = aboutOf(file);
  const recipients: Recipient[] = [
    ...(contact ? [{ role: "contact", address: contact.email } as const] : []),
    ...secretaries(people),
    chair(people),
  ];
  const mail = file.mails.find(({ ledgerKey }) => ledgerKey === task.cause);
  const to = recipients.find(({ address }) => recipientHash(file.owner, address) === mail?.recipientHash);
  if (!mail || !to) return [];
  const { mail: name, subject } = mail;
  const step = `${mail.step}-again-${task.id.slice(0, 8)}`;
  // Name and subject belong together in the line, and so they do here.
  return [{ type: "mail", mail: name, step, to, subject } as MailToSend];
}
