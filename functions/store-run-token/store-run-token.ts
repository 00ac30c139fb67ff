import { FileIsContended } from "../../shared/casework/change-file.ts";
import type { StoreRunTokenInput } from "../../shared/contracts/dues.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { planRunWake } from "../../shared/domain/run-changes/plan-run-wake.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";
import type { Waits } from "../../shared/ports/waits.ts";
import type { WorkflowResumer } from "../../shared/ports/workflows.ts";

export interface StoreRunTokenDependencies {
  runs: Pick<Shelf<"run">, "read">;
  waits: Pick<Waits, "keep">;
  workflows: WorkflowResumer;
  clock: Clock;
}

/** Keeps a waiting run's token, on the condition that what it waits for has not come; else it is resumed at once. */
export async function storeRunToken(
  { runId, wait, taskToken }: StoreRunTokenInput,
  { runs, waits, workflows, clock }: StoreRunTokenDependencies,
): Promise<StepDone> {
  // As often as a change is tried: whatever was committed in between is looked at first.
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const file = await runs.read(runId);
    if (!file || planRunWake(file.run, wait, clock.now()).outcome !== "wait") {
      await workflows.resume(taskToken);
      return {};
    }
    if ((await waits.keep(file, wait, taskToken, clock.now())) === "kept") return {};
  }
  throw new FileIsContended(runId);
}
