import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { mayApplyAgain } from "../../shared/domain/agreement/agreement-case.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import { applicationFormPage } from "../../shared/pages/application-form-page.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { applicationValues } from "../../shared/pages/parts/application-values.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface PrefillApplicationDependencies extends LinkOpening {
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
  baseUrl: string;
}

/**
 * `POST /agreements/{key}/again`: the form, filled in from a case that ended without admission. Only the case is named,
 * by whoever holds its link; nothing is opened before somebody has read the form and sent it.
 */
export async function prefillApplication(
  request: HttpRequest,
  dependencies: PrefillApplicationDependencies,
): Promise<Reply> {
  const { settings, clock, newId, assets, baseUrl } = dependencies;
  const opened = await openLinkOf("case", "status", request.parameters["key"], dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  if (isForeignOrigin(request, baseUrl)) return errorReply("foreign-origin", request, assets);
  const { case: agreement } = opened.file;
  if (!mayApplyAgain(agreement)) return errorReply("closed", request, assets);
  const { sender } = await settings.at(clock.now());
  // What was posted has no page to come back to in the other language; the case's own page has the button again.
  const chrome = {
    ...chromeOf(request, assets, sender),
    path: `/agreements/${request.parameters["key"]}?lang=${request.language}`,
  };
  const view = { kind: agreement.kind, values: applicationValues(opened.file), errors: [], nonce: newId() };
  return { outcome: "shown", page: applicationFormPage(view, chrome) };
}
