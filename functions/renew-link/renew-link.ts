import { changeFiled, changeFileIfDue } from "../../shared/casework/change-file.ts";
import { type LinkOpening, openLink, openLinkOf } from "../../shared/casework/open-link.ts";
import { decidable } from "../../shared/domain/agreement/case-questions.ts";
import { linkStanding } from "../../shared/domain/approval/decision.ts";
import { decisionLinkIsRenewed, taskLinkIsRenewed } from "../../shared/domain/approval/link-is-renewed.ts";
import { taskStanding } from "../../shared/domain/approval/task-standing.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { decisionReply } from "../../shared/http/decision-reply.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import { ROUTES } from "../../shared/http/routes.ts";
import { taskReply } from "../../shared/http/task-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { Chrome } from "../../shared/pages/kit/shell.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface RenewLinkDependencies extends LinkOpening {
  limits: Limits;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
  baseUrl: string;
}

interface Asked {
  token: string;
  isForeign: boolean;
  chrome: Chrome;
  settings: Settings;
  now: number;
}

/**
 * `POST /decisions/{token}/renew`, `POST /tasks/{token}/renew`: on an expired or locked link of what is open still,
 * mails a new one. It goes to the registered recipient only, so whoever found the old link gains nothing.
 */
export async function renewLink(request: HttpRequest, dependencies: RenewLinkDependencies): Promise<Reply> {
  const { limits, clock, assets, baseUrl } = dependencies;
  const now = clock.now();
  const posts = await limits.hit("decisions-per-address", request.address, now);
  if (!posts.allowed) return errorReply("too-many", request, assets, posts.retryAfterSeconds);
  const token = request.parameters["token"] ?? "";
  const settings = await dependencies.settings.at(now);
  const isTask = request.route === ROUTES.renewTask;
  const chrome = {
    ...chromeOf(request, assets, settings.sender),
    path: `/${isTask ? "tasks" : "decisions"}/${token}`,
  };
  const asked = { token, isForeign: isForeignOrigin(request, baseUrl), chrome, settings, now };
  return isTask ? renewTask(asked, dependencies) : renewDecision(asked, dependencies);
}

async function renewDecision(asked: Asked, dependencies: RenewLinkDependencies): Promise<Reply> {
  const { token, isForeign, chrome, settings, now } = asked;
  const opened = await openLinkOf("case", "decision", token, dependencies);
  if (!opened) return refused("unknown", chrome);
  if (isForeign) return refused("foreign-origin", chrome);
  const standing = linkStanding(opened.link, decidable(opened.file), settings.people, now);
  const renewable = standing.kind === "locked" || (standing.kind === "expired" && standing.renewable);
  if (!renewable) return decisionReply({ token, ...opened, standing, settings, chrome, now });
  await changeFileIfDue(dependencies.filing.case, opened.file.owner.id, (file) =>
    decisionLinkIsRenewed(file, opened.link, now),
  );
  return renewed(chrome);
}

async function renewTask(asked: Asked, dependencies: RenewLinkDependencies): Promise<Reply> {
  const { token, isForeign, chrome, settings, now } = asked;
  const opened = await openLink("task", token, dependencies);
  const standing = opened && taskStanding(opened.link, opened.file, settings.people, now);
  if (!opened || !standing) return refused("unknown", chrome);
  if (isForeign) return refused("foreign-origin", chrome);
  if (standing.kind !== "locked" && standing.kind !== "expired")
    return taskReply({ token, ...opened, standing, settings, chrome });
  await changeFiled(dependencies.filing, opened.link.owner, (file) =>
    taskLinkIsRenewed(file, opened.link, now),
  );
  return renewed(chrome);
}

function refused(why: "unknown" | "foreign-origin", chrome: Chrome): Reply {
  return { outcome: why, page: refusedLinkPage({ why }, chrome) };
}

function renewed(chrome: Chrome): Reply {
  return { outcome: "shown", page: refusedLinkPage({ why: "renewed" }, chrome) };
}
