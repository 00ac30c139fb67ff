import { duesRunId } from "../domain/dues/dues-run.ts";
import { runBegins, runIsPlannedAgain } from "../domain/run-changes/run-begins.ts";
import type { Founding } from "../ports/filing.ts";
import { changeFileIfDue } from "./change-file.ts";

/**
 * Has a year planned: begins its run, or plans one again that is over. A run that is under way is left alone: the
 * calendar fires twice, and two persons may ask at once.
 */
export async function beginDuesRun(
  runs: Founding<"run">,
  year: number,
  asking: { actor: string; now: number; again: boolean },
): Promise<"begun" | "planned-again" | "under-way"> {
  const { file, change } = runBegins(year, asking);
  if ((await runs.begin(file, change)) === "begun") return "begun";
  if (!asking.again) return "under-way";
  const outcome = await changeFileIfDue(runs, duesRunId(year), (read) => runIsPlannedAgain(read, asking));
  return outcome === "changed" ? "planned-again" : "under-way";
}
