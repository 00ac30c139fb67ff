import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { HoldRunInput } from "../../shared/contracts/dues.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { runIsHeld } from "../../shared/domain/run-changes/run-is-sent.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface HoldRunDependencies {
  runs: Shelf<"run">;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

/** Opens a task for a person and mails it; settling it starts the run's next attempt. */
export async function holdRun(
  { runId, error }: HoldRunInput,
  { runs, settings, clock, newId }: HoldRunDependencies,
): Promise<StepDone> {
  const { people } = await settings.at(clock.now());
  await changeFileIfDue(runs, runId, (file) => runIsHeld(file, error, people, newId, clock.now()));
  return {};
}
