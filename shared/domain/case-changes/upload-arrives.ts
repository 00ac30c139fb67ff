import { isUndecided, type UploadReference } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { isAbout, uploadOf } from "../agreement/case-questions.ts";
import { receiveUpload } from "../agreement/transitions.ts";
import type { CaseChange, RecordChange } from "../files.ts";
import { endRound, settleHold, wake } from "./parts.ts";

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
export function uploadArrives(
  file: CaseFile,
  arrived: ArrivedFile,
  now: number,
): { outcome: UploadOutcome; change?: CaseChange } {
  const agreement = file.case;
  if (uploadOf(file, arrived.versionId))
    return { outcome: isAbout(file, arrived.versionId) ? "registered" : "superseded" };

  const { key, versionId, sha256, bytes } = arrived;
  const upload: RecordChange<"case"> = {
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
    return { outcome, change: { audit: [audit], records: [upload] } };
  }
  return {
    outcome: "registered",
    change: {
      after: receiveUpload(agreement, { versionId, sha256 }, now),
      audit: [
        { code: "UPLOAD_REGISTERED", at: now, actor: "submitter", details: { versionId, sha256, bytes } },
      ],
      // A task that held the case was about the file before; the new one answers it.
      records: [upload, ...endRound(file, "superseded", now), ...settleHold(file, "ask-for-new-file", now)],
      errands: [wake],
    },
  };
}
