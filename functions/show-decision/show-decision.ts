import { findRivals } from "../../shared/casework/find-rivals.ts";
import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import { type RunReading, readRun } from "../../shared/casework/open-run.ts";
import { decidable } from "../../shared/domain/agreement/case-questions.ts";
import { linkStanding } from "../../shared/domain/approval/decision.ts";
import { isCaseFile, isRunFile } from "../../shared/domain/files.ts";
import { defaultSender } from "../../shared/domain/settings/default-sender.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { decisionReply } from "../../shared/http/decision-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { runReply } from "../../shared/http/run-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ShowDecisionDependencies extends LinkOpening, RunReading {
  cases: Pick<Cases, "openFor" | "read">;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
}

/**
 * `GET` and `HEAD /decisions/{token}`: renders and changes nothing, however often a mail scanner looks.
 * Deciding is a POST in which a person typed the case code.
 */
export async function showDecision(
  request: HttpRequest,
  dependencies: ShowDecisionDependencies,
): Promise<Reply> {
  const { settings, clock, assets } = dependencies;
  const token = request.parameters["token"] ?? "";
  const opened = await openLink("decision", token, dependencies);
  // Before anything is read: a link that leads nowhere costs no more than its page.
  if (!opened)
    return {
      outcome: "unknown",
      page: refusedLinkPage({ why: "unknown" }, chromeOf(request, assets, defaultSender)),
    };
  const current = await settings.at(clock.now());
  const chrome = chromeOf(request, assets, current.sender);
  const now = clock.now();
  const { link, file } = opened;
  if (isRunFile(file))
    return runReply({
      ...{ token, link, file, settings: current, chrome, now },
      ...(await readRun(file, dependencies)),
    });
  if (!isCaseFile(file)) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  const standing = linkStanding(link, decidable(file), current.people, now);
  const rivals = standing.kind === "open" ? await findRivals(file, dependencies.cases) : [];
  return decisionReply({ token, link, file, standing, settings: current, chrome, now, rivals });
}
