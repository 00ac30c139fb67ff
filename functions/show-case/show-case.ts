import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { type CaseStatus, nextActor, publicStatus } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { rejections } from "../../shared/domain/agreement/case-questions.ts";
import type { Language } from "../../shared/domain/agreement/kind.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { reasonOf, statusView } from "../../shared/pages/parts/status-view.ts";
import { statusPage } from "../../shared/pages/status-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";
import { findingText } from "../../shared/words/finding-texts/finding-texts.ts";

export interface ShowCaseDependencies extends LinkOpening {
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
}

/** `GET /agreements/{key}`: how the case stands, as a page or, where JSON is asked for, as JSON. */
export async function showCase(request: HttpRequest, dependencies: ShowCaseDependencies): Promise<Reply> {
  const { settings, clock, assets } = dependencies;
  const key = request.parameters["key"];
  const opened = await openLinkOf("case", "status", key, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  if (request.acceptsJson) return { outcome: "shown", json: statusJson(opened.file, request.language) };
  const current = await settings.at(clock.now());
  const view = statusView(opened.file, `/agreements/${key}`, current, {
    sentAgain: request.query.get("sent") === "confirmation",
  });
  return { outcome: "shown", page: statusPage(view, chromeOf(request, assets, current.sender)) };
}

function statusJson(file: CaseFile, language: Language) {
  const agreement = file.case;
  const why = reasons(file, language);
  return {
    status: publicStatus(agreement),
    caseNumber: agreement.caseNumber,
    nextActor: nextActor(agreement),
    since: new Date(agreement.hold?.since ?? agreement.since).toISOString(),
    ...(why.length > 0 && { reasons: why }),
  };
}

const writtenAs: Partial<Record<CaseStatus, string>> = { declined: "DECLINED", closed: "CLOSED" };

/** Why a file was rejected, or what somebody wrote when they sent it back or declined. */
function reasons(file: CaseFile, language: Language): { code: string; message: string }[] {
  const written = reasonOf(file);
  if (written) return [{ code: writtenAs[file.case.status] ?? "SENT_BACK", message: written.text }];
  return rejections(file).map(({ code }) => {
    const { headline, meaning, advice } = findingText(code, language);
    return { code, message: [`${headline}.`, meaning, advice].filter(Boolean).join(" ") };
  });
}
