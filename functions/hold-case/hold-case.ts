import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import { type HoldCaseInput, SCAN_HELD } from "../../shared/contracts/intake.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import { caseIsHeld, whyScanHolds } from "../../shared/domain/case-changes/case-is-held.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface HoldCaseDependencies {
  cases: Cases;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

/** Opens a task for a person and mails it; the case stands still until it is resolved. */
export async function holdCase(
  { caseId, versionId, error }: HoldCaseInput,
  { cases, settings, clock, newId }: HoldCaseDependencies,
): Promise<StepDone> {
  const { people } = await settings.at(clock.now());
  await changeFileIfDue(cases, caseId, (file) => {
    const reason = error === SCAN_HELD ? whyScanHolds(uploadOf(file, versionId)) : "STEP_FAILED";
    return caseIsHeld(file, versionId, { reason, detail: error }, people, newId, clock.now());
  });
  return {};
}
