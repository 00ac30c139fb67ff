import { HELD_BECAUSE, type HoldCaseInput, type StepDone } from "../../shared/contracts/intake.ts";
import type { CaseId, HoldReason } from "../../shared/domain/agreement/agreement-case.ts";
import type { NewId } from "../../shared/domain/agreement/case-change.ts";
import type { UploadRecord } from "../../shared/domain/agreement/case-file.ts";
import { holdCase as hold } from "../../shared/domain/case-changes/tasks.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { changeCaseIfDue, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface HoldCaseDependencies {
  register: Pick<Register, "read" | "commit">;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

/** Opens a task for a person and mails it; the case stands still until it is resolved. */
export async function holdCase(
  { caseId, versionId, error }: HoldCaseInput,
  { register, settings, clock, newId }: HoldCaseDependencies,
): Promise<StepDone> {
  const { people } = await settings.at(clock.now());
  await changeCaseIfDue(register, caseId as CaseId, (file) => {
    const upload = file.uploads.find((candidate) => candidate.versionId === versionId);
    const why = { reason: reasonOf(error, upload), detail: error };
    return hold(file, versionId, why, people, newId, clock.now());
  });
  return {};
}

/** What the scan said, or that it said nothing; any other error is a step that failed. */
function reasonOf(error: string, upload: UploadRecord | undefined): HoldReason {
  if (error !== HELD_BECAUSE.scan) return "STEP_FAILED";
  if (!upload?.scan) return "SCAN_MISSING";
  return upload.scan.verdict === "THREATS_FOUND" ? "THREATS_FOUND" : "NOT_SCANNABLE";
}
