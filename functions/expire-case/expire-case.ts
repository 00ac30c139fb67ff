import type { IntakeExecution, StepDone } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { currentUpload } from "../../shared/domain/agreement/agreement-case.ts";
import { expireCase as expire } from "../../shared/domain/case-changes/case-ends.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { changeCaseIfDue, type Register } from "../../shared/ports/register.ts";

export interface ExpireCaseDependencies {
  register: Pick<Register, "read" | "commit">;
  clock: Clock;
}

/** Nobody decided in time: the case ends and the submitter is told how to go on. A decision in the last moment wins. */
export async function expireCase(
  { caseId, versionId }: IntakeExecution,
  { register, clock }: ExpireCaseDependencies,
): Promise<StepDone> {
  await changeCaseIfDue(register, caseId as CaseId, (file) => {
    return currentUpload(file.case)?.versionId === versionId ? expire(file, clock.now()) : undefined;
  });
  return {};
}
