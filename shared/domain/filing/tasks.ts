import type { SharedErrand } from "../errands/errand.ts";
import { anyonesMail, secretaries } from "../errands/mail-errands.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { PersonId, TaskId } from "../owner.ts";
import type { People } from "../settings/settings.ts";
import type { NewId, SharedChange, SharedRecord } from "./change.ts";
import type { Filed } from "./filed.ts";
import type { ReasonRecord } from "./person.ts";
import { type TaskReason, type TaskRecord, type TaskResolution, type TaskRules, taskRules } from "./task.ts";

export interface TaskOpening {
  reason: TaskReason;
  cause: string;
  detail?: string | undefined;
}

/** The records and mails of a new task: opened once per cause, and mailed to both secretaries. */
export function newTask(
  file: Pick<Filed, "tasks">,
  opening: TaskOpening,
  people: People,
  newId: NewId,
  now: number,
): { task: TaskRecord; records: SharedRecord[]; errands: SharedErrand[] } | undefined {
  const standing = file.tasks.some(
    (task) => task.reason === opening.reason && task.cause === opening.cause && !task.resolved,
  );
  if (standing) return undefined;
  const task: TaskRecord = { id: newId() as TaskId, since: now, ...opening };
  return {
    task,
    records: [{ type: "task", task }],
    errands: secretaries(people).map((secretary) =>
      anyonesMail(secretary, "task-opened", task.id, { taskId: task.id }),
    ),
  };
}

/** A task beside the file's own course, which goes on meanwhile. Nothing to change where it stands already. */
export function taskOpens(
  file: Pick<Filed, "tasks">,
  opening: TaskOpening,
  people: People,
  newId: NewId,
  now: number,
): SharedChange | undefined {
  const opened = newTask(file, opening, people, newId, now);
  if (!opened) return undefined;
  const { task, records, errands } = opened;
  const details = { taskId: task.id, reason: task.reason };
  return { audit: [{ code: "TASK_OPENED", at: now, actor: "system", details }], records, errands };
}

/** The trail and the records of a task that a person has settled. */
export function settlement(
  task: TaskRecord,
  resolution: TaskResolution,
  by: EmailAddress,
  reason: ReasonRecord | undefined,
  newId: NewId,
  now: number,
): { audit: SharedChange["audit"]; records: SharedRecord[] } {
  const byId = newId() as PersonId;
  return {
    audit: [{ code: "TASK_RESOLVED", at: now, actor: byId, details: { taskId: task.id, resolution } }],
    records: [
      { type: "task", task: { ...task, resolved: { resolution, at: now, byId, reasonId: reason?.id } } },
      { type: "person", person: { id: byId, role: "approver", email: by } },
      ...(reason ? [{ type: "person", person: reason } as const] : []),
    ],
  };
}

export type ResolveRefusal = "already-resolved" | "not-legal";

/** The task a resolution is for, or why it is refused: anything the table does not list for its reason is. */
export function taskToSettle(
  file: Pick<Filed, "owner" | "tasks">,
  taskId: TaskId,
  resolution: TaskResolution,
): TaskRecord | ResolveRefusal {
  const task = file.tasks.find((candidate) => candidate.id === taskId);
  if (!task) return "not-legal";
  if (task.resolved) return "already-resolved";
  const { of, resolutions }: TaskRules = taskRules[task.reason];
  return of.includes(file.owner.kind) && resolutions.includes(resolution) ? task : "not-legal";
}
