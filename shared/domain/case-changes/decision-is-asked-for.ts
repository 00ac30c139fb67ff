import { currentUpload } from "../agreement/agreement-case.ts";
import type { Change } from "../agreement/case-change.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { askChair, askSecretariat, type CaseDeadlines } from "../agreement/transitions.ts";
import { chair, mailTo, secretaries } from "../errands/mail-errands.ts";
import type { People } from "../settings/settings.ts";

/** Nobody may be asked to open a file that the scan has not passed. */
export class NotScannedYet extends Error {
  override readonly name = "NotScannedYet";
}

/** Opens the secretariat's round about the current upload and mails both. Nothing to change when it is open already. */
export function askTheSecretariat(
  file: CaseFile,
  versionId: string,
  settings: { people: People; deadlines: CaseDeadlines },
  now: number,
): Change | undefined {
  const agreement = file.case;
  const upload = file.uploads.find((candidate) => candidate.versionId === versionId);
  if (agreement.status !== "under-review" || currentUpload(agreement)?.versionId !== versionId || !upload)
    return undefined;
  if (upload.scan?.verdict !== "NO_THREATS_FOUND")
    throw new NotScannedYet(`version ${versionId} of case ${agreement.id}`);
  const asked = askSecretariat(agreement, now, settings.deadlines);
  return opened(asked, secretaries(settings.people), now);
}

/** Opens the chair's round, where the secretariat has approved and the kind asks for a countersignature. */
export function askTheChair(
  file: CaseFile,
  versionId: string,
  settings: { people: People; deadlines: CaseDeadlines },
  now: number,
): Change | undefined {
  const agreement = file.case;
  if (agreement.status !== "endorsed" || agreement.upload.versionId !== versionId) return undefined;
  const asked = askChair(agreement, now, settings.deadlines);
  return opened(asked, [chair(settings.people)], now);
}

function opened(
  asked: ReturnType<typeof askSecretariat> | ReturnType<typeof askChair>,
  approvers: ReturnType<typeof secretaries>,
  now: number,
): Change {
  const { round, upload } = asked;
  return {
    after: asked,
    audit: [
      {
        code: "ROUND_OPENED",
        at: now,
        actor: "system",
        details: { round: round.number, stage: round.stage, sha256: upload.sha256 },
      },
    ],
    records: [{ type: "round", round: { ...round, ...upload } }],
    errands: approvers.map((approver) =>
      mailTo(approver, "decision-request", round.number, { round: round.number }),
    ),
  };
}
