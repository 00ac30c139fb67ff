import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import { keepJudgement } from "../../shared/casework/keep-judgement.ts";
import type { IntakeExecution } from "../../shared/contracts/intake.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { uploadIsRejected } from "../../shared/domain/case-changes/document-is-judged.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { JudgingPapers } from "../../shared/ports/judging-papers.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface RejectUploadDependencies {
  cases: Cases;
  papers: Pick<JudgingPapers, "answered">;
  settings: SettingsSource;
  clock: Clock;
}

/** Tells the submitter every reason at once, and how to send another file. */
export async function rejectUpload(
  { caseId, versionId }: IntakeExecution,
  { cases, papers, settings, clock }: RejectUploadDependencies,
): Promise<StepDone> {
  await keepJudgement({ caseId, versionId }, { cases, papers, clock });
  const { deadlines } = await settings.at(clock.now());
  await changeFileIfDue(cases, caseId, (file) => uploadIsRejected(file, versionId, deadlines, clock.now()));
  return {};
}
