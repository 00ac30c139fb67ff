import { FileIsContended } from "../../shared/casework/change-file.ts";
import type { StoreTaskTokenInput } from "../../shared/contracts/intake.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { planNextWake } from "../../shared/domain/case-changes/plan-next-wake.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Waits } from "../../shared/ports/waits.ts";
import type { WorkflowResumer } from "../../shared/ports/workflows.ts";

export interface StoreTaskTokenDependencies {
  cases: Cases;
  waits: Pick<Waits, "keep">;
  workflows: WorkflowResumer;
  clock: Clock;
}

/**
 * Keeps the token of a waiting execution, on the condition that what it waits for has not come; if it has,
 * the execution is resumed at once. A new token for the same wait replaces the old one.
 */
export async function storeTaskToken(
  { caseId, versionId, wait, taskToken }: StoreTaskTokenInput,
  { cases, waits, workflows, clock }: StoreTaskTokenDependencies,
): Promise<StepDone> {
  // As often as a change is tried: whatever was committed in between is looked at first.
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const file = await cases.read(caseId);
    const stands = file && planNextWake(file, versionId, wait, clock.now()).outcome === "wait";
    if (!stands) {
      await workflows.resume(taskToken);
      return {};
    }
    if ((await waits.keep(file, versionId, taskToken, clock.now())) === "kept") return {};
  }
  throw new FileIsContended(caseId);
}
