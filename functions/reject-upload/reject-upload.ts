import type { IntakeExecution, StepDone } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { rejectUpload as reject } from "../../shared/domain/case-changes/document-is-judged.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { changeCaseIfDue, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface RejectUploadDependencies {
  register: Pick<Register, "read" | "commit">;
  settings: SettingsSource;
  clock: Clock;
}

/** Tells the submitter every reason at once, and how to send another file. */
export async function rejectUpload(
  { caseId, versionId }: IntakeExecution,
  { register, settings, clock }: RejectUploadDependencies,
): Promise<StepDone> {
  const { deadlines } = await settings.at(clock.now());
  await changeCaseIfDue(register, caseId as CaseId, (file) => {
    return reject(file, versionId, deadlines, clock.now());
  });
  return {};
}
