import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { isUnconfirmed, statusRules } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { contactOf } from "../../shared/domain/agreement/case-questions.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin, originOf } from "../../shared/http/request.ts";
import { ROUTES } from "../../shared/http/routes.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { type UploadView, uploadPage } from "../../shared/pages/upload-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface OfferUploadDependencies extends LinkOpening {
  documents: Pick<DocumentStore, "presignUpload">;
  limits: Limits;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
  baseUrl: string;
}

/**
 * `GET /agreements/{key}/upload`: the page whose form posts straight to S3; a policy is minted on each load.
 * `POST /agreements/{key}/uploads`: a policy as JSON, for the script and for programs.
 */
export async function offerUpload(
  request: HttpRequest,
  dependencies: OfferUploadDependencies,
): Promise<Reply> {
  const { documents, limits, settings, clock, assets, baseUrl } = dependencies;
  const key = request.parameters["key"];
  const statusPath = `/agreements/${key}`;
  const opened = await openLinkOf("case", "status", key, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  const { case: agreement } = opened.file;
  const asJson = request.route === ROUTES.uploadPolicy;
  if (asJson && isForeignOrigin(request, baseUrl))
    return { outcome: "foreign-origin", json: { code: "FOREIGN_ORIGIN" } };
  if (!statusRules[agreement.status].takesUploads) {
    return asJson
      ? { outcome: "conflict", json: { code: "CLOSED" } }
      : { outcome: "see-other", location: statusPath };
  }
  if (asJson) {
    // Only a policy that is asked for counts: a page that is looked at must always open.
    const verdict = await limits.hit("uploads-per-case", agreement.id, clock.now());
    if (!verdict.allowed) {
      return {
        outcome: "too-many",
        json: { code: "TOO_MANY_REQUESTS" },
        retryAfterSeconds: verdict.retryAfterSeconds,
      };
    }
    return {
      outcome: "created",
      json: { upload: await documents.presignUpload(agreement.id, { status: 201 }) },
    };
  }
  const lang = request.language === "en" ? "?lang=en" : "";
  const policy = await documents.presignUpload(agreement.id, {
    redirectTo: `${originOf(request, baseUrl)}${statusPath}${lang}`,
  });
  const { sender } = await settings.at(clock.now());
  const view: UploadView = {
    statusPath,
    caseNumber: agreement.caseNumber,
    kind: agreement.kind,
    organisationName: opened.file.organisation.name,
    policy,
    purpose: purposeOf(opened.file),
    unconfirmed: isUnconfirmed(agreement) ? { address: contactOf(opened.file).email } : undefined,
    lapsesAt: "lapsesAt" in agreement ? agreement.lapsesAt : undefined,
  };
  const page = uploadPage(view, chromeOf(request, assets, sender));
  return { outcome: "shown", page, uploadsTo: new URL(policy.url).origin };
}

function purposeOf({ case: agreement, uploads }: CaseFile): UploadView["purpose"] {
  if (uploads.length === 0) return "first";
  return statusRules[agreement.status].nextActor === "submitter" ? "again" : "replace";
}
