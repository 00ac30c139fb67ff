import type { DuesRun, RunStatus } from "../dues/dues-run.ts";
import { type Plan, waitUntil } from "../filing/plan.ts";

/** What a run can wait for: a person's word, and the hour in which it can be stopped. */
export const runWaits = ["confirmation", "sending"] as const;
export type RunWait = (typeof runWaits)[number];

/** By the run alone: what happened while nobody looked is seen on the next plan. */
export function planRunWake(run: DuesRun, wait: RunWait, now: number): Plan {
  return plans[wait](run, now);
}

/** A person is asked for ever; the plan looks again once a day, so that what was lost is found. */
const DAY = 24 * 60 * 60 * 1000;

const plans: Record<RunWait, (run: DuesRun, now: number) => Plan> = {
  confirmation: (run, now) => {
    if (run.status === "awaiting-confirmation") return waitUntil(now + DAY, now) ?? { outcome: "held" };
    return { outcome: confirmed.includes(run.status) ? "passed" : "closed" };
  },
  sending: (run, now) => {
    if (run.status === "waiting") return waitUntil(run.sendsAt, now) ?? { outcome: "passed" };
    return { outcome: run.status === "charging" ? "passed" : "closed" };
  },
};

const confirmed: readonly RunStatus[] = ["waiting", "charging"];
