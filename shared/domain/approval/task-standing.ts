import type { Filed } from "../filing/filed.ts";
import type { TaskRecord } from "../filing/task.ts";
import type { People } from "../settings/settings.ts";
import { isLocked } from "./case-code.ts";
import { holdsOffice } from "./decision.ts";
import type { TaskLink } from "./link.ts";

/** What a task link is good for at a moment. */
export type TaskStanding =
  | { kind: "open"; task: TaskRecord }
  | { kind: "resolved"; task: TaskRecord }
  | { kind: "retired" | "locked" | "expired" };

/**
 * Judges a task link against its file: only for whoever is a secretary still. What was done about the task stays
 * readable after the link's time. Nothing for a task that the file doesn't hold.
 */
export function taskStanding(
  link: TaskLink,
  file: Pick<Filed, "tasks" | "audit">,
  people: People,
  now: number,
): TaskStanding | undefined {
  const task = file.tasks.find((candidate) => candidate.id === link.taskId);
  if (!task) return undefined;
  if (!holdsOffice(link.recipient, people)) return { kind: "retired" };
  if (task.resolved) return { kind: "resolved", task };
  if (isLocked(link, file)) return { kind: "locked" };
  return now >= link.expiresAt ? { kind: "expired" } : { kind: "open", task };
}
