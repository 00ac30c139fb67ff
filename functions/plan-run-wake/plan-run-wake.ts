import type { PlanRunWakeInput } from "../../shared/contracts/dues.ts";
import type { PlannedWake } from "../../shared/contracts/waits.ts";
import { planRunWake as plan } from "../../shared/domain/run-changes/plan-run-wake.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";

export interface PlanRunWakeDependencies {
  runs: Pick<Shelf<"run">, "read">;
  clock: Clock;
}

/** Says how a run's wait stands, and for how long to sleep until it is looked at again. */
export async function planRunWake(
  { runId, wait }: PlanRunWakeInput,
  { runs, clock }: PlanRunWakeDependencies,
): Promise<PlannedWake> {
  const file = await runs.read(runId);
  const planned = file ? plan(file.run, wait, clock.now()) : ({ outcome: "closed" } as const);
  // Read only on `wait`, but always there: a JSONPath that finds nothing fails the state.
  return { outcome: planned.outcome, wake: { seconds: planned.outcome === "wait" ? planned.seconds : 1 } };
}
