import { aboutOf } from "../domain/about.ts";
import type { TaskLink } from "../domain/approval/link.ts";
import type { TaskStanding } from "../domain/approval/task-standing.ts";
import type { AnyFile } from "../domain/files.ts";
import { personIn, reasonText } from "../domain/filing/person.ts";
import { type TaskRecord, taskRules } from "../domain/filing/task.ts";
import type { Settings } from "../domain/settings/settings.ts";
import type { Chrome } from "../pages/kit/shell.ts";
import type { TaskFormView } from "../pages/parts/task-form.ts";
import { refusedLinkPage } from "../pages/refused-link-page.ts";
import { taskPage } from "../pages/task-page.ts";
import type { Reply } from "./reply.ts";

export interface TaskScreen {
  token: string;
  link: TaskLink;
  file: AnyFile;
  standing: TaskStanding;
  settings: Settings;
  chrome: Chrome;
}

interface TypedForm {
  problems?: TaskFormView["problems"];
  typed?: TaskFormView["typed"];
  outcome?: "shown" | "malformed" | "wrong-code" | "conflict";
}

/** What a secretary sees behind a task link, whatever it is still good for. Rendering changes nothing. */
export function taskReply(screen: TaskScreen, form: TypedForm = {}): Reply {
  const { standing, token } = screen;
  // What was posted has no page of its own to come back to in the other language: the task's has.
  const chrome = { ...screen.chrome, path: `/tasks/${token}${query(screen.chrome.path)}` };
  const renewPath = `/tasks/${token}/renew`;
  switch (standing.kind) {
    case "open":
    case "resolved":
      return {
        outcome: form.outcome ?? "shown",
        page: taskPage(viewOf(screen, standing.task, form), chrome),
      };
    case "locked":
      return { outcome: "locked", page: refusedLinkPage({ why: "locked", renewPath }, chrome) };
    case "expired":
      return { outcome: "gone", page: refusedLinkPage({ why: "expired", renewPath }, chrome) };
    case "retired":
      return { outcome: "gone", page: refusedLinkPage({ why: "retired" }, chrome) };
  }
}

function query(path: string): string {
  const at = path.indexOf("?");
  return at < 0 ? "" : path.slice(at);
}

/** What happened, and what is legal now. */
function viewOf({ token, link, file }: TaskScreen, task: TaskRecord, form: TypedForm) {
  const { reference, name, kind, contact } = aboutOf(file);
  const { resolved } = task;
  const resolver = resolved?.byId && personIn(file, "approver", resolved.byId);
  return {
    taskPath: `/tasks/${token}`,
    reader: link.recipient.address,
    reason: task.reason,
    detail: task.detail,
    openedAt: task.since,
    expiresAt: link.expiresAt,
    reference,
    kind,
    name,
    contact,
    resolutions: resolved ? [] : taskRules[task.reason].resolutions,
    resolved: resolved && {
      resolution: resolved.resolution,
      at: resolved.at,
      isReader: resolver !== undefined && resolver.email === link.recipient.address,
      reason: resolved.reasonId && reasonText(file, resolved.reasonId),
    },
    problems: form.problems ?? [],
    typed: form.typed,
  };
}
