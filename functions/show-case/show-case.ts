import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import {
  isUndecided,
  nextActor,
  publicStatus,
  statusRules,
} from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import type { Language } from "../../shared/domain/agreement/kind.ts";
import type { AuditCode } from "../../shared/domain/filing/audit-event.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import { chromeOf } from "../../shared/http/http-handler.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { type StatusView, statusPage } from "../../shared/pages/status-page.ts";
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
  const opened = await openLink("status", key, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  if (request.acceptsJson) return { outcome: "shown", json: statusJson(opened.file, request.language) };
  const current = await settings.at(clock.now());
  const view = statusView(opened.file, `/agreements/${key}`, current);
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

/** Why a file was rejected, or what somebody wrote when they sent it back or declined. */
function reasons(file: CaseFile, language: Language): { code: string; message: string }[] {
  const written = reasonOf(file);
  if (written)
    return [{ code: file.case.status === "declined" ? "DECLINED" : "SENT_BACK", message: written.text }];
  return rejections(file).map(({ code }) => {
    const { headline, meaning, advice } = findingText(code, language);
    return { code, message: [`${headline}.`, meaning, advice].filter(Boolean).join(" ") };
  });
}

function reasonOf({ case: agreement, persons }: CaseFile): StatusView["reason"] {
  const why =
    agreement.status === "declined"
      ? { stage: agreement.stage, reasonId: agreement.reasonId }
      : agreement.status === "awaiting-upload"
        ? agreement.returned
        : undefined;
  return why && { stage: why.stage, text: persons.get(why.reasonId)?.text ?? "" };
}

function rejections({ case: agreement, uploads }: CaseFile) {
  if (agreement.status !== "rejected") return [];
  const upload = uploads.find((candidate) => candidate.versionId === agreement.upload.versionId);
  return (upload?.judgement?.findings ?? []).filter((finding) => finding.severity === "reject");
}

function statusView(file: CaseFile, statusPath: string, settings: Settings): StatusView {
  const { case: agreement, organisation, persons, uploads } = file;
  const signer = persons.get(file.signerId);
  const contact = persons.get(file.contactId);
  const upload =
    "upload" in agreement ? uploads.find((one) => one.versionId === agreement.upload.versionId) : undefined;
  return {
    statusPath,
    caseNumber: agreement.caseNumber,
    kind: agreement.kind,
    organisation: { name: organisation.name, cvr: organisation.cvr },
    signer: { name: signer?.name ?? "", title: signer?.title ?? "" },
    contact: { name: contact?.name ?? "" },
    status: publicStatus(agreement),
    since: agreement.hold?.since ?? agreement.since,
    lapsesAt: "lapsesAt" in agreement ? agreement.lapsesAt : undefined,
    milestones: {
      received: upload?.registeredAt,
      checked: upload && lastAt(file, ["DOCUMENT_JUDGED"]),
      endorsed: upload && lastAt(file, ["APPROVED"], "secretariat"),
      approved:
        agreement.status === "admitted" || agreement.status === "approved"
          ? lastAt(file, ["APPROVED"])
          : undefined,
      admitted: lastAt(file, ["ADMITTED"]),
    },
    asksChair: settings.countersignature[agreement.kind],
    findings: rejections(file),
    reason: reasonOf(file),
    file: upload && { bytes: upload.bytes, pages: upload.judgement?.pages },
    mayUpload: statusRules[agreement.status].takesUploads,
    mayWithdraw: isUndecided(agreement),
    applyAgain: ["expired", "declined", "withdrawn"].includes(agreement.status)
      ? formValues(file)
      : undefined,
  };
}

/** The last time something happened in the course of the file that is current now. */
function lastAt({ audit }: CaseFile, codes: readonly AuditCode[], stage?: string): number | undefined {
  const registered = audit.findLastIndex((event) => event.code === "UPLOAD_REGISTERED");
  return audit
    .slice(registered + 1)
    .findLast(
      (event) => codes.includes(event.code) && (stage === undefined || event.details["stage"] === stage),
    )?.at;
}

/** The application as the form's fields, so that nobody types it twice. The attestation is given anew. */
function formValues({ organisation, persons, signerId, contactId }: CaseFile): Record<string, string> {
  const signer = persons.get(signerId);
  const contact = persons.get(contactId);
  const values: Record<string, string | undefined> = {
    "organisation.name": organisation.name,
    "organisation.cvr": organisation.cvr,
    "organisation.gln": organisation.gln,
    "organisation.authorityType": organisation.authorityType,
    "organisation.population": organisation.population?.toString(),
    "organisation.address.street": organisation.address?.street,
    "organisation.address.postalCode": organisation.address?.postalCode,
    "organisation.address.city": organisation.address?.city,
    "signer.name": signer?.name,
    "signer.title": signer?.title,
    "contact.name": contact?.name,
    "contact.email": contact?.email,
    "contact.phone": contact?.phone,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
