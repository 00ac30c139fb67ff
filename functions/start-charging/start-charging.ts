import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { DuesExecution, StartedCharging } from "../../shared/contracts/dues.ts";
import { sendingBegins } from "../../shared/domain/run-changes/run-is-sent.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";

export interface StartChargingDependencies {
  runs: Shelf<"run">;
  clock: Clock;
}

/** The hour is over: the run is being sent, unless it was stopped. Answers which chunks there are. */
export async function startCharging(
  { runId }: DuesExecution,
  { runs, clock }: StartChargingDependencies,
): Promise<StartedCharging> {
  await changeFileIfDue(runs, runId, (file) => sendingBegins(file, clock.now()));
  const file = await runs.read(runId);
  if (file?.run.status !== "charging") return { chunks: [] };
  return { chunks: Array.from({ length: file.run.plan.chunks }, (_, index) => index + 1) };
}
