import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import { taskStanding } from "../../shared/domain/approval/task-standing.ts";
import { defaultSender } from "../../shared/domain/settings/default-sender.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { taskReply } from "../../shared/http/task-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
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
  if (!opened)
    return {
      outcome: "unknown",
      page: refusedLinkPage({ why: "unknown" }, chromeOf(request, assets, defaultSender)),
    };
  const current = await settings.at(clock.now());
  const chrome = chromeOf(request, assets, current.sender);
  const standing = taskStanding(opened.link, opened.file, current.people, clock.now());
  if (!standing) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  return taskReply({ token, ...opened, standing, settings: current, chrome });
}
