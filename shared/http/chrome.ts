import type { Sender } from "../domain/settings/settings.ts";
import type { AssetUrls } from "../pages/kit/assets.ts";
import type { Chrome } from "../pages/kit/shell.ts";
import type { HttpRequest } from "./request.ts";

/** What every page needs, from the request and what the function knows at its start. */
export function chromeOf(request: HttpRequest, assets: AssetUrls, sender: Sender): Chrome {
  return { language: request.language, path: request.path, assets, sender };
}
