import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { archivedObject } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile, UploadRecord } from "../../shared/domain/agreement/case-file.ts";
import {
  currentUploadRecord,
  decidable,
  isAbout,
  mayBeServed,
  uploadOf,
} from "../../shared/domain/agreement/case-questions.ts";
import { documentIsClosed, linkStanding } from "../../shared/domain/approval/decision.ts";
import { defaultSender } from "../../shared/domain/settings/default-sender.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { ROUTES } from "../../shared/http/routes.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ShowDocumentDependencies extends LinkOpening {
  documents: Pick<DocumentStore, "presignDownload" | "readPageImage">;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
}

/**
 * The document behind a link. Its own address is presigned on the click: an address made earlier would die with the
 * credentials it was made under, or live on in a mailbox.
 */
export async function showDocument(
  request: HttpRequest,
  dependencies: ShowDocumentDependencies,
): Promise<Reply> {
  return request.route === ROUTES.ownDocument
    ? ownDocument(request, dependencies)
    : decisionDocument(request, dependencies);
}

/**
 * The submitter's own file, as it was sent: once the scan has passed it, unless it was rejected, and to be saved. Our
 * own address must not open in a browser what nobody has looked at.
 */
async function ownDocument(request: HttpRequest, dependencies: ShowDocumentDependencies): Promise<Reply> {
  const opened = await openLinkOf("case", "status", request.parameters["key"], dependencies);
  const upload = opened && currentUploadRecord(opened.file);
  if (!opened || !upload) return errorReply("not-found", request, dependencies.assets);
  return toDocument(request, opened.file, upload, { inline: false }, dependencies);
}

/** Only to whoever is in office, while the link lives: what is superseded or expired shows nothing of the applicant's. */
async function decisionDocument(
  request: HttpRequest,
  dependencies: ShowDocumentDependencies,
): Promise<Reply> {
  const { settings, clock, assets, documents } = dependencies;
  const opened = await openLinkOf("case", "decision", request.parameters["token"], dependencies);
  // Before anything is read: a link that leads nowhere costs no more than its page.
  if (!opened)
    return {
      outcome: "unknown",
      page: refusedLinkPage({ why: "unknown" }, chromeOf(request, assets, defaultSender)),
    };
  const current = await settings.at(clock.now());
  const chrome = chromeOf(request, assets, current.sender);
  const standing = linkStanding(opened.link, decidable(opened.file), current.people, clock.now());
  const closed = documentIsClosed(opened.link, standing, current.people, clock.now());
  if (closed) return { outcome: "gone", page: refusedLinkPage({ why: closed }, chrome) };
  if (!("round" in standing)) return errorReply("not-found", request, assets);
  const upload = uploadOf(opened.file, standing.round.versionId);
  if (!upload) return errorReply("not-found", request, assets);
  if (request.route !== ROUTES.decisionPageImage)
    return toDocument(request, opened.file, upload, { inline: true }, dependencies);
  const image = upload.pageImageKey && (await documents.readPageImage(upload.pageImageKey));
  if (!image) return errorReply("not-found", request, assets);
  const headers = {
    "content-type": "image/png",
    "cache-control": "private, max-age=300",
    "x-content-type-options": "nosniff",
  };
  return { outcome: "shown", bytes: image, headers };
}

/** The archived copy once there is one; the incoming one has a shorter life. */
async function toDocument(
  request: HttpRequest,
  file: CaseFile,
  upload: UploadRecord,
  { inline }: { inline: boolean },
  { documents, assets }: ShowDocumentDependencies,
): Promise<Reply> {
  if (!mayBeServed(upload)) return errorReply("file-closed", request, assets);
  const { case: agreement } = file;
  const archived = isAbout(file, upload.versionId) ? archivedObject(agreement) : undefined;
  const location = archived
    ? { ...archived, archived: true }
    : { key: upload.key, versionId: upload.versionId, archived: false };
  const fileName = `${agreement.caseNumber} ${file.organisation.name}.pdf`;
  return { outcome: "see-other", location: await documents.presignDownload(location, fileName, inline) };
}
