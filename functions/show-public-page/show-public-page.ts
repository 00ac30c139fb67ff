import { kindNamed } from "../../shared/domain/agreement/kind.ts";
import { copenhagenDate } from "../../shared/domain/calendar/copenhagen-date.ts";
import { rateOn } from "../../shared/domain/dues/dues-rate.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { ROUTES } from "../../shared/http/routes.ts";
import { accessibilityPage } from "../../shared/pages/accessibility-page.ts";
import { applicationFormPage } from "../../shared/pages/application-form-page.ts";
import { frontPage } from "../../shared/pages/front-page.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { type Chrome, localHref } from "../../shared/pages/kit/shell.ts";
import { privacyPage } from "../../shared/pages/privacy-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ShowPublicPageDependencies {
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
}

/** A page, or undefined where the address says too little: the front page then asks. */
type Render = (
  chrome: Chrome,
  request: HttpRequest,
  settings: Settings,
  now: number,
  newId: NewId,
) => string | undefined;

const front: Render = (chrome, _request, { rates }, now) =>
  frontPage({ memberDuesOere: rateOn(rates, "member", copenhagenDate(now)).amountOere }, chrome);

const pages: Readonly<Record<string, Render>> = {
  [ROUTES.front]: front,
  [ROUTES.frontHead]: front,
  // The kind and nothing else: an address that filled in the form would carry people's names, and anybody could write it.
  [ROUTES.form]: (chrome, { query }, _settings, _now, newId) => {
    const kind = kindNamed(query.get("kind"));
    return kind && applicationFormPage({ kind, values: {}, errors: [], nonce: newId() }, chrome);
  },
  [ROUTES.privacy]: (chrome) => privacyPage(chrome),
  [ROUTES.accessibility]: (chrome) => accessibilityPage(chrome),
};

/** The pages that are the same for everybody; any other path gets the one that says it is not there. */
export async function showPublicPage(
  request: HttpRequest,
  { settings, clock, newId, assets }: ShowPublicPageDependencies,
): Promise<Reply> {
  const render = pages[request.route];
  if (!render) return errorReply("not-found", request, assets);
  const current = await settings.at(clock.now());
  const chrome = chromeOf(request, assets, current.sender);
  const page = render(chrome, request, current, clock.now(), newId);
  return page === undefined
    ? { outcome: "see-other", location: localHref("/", chrome) }
    : { outcome: "shown", page };
}
