import type { CaseFile, ScanVerdict } from "../agreement/case-file.ts";
import { isAbout, uploadOf } from "../agreement/case-questions.ts";
import { type CaseDeadlines, reject } from "../agreement/transitions.ts";
import { caseMail } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { Judgement } from "../judgement/judgement.ts";
import { tellContact, theContact, wake } from "./parts.ts";

/** Keeps what the reader found out about one upload. Nothing to change when it was judged before. */
export function documentIsJudged(
  file: CaseFile,
  versionId: string,
  judged: { judgement: Judgement; pageImageKey?: string | undefined },
  now: number,
): CaseChange | undefined {
  const upload = uploadOf(file, versionId);
  if (!upload || upload.judgement) return undefined;
  const { verdict, light } = judged.judgement;
  return {
    audit: [{ code: "DOCUMENT_JUDGED", at: now, actor: "system", details: { versionId, verdict, light } }],
    records: [{ type: "upload", upload: { ...upload, ...judged } }],
  };
}

/** Keeps the malware scan's word on one upload, and wakes whoever waits for it. The first word stands. */
export function scanAnswers(
  file: CaseFile,
  versionId: string,
  verdict: ScanVerdict,
  now: number,
): CaseChange | undefined {
  const upload = uploadOf(file, versionId);
  // A scan that could not be made may be made again; a verdict is not taken back.
  const settled = upload?.scan?.verdict === "NO_THREATS_FOUND" || upload?.scan?.verdict === "THREATS_FOUND";
  if (!upload || settled || upload.scan?.verdict === verdict) return undefined;
  return {
    audit: [{ code: "SCAN_VERDICT", at: now, actor: "system", details: { versionId, verdict } }],
    records: [{ type: "upload", upload: { ...upload, scan: { verdict, at: now } } }],
    errands: [wake],
  };
}

/**
 * The file can't be read safely: the submitter gets every reason at once, and a way to send another; on the page
 * alone while the contact's address has not answered.
 */
export function uploadIsRejected(
  file: CaseFile,
  versionId: string,
  deadlines: CaseDeadlines,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  if (agreement.status !== "under-review" || !isAbout(file, versionId)) return undefined;
  return {
    after: reject(agreement, now, deadlines),
    audit: [{ code: "UPLOAD_REJECTED", at: now, actor: "system", details: { versionId } }],
    errands: tellContact(file, caseMail(theContact(file), "upload-rejected", versionId, { versionId })),
  };
}
