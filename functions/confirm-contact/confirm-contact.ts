import { changeFile } from "../../shared/casework/change-file.ts";
import { confirmContact } from "../../shared/casework/confirm-contact.ts";
import { mailStatusLinkAgain } from "../../shared/casework/mail-status-link-again.ts";
import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { isConfirmed } from "../../shared/domain/agreement/agreement-case.ts";
import { confirmationIsAskedAgain } from "../../shared/domain/case-changes/contact-confirms.ts";
import { ownerOf } from "../../shared/domain/owner.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import { ROUTES } from "../../shared/http/routes.ts";
import { type ConfirmationStanding, confirmationPage } from "../../shared/pages/confirmation-page.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { Links } from "../../shared/ports/links.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ConfirmContactDependencies extends LinkOpening {
  cases: Cases;
  tokens: LinkTokens;
  links: Links;
  settings: SettingsSource;
  assets: AssetUrls;
  baseUrl: string;
}

/**
 * `POST /confirmations/{token}`: the contact says that the application is theirs, and is led to the case.
 * `POST /agreements/{key}/confirmation`: the applicant asks for the mail again.
 */
export function confirmation(request: HttpRequest, dependencies: ConfirmContactDependencies): Promise<Reply> {
  return request.route === ROUTES.askConfirmationAgain
    ? askAgain(request, dependencies)
    : confirm(request, dependencies);
}

async function confirm(request: HttpRequest, dependencies: ConfirmContactDependencies): Promise<Reply> {
  const { cases, settings, clock, assets, baseUrl } = dependencies;
  const token = request.parameters["token"];
  const opened = await openLinkOf("case", "confirmation", token, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  if (isForeignOrigin(request, baseUrl)) return errorReply("foreign-origin", request, assets);
  const now = clock.now();
  const outcome = await confirmContact(cases, opened.file.case.id, now);
  if (outcome.kind === "no-such-file") return errorReply("not-found", request, assets);
  // Every link of the case stays good: once it is confirmed, this one leads to it as well.
  if (outcome.kind === "confirmed" || (outcome.kind === "not-awaited" && isConfirmed(outcome.file.case)))
    return toTheCase(outcome.file.owner.id, request, dependencies);
  if (outcome.kind === "open-case-exists") await mailStatusLinkAgain(cases, outcome.caseId, now);
  const standing: ConfirmationStanding = outcome.kind === "not-awaited" ? "closed" : outcome.kind;
  const { sender } = await settings.at(now);
  const view = { confirmationPath: `/confirmations/${token}`, standing };
  return { outcome: "conflict", page: confirmationPage(view, chromeOf(request, assets, sender)) };
}

/** By a link of its own, made now: the one that was given with the form is the applicant's, who may be another. */
async function toTheCase(
  caseId: Parameters<Cases["read"]>[0],
  request: HttpRequest,
  { tokens, links, clock }: ConfirmContactDependencies,
): Promise<Reply> {
  const { token, linkHash } = await tokens.mint("status");
  await links.put({ purpose: "status", linkHash, owner: ownerOf("case", caseId), issuedAt: clock.now() });
  const language = request.language === "en" ? "?lang=en" : "";
  return { outcome: "see-other", location: `/agreements/${token}${language}` };
}

async function askAgain(request: HttpRequest, dependencies: ConfirmContactDependencies): Promise<Reply> {
  const { cases, clock, assets, baseUrl } = dependencies;
  const key = request.parameters["key"];
  const opened = await openLinkOf("case", "status", key, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  if (isForeignOrigin(request, baseUrl)) return errorReply("foreign-origin", request, assets);
  const outcome = await changeFile(cases, opened.file.case.id, (file) =>
    confirmationIsAskedAgain(file, clock.now()),
  );
  if (outcome === "limit") return errorReply("too-many", request, assets, 24 * 60 * 60);
  const query = new URLSearchParams({
    ...(request.language === "en" && { lang: "en" }),
    ...(outcome === "asked" && { sent: "confirmation" }),
  }).toString();
  return { outcome: "see-other", location: `/agreements/${key}${query && `?${query}`}` };
}
