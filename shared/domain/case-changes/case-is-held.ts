import { currentUpload, type HoldReason, isClosed, isUnconfirmed } from "../agreement/agreement-case.ts";
import type { CaseFile, UploadRecord } from "../agreement/case-file.ts";
import { hold } from "../agreement/transitions.ts";
import type { CaseChange } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import { newTask } from "../filing/tasks.ts";
import type { People } from "../settings/settings.ts";
import { wake } from "./parts.ts";

/**
 * The system can't go on with this version by itself: its execution ends, and the case stands still until a person
 * has resolved the task, which starts the next attempt.
 */
export function caseIsHeld(
  file: CaseFile,
  versionId: string,
  why: { reason: HoldReason; detail?: string | undefined },
  people: People,
  newId: NewId,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  // Nobody at OS2 is asked about it before the contact has answered; then the next attempt finds the same again.
  if (isUnconfirmed(agreement)) return undefined;
  if (isClosed(agreement) || agreement.hold || currentUpload(agreement)?.versionId !== versionId)
    return undefined;
  const opened = newTask(file, { ...why, cause: versionId }, people, newId, now);
  if (!opened) return undefined;
  const { task, records, errands } = opened;
  return {
    after: hold(agreement, { taskId: task.id, since: now, reason: why.reason }),
    audit: [{ code: "HELD", at: now, actor: "system", details: { taskId: task.id, reason: why.reason } }],
    records,
    // Nothing waits any longer; a token that is still on the file leads nowhere, and goes.
    errands: [wake, ...errands],
  };
}

/** Why a wait for the scan can't go on: what it said, or that it said nothing. */
export function whyScanHolds(upload: UploadRecord | undefined): HoldReason {
  if (!upload?.scan) return "SCAN_MISSING";
  return upload.scan.verdict === "THREATS_FOUND" ? "THREATS_FOUND" : "NOT_SCANNABLE";
}
