import { currentUpload } from "../agreement/agreement-case.ts";
import type { Change } from "../agreement/case-change.ts";
import type { CaseFile, ScanVerdict } from "../agreement/case-file.ts";
import { type CaseDeadlines, reject } from "../agreement/transitions.ts";
import { contactOf, mailTo } from "../errands/mail-errands.ts";
import type { Judgement } from "../judgement/judgement.ts";
import { wakeExecutions } from "./wake.ts";

/** Keeps what the reader found out about one upload. Nothing to change when it was judged before. */
export function recordJudgement(
  file: CaseFile,
  versionId: string,
  judged: { judgement: Judgement; pageImageKey?: string | undefined },
  now: number,
): Change | undefined {
  const upload = file.uploads.find((candidate) => candidate.versionId === versionId);
  if (!upload || upload.judgement) return undefined;
  return {
    after: file.case,
    audit: [
      {
        code: "DOCUMENT_JUDGED",
        at: now,
        actor: "system",
        details: { versionId, verdict: judged.judgement.verdict, light: judged.judgement.light },
      },
    ],
    records: [{ type: "upload", upload: { ...upload, ...judged } }],
  };
}

/** Keeps the malware scan's word on one upload, and wakes whoever waits for it. The first word stands. */
export function recordScanVerdict(
  file: CaseFile,
  versionId: string,
  verdict: ScanVerdict,
  now: number,
): Change | undefined {
  const upload = file.uploads.find((candidate) => candidate.versionId === versionId);
  // A scan that could not be made may be made again; a verdict is not taken back.
  const settled = upload?.scan?.verdict === "NO_THREATS_FOUND" || upload?.scan?.verdict === "THREATS_FOUND";
  if (!upload || settled || upload.scan?.verdict === verdict) return undefined;
  return {
    after: file.case,
    audit: [{ code: "SCAN_VERDICT", at: now, actor: "system", details: { versionId, verdict } }],
    records: [{ type: "upload", upload: { ...upload, scan: { verdict, at: now } } }],
    errands: wakeExecutions(file),
  };
}

/** The file can't be read safely: the submitter gets every reason at once, and a way to send another. */
export function rejectUpload(
  file: CaseFile,
  versionId: string,
  deadlines: CaseDeadlines,
  now: number,
): Change | undefined {
  const agreement = file.case;
  if (agreement.status !== "under-review" || currentUpload(agreement)?.versionId !== versionId)
    return undefined;
  return {
    after: reject(agreement, now, deadlines),
    audit: [{ code: "UPLOAD_REJECTED", at: now, actor: "system", details: { versionId } }],
    errands: [mailTo(contactOf(file), "upload-rejected", versionId, { versionId })],
  };
}
