import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import { defaultSender } from "../../shared/domain/settings/default-sender.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { refusedTaskReply, taskBehind, taskReply } from "../../shared/http/task-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ShowTaskDependencies extends LinkOpening {
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
}

/** `GET` and `HEAD /tasks/{token}`: what happened and what can be done about it; changes nothing. */
export async function showTask(request: HttpRequest, dependencies: ShowTaskDependencies): Promise<Reply> {
  const { settings, clock, assets } = dependencies;
  const token = request.parameters["token"] ?? "";
  const opened = await openLink("task", token, dependencies);
  // Before anything is read: a link that leads nowhere costs no more than its page.
  if (!opened) return refusedTaskReply("unknown", chromeOf(request, assets, defaultSender));
  const current = await settings.at(clock.now());
  const chrome = chromeOf(request, assets, current.sender);
  const task = taskBehind(opened.link, opened.file, current.people, clock.now());
  if (!task) return refusedTaskReply("unknown", chrome);
  if (task === "expired") return refusedTaskReply("task-expired", chrome);
  return taskReply({ token, ...opened, task, chrome });
}
