import { currentUpload, isInRound, isUndecided, type UploadReference } from "../agreement/agreement-case.ts";
import type { Change, RecordChange } from "../agreement/case-change.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { receiveUpload } from "../agreement/transitions.ts";
import { wakeExecutions } from "./wake.ts";

/** A file as the store knows it, before anybody has judged it. */
export interface ArrivedFile extends UploadReference {
  key: string;
  bytes: number;
  /** False when the store already holds a newer version: these bytes are kept, but the case isn't about them. */
  newest: boolean;
}

export type UploadOutcome = "registered" | "superseded" | "closed";

/**
 * Takes note of a file that arrived. The newest one takes the case over and ends the round it interrupts, so that
 * no decision is ever made about other bytes than the ones on the page; after the last approval, nothing does.
 */
export function registerUpload(
  file: CaseFile,
  arrived: ArrivedFile,
  now: number,
): { outcome: UploadOutcome; change?: undefined } | { outcome: UploadOutcome; change: Change } {
  const agreement = file.case;
  const known = file.uploads.some((upload) => upload.versionId === arrived.versionId);
  const current = currentUpload(agreement)?.versionId === arrived.versionId;
  if (known) return { outcome: current ? "registered" : "superseded" };

  const { key, versionId, sha256, bytes } = arrived;
  const upload: RecordChange = {
    type: "upload",
    upload: { key, versionId, sha256, bytes, registeredAt: now },
  };
  if (!isUndecided(agreement) || !arrived.newest) {
    const outcome = isUndecided(agreement) ? "superseded" : "closed";
    const audit = {
      code: "UPLOAD_SUPERSEDED",
      at: now,
      actor: "submitter",
      details: { versionId, sha256 },
    } as const;
    return { outcome, change: { after: agreement, audit: [audit], records: [upload] } };
  }
  return {
    outcome: "registered",
    change: {
      after: receiveUpload(agreement, { versionId, sha256 }, now),
      audit: [
        { code: "UPLOAD_REGISTERED", at: now, actor: "submitter", details: { versionId, sha256, bytes } },
      ],
      records: [upload, ...endedRound(file, now), ...overtakenTasks(file, now)],
      errands: wakeExecutions(file),
    },
  };
}

function endedRound(file: CaseFile, now: number): RecordChange[] {
  const agreement = file.case;
  if (!isInRound(agreement)) return [];
  return file.rounds
    .filter((round) => round.number === agreement.round.number)
    .map((round) => ({ type: "round", round: { ...round, ended: { outcome: "superseded", at: now } } }));
}

/** A task that held the case was about the file before; the new one answers it. */
function overtakenTasks(file: CaseFile, now: number): RecordChange[] {
  return file.tasks
    .filter((task) => task.id === file.case.hold?.taskId && !task.resolved)
    .map((task) => ({
      type: "task",
      task: { ...task, resolved: { resolution: "ask-for-new-file", at: now } },
    }));
}
