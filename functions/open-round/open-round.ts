import type { OpenedRound, OpenRoundInput } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { askTheChair, askTheSecretariat } from "../../shared/domain/case-changes/decision-is-asked-for.ts";
import { planNextWake } from "../../shared/domain/case-changes/plan-next-wake.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { changeCase, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface OpenRoundDependencies {
  register: Pick<Register, "read" | "commit">;
  settings: SettingsSource;
  clock: Clock;
}

const asks = { secretariat: askTheSecretariat, chair: askTheChair } as const;

/** Asks a stage's approvers to decide, each by a mail of their own. Skipped where the case needs no such decision. */
export async function openRound(
  { caseId, versionId, stage }: OpenRoundInput,
  { register, settings, clock }: OpenRoundDependencies,
): Promise<OpenedRound> {
  const current = await settings.at(clock.now());
  const outcome = await changeCase(register, caseId as CaseId, (file) => {
    const change = asks[stage](file, versionId, current, clock.now());
    if (change) return { change, outcome: "opened" as const };
    // Skipped only where the stage is behind us; whatever else became of the case, the wait finds out.
    const behind = planNextWake(file, versionId, stage, clock.now()).outcome === "passed";
    return { outcome: behind ? ("skipped" as const) : ("opened" as const) };
  });
  return { outcome: outcome === "no-such-case" ? "opened" : outcome };
}
