import type { StepDone, StoreTaskTokenInput } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { planNextWake } from "../../shared/domain/case-changes/plan-next-wake.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { CaseIsContended, type Register } from "../../shared/ports/register.ts";
import type { WorkflowResumer } from "../../shared/ports/workflows.ts";

export interface StoreTaskTokenDependencies {
  register: Pick<Register, "read" | "storeTaskToken">;
  workflows: WorkflowResumer;
  clock: Clock;
}

/**
 * Keeps the token of a waiting execution, on the condition that what it waits for has not come; if it has,
 * the execution is resumed at once. A new token for the same wait replaces the old one.
 */
export async function storeTaskToken(
  { caseId, versionId, wait, taskToken }: StoreTaskTokenInput,
  { register, workflows, clock }: StoreTaskTokenDependencies,
): Promise<StepDone> {
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const file = await register.read(caseId as CaseId);
    const waits = file && planNextWake(file, versionId, wait, clock.now()).outcome === "wait";
    if (!waits) {
      await workflows.resume(taskToken);
      return {};
    }
    if ((await register.storeTaskToken(file, versionId, taskToken, clock.now())) === "stored") return {};
  }
  throw new CaseIsContended(caseId as CaseId);
}
