import {
  isUnconfirmed,
  isUndecided,
  mayApplyAgain,
  publicStatus,
  statusRules,
} from "../../domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../domain/agreement/case-file.ts";
import {
  contactOf,
  currentUploadRecord,
  mayBeServed,
  rejections,
  signerOf,
} from "../../domain/agreement/case-questions.ts";
import { isOverLimit } from "../../domain/case-changes/upload-arrives.ts";
import type { AuditCode } from "../../domain/filing/audit-event.ts";
import { reasonText } from "../../domain/filing/person.ts";
import type { Settings } from "../../domain/settings/settings.ts";
import type { StatusView } from "../status-page.ts";

/** What the applicant's page shows of a case. */
export function statusView(
  file: CaseFile,
  statusPath: string,
  settings: Settings,
  { sentAgain = false }: { sentAgain?: boolean } = {},
): StatusView {
  const { case: agreement, organisation } = file;
  const { name, title } = signerOf(file);
  const upload = currentUploadRecord(file);
  return {
    statusPath,
    caseNumber: agreement.caseNumber,
    kind: agreement.kind,
    organisation: { name: organisation.name, cvr: organisation.cvr },
    signer: { name, title },
    contact: { name: contactOf(file).name },
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
    file: upload && { bytes: upload.bytes, pages: upload.judgement?.pages, mayBeServed: mayBeServed(upload) },
    mayUpload: statusRules[agreement.status].takesUploads,
    mayWithdraw: isUndecided(agreement),
    unconfirmed: isUnconfirmed(agreement)
      ? { address: contactOf(file).email, until: agreement.confirmation.until, sentAgain }
      : undefined,
    tooManyFiles: isUndecided(agreement) && isOverLimit(file),
    anotherAdmitted: agreement.status === "closed" && agreement.closing.reason === "another-admitted",
    mayApplyAgain: mayApplyAgain(agreement),
  };
}

/** What somebody wrote when they sent the file back or declined. */
export function reasonOf(file: CaseFile): StatusView["reason"] {
  const { case: agreement } = file;
  const why =
    agreement.status === "declined"
      ? { stage: agreement.stage, reasonId: agreement.reasonId }
      : agreement.status === "awaiting-upload"
        ? agreement.returned
        : agreement.status === "closed" && agreement.closing.reason === "closed-by-secretariat"
          ? { stage: "secretariat" as const, reasonId: agreement.closing.reasonId }
          : undefined;
  return why && { stage: why.stage, text: reasonText(file, why.reasonId) };
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
