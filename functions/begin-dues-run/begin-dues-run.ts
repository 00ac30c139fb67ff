import { beginDuesRun } from "../../shared/casework/begin-dues-run.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { firstBankDay } from "../../shared/domain/calendar/bank-days.ts";
import { copenhagenDate } from "../../shared/domain/calendar/copenhagen-date.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Founding } from "../../shared/ports/filing.ts";

export interface BeginDuesRunDependencies {
  runs: Founding<"run">;
  clock: Clock;
}

/**
 * Called every morning of 1–10 January, and by the sweep: from the first working day of the year on its dues are
 * planned, once. Two schedules, or one that fires twice, find the run begun.
 */
export async function beginDuesRunWhenDue(
  _called: unknown,
  { runs, clock }: BeginDuesRunDependencies,
): Promise<StepDone> {
  const now = clock.now();
  const today = copenhagenDate(now);
  const year = Number(today.slice(0, 4));
  if (today >= firstBankDay(year)) await beginDuesRun(runs, year, { actor: "system", now, again: false });
  return {};
}
