import { changeFile } from "../../shared/casework/change-file.ts";
import type { OpenedRound, OpenRoundInput } from "../../shared/contracts/intake.ts";
import { isUnconfirmed } from "../../shared/domain/agreement/agreement-case.ts";
import { isAbout } from "../../shared/domain/agreement/case-questions.ts";
import { fileAwaitsConfirmation } from "../../shared/domain/case-changes/contact-confirms.ts";
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

/**
 * Asks a stage's approvers to decide, each by a mail of their own; passed over where the stage is behind the case, and
 * ended where the contact has not confirmed: nobody at OS2 is asked before.
 */
export async function openRound(
  { caseId, versionId, stage }: OpenRoundInput,
  { cases, settings, clock }: OpenRoundDependencies,
): Promise<OpenedRound> {
  const now = clock.now();
  const current = await settings.at(now);
  const outcome = await changeFile<"case", OpenedRound["outcome"]>(cases, caseId, (file) => {
    const unanswered = fileAwaitsConfirmation(file, versionId, now);
    if (unanswered) return { change: unanswered, outcome: "unconfirmed" };
    if (isUnconfirmed(file.case)) return { outcome: "unconfirmed" };
    const change = decisionIsAskedFor[stage](file, versionId, current, now);
    if (change) return { change, outcome: "ask" };
    // Whatever else became of the case, the wait finds out.
    return { outcome: isAbout(file, versionId) && isBeyond(file, stage) ? "pass" : "ask" };
  });
  return { outcome: outcome === "no-such-file" ? "ask" : outcome };
}
