/** How a wait can stand when its execution asks. */
export const planOutcomes = ["wait", "passed", "closed", "expired", "held"] as const;
export type PlanOutcome = (typeof planOutcomes)[number];

/**
 * - wait: nothing has happened; sleep until the next reminder, escalation or expiry
 * - passed: what was waited for came, go on
 * - closed: the file or the round was ended elsewhere; this execution has nothing more to do
 * - expired: nobody decided in time
 * - held: it cannot go on without a person
 */
export type Plan = { outcome: "wait"; seconds: number } | { outcome: Exclude<PlanOutcome, "wait"> };

/** Whole seconds, rounded up, so that the plan made on waking finds the moment passed; nothing once it has. */
export function waitUntil(moment: number, now: number): Plan | undefined {
  return now >= moment ? undefined : { outcome: "wait", seconds: Math.ceil((moment - now) / 1000) };
}
