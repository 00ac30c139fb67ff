import { aboutOf } from "../domain/about.ts";
import type { TaskLink } from "../domain/approval/link.ts";
import type { AnyFile } from "../domain/files.ts";
import { personIn } from "../domain/filing/person.ts";
import { type TaskRecord, taskRules } from "../domain/filing/task.ts";
import type { People } from "../domain/settings/settings.ts";
import type { Chrome } from "../pages/kit/shell.ts";
import { refusedLinkPage } from "../pages/refused-link-page.ts";
import { taskPage } from "../pages/task-page.ts";
import type { Reply } from "./reply.ts";

/** What a task link is good for: its task, while the link lives and its recipient is a secretary still. */
export function taskBehind(
  link: TaskLink,
  file: AnyFile,
  people: People,
  now: number,
): TaskRecord | "expired" | undefined {
  const task = file.tasks.find((candidate) => candidate.id === link.taskId);
  if (!task || !people.secretaries.includes(link.recipient.address)) return undefined;
  return now >= link.expiresAt && !task.resolved ? "expired" : task;
}

/** What happened, and what is legal now. */
export function taskReply(
  screen: {
    token: string;
    link: TaskLink;
    file: AnyFile;
    task: TaskRecord;
    chrome: Chrome;
    choiceMissing?: boolean;
  },
  outcome: "shown" | "malformed" | "conflict" = "shown",
): Reply {
  const { token, link, file, task, chrome } = screen;
  const { reference, name, kind, contact } = aboutOf(file);
  const resolver = task.resolved?.byId && personIn(file, "approver", task.resolved.byId);
  const page = taskPage(
    {
      taskPath: `/tasks/${token}`,
      reason: task.reason,
      detail: task.detail,
      openedAt: task.since,
      expiresAt: link.expiresAt,
      reference,
      kind,
      name,
      contact,
      resolutions: task.resolved ? [] : taskRules[task.reason].resolutions,
      resolved: task.resolved && {
        resolution: task.resolved.resolution,
        at: task.resolved.at,
        isReader: resolver !== undefined && resolver.email === link.recipient.address,
      },
      choiceMissing: screen.choiceMissing,
    },
    chrome,
  );
  return { outcome, page };
}

/** A task link that leads nowhere. */
export function refusedTaskReply(why: "unknown" | "task-expired" | "foreign-origin", chrome: Chrome): Reply {
  const outcomes = {
    unknown: "unknown",
    "task-expired": "gone",
    "foreign-origin": "foreign-origin",
  } as const;
  return { outcome: outcomes[why], page: refusedLinkPage({ why }, chrome) };
}
