import {
  currentUpload,
  type HoldReason,
  isClosed,
  isUndecided,
  type PersonId,
  type TaskId,
} from "../agreement/agreement-case.ts";
import type { Change, NewId, RecordChange } from "../agreement/case-change.ts";
import type { CaseFile, PersonRecord, TaskRecord } from "../agreement/case-file.ts";
import { type CaseDeadlines, hold, release, requestNewFile } from "../agreement/transitions.ts";
import type { Errand, MailToSend, Recipient } from "../errands/errand.ts";
import { chair, contactOf, mailTo, recipientHash, secretaries } from "../errands/mail-errands.ts";
import { type TaskReason, type TaskResolution, taskRules } from "../filing/task.ts";
import type { People } from "../settings/settings.ts";
import { wakeExecutions } from "./wake.ts";

/** The records and mails of a new task: opened once per cause, and mailed to both secretaries. */
export function newTask(
  file: Pick<CaseFile, "tasks">,
  opening: { reason: TaskReason; cause: string; detail?: string | undefined },
  people: People,
  newId: NewId,
  now: number,
): { task: TaskRecord; records: RecordChange[]; errands: Errand[] } | undefined {
  if (
    file.tasks.some(
      (task) => task.reason === opening.reason && task.cause === opening.cause && !task.resolved,
    )
  )
    return undefined;
  const task: TaskRecord = { id: newId() as TaskId, since: now, ...opening };
  return {
    task,
    records: [{ type: "task", task }],
    errands: secretaries(people).map((secretary) =>
      mailTo(secretary, "task-opened", task.id, { taskId: task.id }),
    ),
  };
}

/** A task beside the case's own course: it goes on meanwhile. */
export function openTask(
  file: CaseFile,
  opening: { reason: Exclude<TaskReason, HoldReason>; cause: string; detail?: string | undefined },
  people: People,
  newId: NewId,
  now: number,
): Change | undefined {
  const opened = newTask(file, opening, people, newId, now);
  if (!opened) return undefined;
  const { task, records, errands } = opened;
  return {
    after: file.case,
    audit: [
      { code: "TASK_OPENED", at: now, actor: "system", details: { taskId: task.id, reason: task.reason } },
    ],
    records,
    errands,
  };
}

/** The system can't go on with this version by itself: the case stands still until a person has resolved the task. */
export function holdCase(
  file: CaseFile,
  versionId: string,
  why: { reason: HoldReason; detail?: string | undefined },
  people: People,
  newId: NewId,
  now: number,
): Change | undefined {
  const agreement = file.case;
  if (isClosed(agreement) || agreement.hold || currentUpload(agreement)?.versionId !== versionId)
    return undefined;
  const opened = newTask(file, { ...why, cause: versionId }, people, newId, now);
  if (!opened) return undefined;
  const { task, records, errands } = opened;
  return {
    after: hold(agreement, { taskId: task.id, since: now, reason: why.reason }),
    audit: [{ code: "HELD", at: now, actor: "system", details: { taskId: task.id, reason: why.reason } }],
    records,
    errands,
  };
}

export type ResolveRefusal = "already-resolved" | "not-legal";

/** A person settles a task; anything the table does not list for its reason is refused. */
export function resolveTask(
  file: CaseFile,
  taskId: TaskId,
  resolution: TaskResolution,
  by: Recipient,
  settings: { people: People; deadlines: CaseDeadlines },
  newId: NewId,
  now: number,
): Change | ResolveRefusal {
  const task = file.tasks.find((candidate) => candidate.id === taskId);
  if (!task) return "not-legal";
  if (task.resolved) return "already-resolved";
  const legal: readonly TaskResolution[] = taskRules[task.reason].resolutions;
  if (!legal.includes(resolution)) return "not-legal";

  const approver: PersonRecord = { id: newId() as PersonId, role: "approver", email: by.address };
  const effect = effectOf(file, task, resolution, settings, newId, now);
  return {
    after: effect.after,
    audit: [{ code: "TASK_RESOLVED", at: now, actor: approver.id, details: { taskId, resolution } }],
    records: [
      { type: "task", task: { ...task, resolved: { resolution, at: now, byId: approver.id } } },
      { type: "person", person: approver },
      ...effect.records,
    ],
    errands: effect.errands,
  };
}

interface Effect {
  after: CaseFile["case"];
  records: RecordChange[];
  errands: Errand[];
}

function effectOf(
  file: CaseFile,
  task: TaskRecord,
  resolution: TaskResolution,
  settings: { people: People; deadlines: CaseDeadlines },
  newId: NewId,
  now: number,
): Effect {
  const agreement = file.case;
  const holds = !isClosed(agreement) && agreement.hold?.taskId === task.id;
  const freed = holds ? release(agreement) : agreement;
  const wake: Errand[] = holds ? wakeExecutions(file) : [];
  const nothingMore: Effect = { after: freed, records: [], errands: wake };

  const effects: Record<TaskResolution, () => Effect> = {
    retry: () => nothingMore,
    "mark-done": () => nothingMore,
    "ask-for-new-file": () => {
      if (!isUndecided(agreement)) return nothingMore;
      const reason: PersonRecord = { id: newId() as PersonId, role: "reason", text: "" };
      return {
        after: requestNewFile(agreement, reason.id, now, settings.deadlines),
        records: [{ type: "person", person: reason }],
        errands: [...wake, mailTo(contactOf(file), "sent-back", task.id, { reasonId: reason.id })],
      };
    },
    "send-again": () => ({ ...nothingMore, errands: [...wake, ...sendAgain(file, task, settings.people)] }),
  };
  return effects[resolution]();
}

/**
 * A person has decided that an uncertain mail goes out once more: under a step of its own, so that the ledger lets it.
 * The ledger holds no address; it is found again among those the case writes to.
 */
function sendAgain(file: CaseFile, task: TaskRecord, people: People): MailToSend[] {
  const recipients = [contactOf(file), ...secretaries(people), chair(people)];
  return file.mails
    .filter((mail) => mail.ledgerKey === task.cause)
    .flatMap((mail) => {
      const to = recipients.find(
        ({ address }) => recipientHash(file.case.id, address) === mail.recipientHash,
      );
      return to ? [mailTo(to, mail.mail, `${mail.step}-again-${task.id.slice(0, 8)}`, mail.subject)] : [];
    });
}
