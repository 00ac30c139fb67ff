import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import { settleTask } from "../../shared/casework/settle-task.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { taskResolutions } from "../../shared/domain/filing/task.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import { refusedTaskReply, taskBehind, taskReply } from "../../shared/http/task-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { InvoiceNumbers } from "../../shared/ports/invoice-numbers.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ResolveTaskDependencies extends LinkOpening {
  settings: SettingsSource;
  invoiceNumbers: InvoiceNumbers;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
  baseUrl: string;
}

/** `POST /tasks/{token}` with `resolution`: a secretary settles a task; only what is legal on it is done. */
export async function resolveTask(
  request: HttpRequest,
  dependencies: ResolveTaskDependencies,
): Promise<Reply> {
  const { filing, settings, invoiceNumbers, clock, newId, assets, baseUrl } = dependencies;
  const token = request.parameters["token"] ?? "";
  const [opened, current] = await Promise.all([
    openLink("task", token, dependencies),
    settings.at(clock.now()),
  ]);
  const chrome = { ...chromeOf(request, assets, current.sender), path: `/tasks/${token}` };
  const task = opened && taskBehind(opened.link, opened.file, current.people, clock.now());
  if (!opened || !task) return refusedTaskReply("unknown", chrome);
  if (isForeignOrigin(request, baseUrl)) return refusedTaskReply("foreign-origin", chrome);
  if (task === "expired") return refusedTaskReply("task-expired", chrome);

  const typed = new URLSearchParams(request.body).get("resolution");
  const resolution = taskResolutions.find((candidate) => candidate === typed);
  if (!resolution) return taskReply({ token, ...opened, task, chrome, choiceMissing: true }, "malformed");
  const outcome = await settleTask(filing, opened.link, resolution, {
    settings: current,
    invoiceNumbers,
    newId,
    now: clock.now(),
  });
  if (outcome === "not-legal") return taskReply({ token, ...opened, task, chrome }, "conflict");
  return { outcome: "see-other", location: `/tasks/${token}` };
}
