import { type AwaitingChair, type AwaitingSecretariat, isConfirmed } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { isAbout, uploadOf } from "../agreement/case-questions.ts";
import { askChair, askSecretariat, type CaseDeadlines } from "../agreement/transitions.ts";
import type { Recipient } from "../errands/errand.ts";
import { caseMail, chair, secretaries } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { Stage } from "../filing/round.ts";
import type { People } from "../settings/settings.ts";

/** Nobody may be asked to open a file that the scan has not passed. */
export class NotScannedYet extends Error {
  override readonly name = "NotScannedYet";
}

/** Nobody at OS2 is asked about a case whose contact has not answered. */
export class ContactHasNotConfirmed extends Error {
  override readonly name = "ContactHasNotConfirmed";
}

interface AskingSettings {
  people: People;
  deadlines: CaseDeadlines;
}

/** Opens the secretariat's round about the current upload and mails both. Nothing to change when it is open already. */
function secretariatIsAsked(
  file: CaseFile,
  versionId: string,
  settings: AskingSettings,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  const upload = uploadOf(file, versionId);
  if (agreement.status !== "under-review" || !isAbout(file, versionId) || !upload) return undefined;
  if (upload.scan?.verdict !== "NO_THREATS_FOUND")
    throw new NotScannedYet(`version ${versionId} of case ${agreement.id}`);
  if (!isConfirmed(agreement)) throw new ContactHasNotConfirmed(`case ${agreement.id}`);
  const asked = askSecretariat(agreement, now, settings.deadlines);
  return opened(asked, secretaries(settings.people), now);
}

/** Opens the chair's round, where the secretariat has approved and the kind asks for a countersignature. */
function chairIsAsked(
  file: CaseFile,
  versionId: string,
  settings: AskingSettings,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  if (agreement.status !== "endorsed" || agreement.upload.versionId !== versionId) return undefined;
  return opened(askChair(agreement, now, settings.deadlines), [chair(settings.people)], now);
}

/** How each stage is asked to decide. */
export const decisionIsAskedFor = {
  secretariat: secretariatIsAsked,
  chair: chairIsAsked,
} as const satisfies Record<Stage, unknown>;

function opened(
  asked: AwaitingSecretariat | AwaitingChair,
  approvers: readonly Recipient[],
  now: number,
): CaseChange {
  const { round, upload } = asked;
  const details = { round: round.number, stage: round.stage, sha256: upload.sha256 };
  return {
    after: asked,
    audit: [{ code: "ROUND_OPENED", at: now, actor: "system", details }],
    records: [{ type: "round", round: { ...round, ...upload } }],
    errands: approvers.map((approver) =>
      caseMail(approver, "decision-request", round.number, { round: round.number }),
    ),
  };
}
