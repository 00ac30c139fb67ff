import { currentUpload, isUndecided, type UploadReference } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { isAbout, uploadOf } from "../agreement/case-questions.ts";
import { receiveUpload } from "../agreement/transitions.ts";
import type { CaseChange, RecordChange } from "../files.ts";
import { endRound, settleHold, wake } from "./parts.ts";

/** A file as the store knows it, before anybody has judged it. */
export interface ArrivedFile extends UploadReference {
  key: string;
  bytes: number;
  /** The store's newest version: where it is another, these bytes are kept, but the case isn't about them. */
  newestVersionId: string | undefined;
}

/** How many files a case takes in a day, counted where they arrive: a policy can be used for an hour, uncounted. */
export const filesADay = 10;

const day = 24 * 60 * 60 * 1000;

export type UploadOutcome = "registered" | "superseded" | "closed";

/**
 * Whether the newest file that was sent is one of those that were one too many; it is not looked for again. A day later
 * another may come.
 */
export function isOverLimit(file: Pick<CaseFile, "audit">): boolean {
  const last = file.audit.findLast(
    ({ code }) => code === "UPLOAD_REGISTERED" || code === "UPLOAD_OVER_LIMIT",
  );
  return last?.code === "UPLOAD_OVER_LIMIT";
}

function refusedAsTooMany(file: CaseFile, now: number): CaseChange | undefined {
  // Said once a day, however many there are.
  const said = file.audit.some(({ code, at }) => code === "UPLOAD_OVER_LIMIT" && at > now - day);
  const details = { files: filesADay };
  return said ? undefined : { audit: [{ code: "UPLOAD_OVER_LIMIT", at: now, actor: "submitter", details }] };
}

/** A newer one in the store supersedes it, unless that one will be one too many: then the last that we take is newest. */
function takesOver(file: CaseFile, arrived: ArrivedFile, takenToday: number): boolean {
  const { versionId, newestVersionId } = arrived;
  if (newestVersionId === undefined || newestVersionId === versionId) return true;
  return takenToday + 1 >= filesADay && !uploadOf(file, newestVersionId);
}

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

  const takenToday = file.uploads.filter(({ registeredAt }) => registeredAt > now - day).length;
  if (takenToday >= filesADay) {
    const change = refusedAsTooMany(file, now);
    return { outcome: isUndecided(agreement) ? "superseded" : "closed", ...(change && { change }) };
  }

  const { key, versionId, sha256, bytes } = arrived;
  const upload: RecordChange<"case"> = {
    type: "upload",
    upload: { key, versionId, sha256, bytes, registeredAt: now },
  };
  // The same bytes again are the same file: whatever is being done with it goes on.
  const repeated = isUndecided(agreement) && !agreement.hold && currentUpload(agreement)?.sha256 === sha256;
  if (!isUndecided(agreement) || repeated || !takesOver(file, arrived, takenToday)) {
    const outcome = isUndecided(agreement) ? "superseded" : "closed";
    const audit = {
      code: repeated ? "UPLOAD_REPEATED" : "UPLOAD_SUPERSEDED",
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
