import type { RunPlan } from "../dues/dues-plan.ts";
import type { RunFile } from "../dues/dues-run.ts";
import { runMail, secretaries } from "../errands/mail-errands.ts";
import type { Change } from "../files.ts";
import type { Round } from "../filing/round.ts";
import type { People } from "../settings/settings.ts";

/** A run's round never runs out: what nobody has confirmed is not sent, and told of again. Ten years. */
const NEVER = 10 * 366 * 24 * 60 * 60 * 1000;

/** Shows the plan to both secretaries, each by a link of their own; nothing to change when one is shown already. */
export function planIsLaid(
  { run, rounds }: RunFile,
  plan: RunPlan,
  people: People,
  now: number,
): Change<"run"> | undefined {
  if (run.status !== "planning") return undefined;
  const round: Round = {
    number: rounds.length + 1,
    stage: "secretariat",
    openedAt: now,
    expiresAt: now + NEVER,
  };
  const { id, year } = run;
  const { charged, totalOere } = plan.summary;
  return {
    after: { id, year, status: "awaiting-confirmation", plan, round },
    audit: [
      {
        code: "RUN_PLANNED",
        at: now,
        actor: "system",
        details: { round: round.number, sha256: plan.sha256, charged, totalOere },
      },
    ],
    records: [{ type: "round", round: { ...round, sha256: plan.sha256 } }],
    errands: secretaries(people).map((secretary) =>
      runMail(secretary, "plan-request", round.number, { round: round.number }),
    ),
  };
}
