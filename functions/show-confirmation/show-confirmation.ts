import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { isConfirmed, isUnconfirmed } from "../../shared/domain/agreement/agreement-case.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { confirmationPage } from "../../shared/pages/confirmation-page.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ShowConfirmationDependencies extends LinkOpening {
  settings: SettingsSource;
  assets: AssetUrls;
}

/** `GET` and `HEAD /confirmations/{token}`: asks whether the application is theirs; changes nothing, counts nothing. */
export async function showConfirmation(
  request: HttpRequest,
  dependencies: ShowConfirmationDependencies,
): Promise<Reply> {
  const { settings, clock, assets } = dependencies;
  const token = request.parameters["token"];
  const opened = await openLinkOf("case", "confirmation", token, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  const { sender } = await settings.at(clock.now());
  const agreement = opened.file.case;
  const standing = isUnconfirmed(agreement) ? "asked" : isConfirmed(agreement) ? "confirmed" : "closed";
  const view = { confirmationPath: `/confirmations/${token}`, standing } as const;
  return { outcome: "shown", page: confirmationPage(view, chromeOf(request, assets, sender)) };
}
