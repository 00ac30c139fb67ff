import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { decidable } from "../../shared/domain/agreement/case-questions.ts";
import { linkStanding } from "../../shared/domain/approval/decision.ts";
import { linkIsRenewed } from "../../shared/domain/case-changes/link-is-renewed.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { decisionReply } from "../../shared/http/decision-reply.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface RenewDecisionLinkDependencies extends LinkOpening {
  limits: Limits;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
  baseUrl: string;
}

/**
 * `POST /decisions/{token}/renew`: on an expired or locked link of a round that is open still, mails a new one.
 * It goes to the registered approver only, so whoever found the old link gains nothing.
 */
export async function renewDecisionLink(
  request: HttpRequest,
  dependencies: RenewDecisionLinkDependencies,
): Promise<Reply> {
  const { filing, limits, settings, clock, assets, baseUrl } = dependencies;
  const now = clock.now();
  const posts = await limits.hit("decisions-per-address", request.address, now);
  if (!posts.allowed) return errorReply("too-many", request, assets, posts.retryAfterSeconds);
  const token = request.parameters["token"] ?? "";
  const [opened, current] = await Promise.all([
    openLinkOf("case", "decision", token, dependencies),
    settings.at(now),
  ]);
  const chrome = { ...chromeOf(request, assets, current.sender), path: `/decisions/${token}` };
  if (!opened) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  if (isForeignOrigin(request, baseUrl))
    return { outcome: "foreign-origin", page: refusedLinkPage({ why: "foreign-origin" }, chrome) };
  const standing = linkStanding(opened.link, decidable(opened.file), current.people, now);
  const renewable = standing.kind === "locked" || (standing.kind === "expired" && standing.renewable);
  if (!renewable) return decisionReply({ token, ...opened, standing, settings: current, chrome, now });
  await changeFileIfDue(filing.case, opened.file.owner.id, (file) => linkIsRenewed(file, opened.link, now));
  return { outcome: "shown", page: refusedLinkPage({ why: "renewed" }, chrome) };
}
