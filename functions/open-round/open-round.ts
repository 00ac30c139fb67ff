import { changeFile } from "../../shared/casework/change-file.ts";
import type { OpenedRound, OpenRoundInput } from "../../shared/contracts/intake.ts";
import { isAbout } from "../../shared/domain/agreement/case-questions.ts";
import { decisionIsAskedFor } from "../../shared/domain/case-changes/decision-is-asked-for.ts";
import { isBeyond } from "../../shared/domain/case-changes/plan-next-wake.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface OpenRoundDependencies {
  cases: Cases;
  settings: SettingsSource;
  clock: Clock;
}

/** Asks a stage's approvers to decide, each by a mail of their own; passed over where the stage is behind the case. */
export async function openRound(
  { caseId, versionId, stage }: OpenRoundInput,
  { cases, settings, clock }: OpenRoundDependencies,
): Promise<OpenedRound> {
  const current = await settings.at(clock.now());
  const outcome = await changeFile<"case", OpenedRound["outcome"]>(cases, caseId, (file) => {
    const change = decisionIsAskedFor[stage](file, versionId, current, clock.now());
    if (change) return { change, outcome: "ask" };
    // Whatever else became of the case, the wait finds out.
    return { outcome: isAbout(file, versionId) && isBeyond(file, stage) ? "pass" : "ask" };
  });
  return { outcome: outcome === "no-such-file" ? "ask" : outcome };
}
