import { defaultSender } from "../domain/settings/default-sender.ts";
import { errorPage, type PageError } from "../pages/error-page.ts";
import type { AssetUrls } from "../pages/kit/assets.ts";
import { chromeOf } from "./chrome.ts";
import { type FailedRequest, type HttpHandler, httpHandler } from "./http-handler.ts";
import type { Outcome, Reply } from "./reply.ts";
import type { HttpRequest } from "./request.ts";

const outcomeOf = {
  "not-found": "unknown",
  "too-many": "too-many",
  broken: "broken",
  "foreign-origin": "foreign-origin",
  closed: "conflict",
  "file-closed": "conflict",
  "no-kind": "malformed",
} as const satisfies Record<PageError, Outcome>;

const codeOf = {
  "not-found": "NOT_FOUND",
  "too-many": "TOO_MANY_REQUESTS",
  broken: "INTERNAL_ERROR",
  "foreign-origin": "FOREIGN_ORIGIN",
  closed: "CLOSED",
  "file-closed": "FILE_CLOSED",
  "no-kind": "NO_KIND",
} as const satisfies Record<PageError, string>;

/** An error that is the same wherever it happens, as a page or as JSON. Reads nothing, so that it can't fail too. */
export function errorReply(
  error: PageError,
  request: HttpRequest,
  assets: AssetUrls,
  retryAfterSeconds?: number,
): Reply {
  const later = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const outcome = outcomeOf[error];
  return request.acceptsJson
    ? { outcome, json: { code: codeOf[error] }, ...later }
    : { outcome, page: errorPage(error, chromeOf(request, assets, defaultSender)), ...later };
}

/** Puts a page's function behind the HTTP API; what breaks is answered with a page that says what to do. */
export function pageHandler<Dependencies extends { assets: AssetUrls; failedRequest: FailedRequest }>(
  answer: (request: HttpRequest, dependencies: Dependencies) => Promise<Reply>,
  dependencies: Dependencies,
): HttpHandler {
  return httpHandler(
    (request) => answer(request, dependencies),
    (request) => errorReply("broken", request, dependencies.assets),
    dependencies.failedRequest,
  );
}
