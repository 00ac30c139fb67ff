import * as z from "zod";
import type { RunId } from "../domain/owner.ts";
import { runWaits } from "../domain/run-changes/plan-run-wake.ts";
import { namesOf, taskToken } from "./waits.ts";

/** What travels between the steps of annual-dues: ids, numbers and seconds. */

export const duesExecution = z.object({
  runId: z.string().transform((id) => id as RunId),
});
export type DuesExecution = z.output<typeof duesExecution>;

export const RUN_WAITS = namesOf(runWaits);
export const planRunWakeInput = duesExecution.extend({ wait: z.enum(runWaits) });
export type PlanRunWakeInput = z.output<typeof planRunWakeInput>;
export const storeRunTokenInput = planRunWakeInput.extend(taskToken);
export type StoreRunTokenInput = z.output<typeof storeRunTokenInput>;

/** The numbers of the chunks to charge; none where the run was stopped in the meantime. */
export const startedCharging = z.object({ chunks: z.array(z.int().positive()) });
export type StartedCharging = z.output<typeof startedCharging>;

export const chargeChunkInput = duesExecution.extend({ chunk: z.int().positive() });
export type ChargeChunkInput = z.output<typeof chargeChunkInput>;
/** How many lines are left for another run of the step: it stops well before its time is up. */
export const chargedChunk = z.object({ left: z.int().nonnegative() });
export type ChargedChunk = z.output<typeof chargedChunk>;

export const holdRunInput = duesExecution.extend({ error: z.string() });
export type HoldRunInput = z.output<typeof holdRunInput>;

/** From the calendar: nothing is told but the time of day. */
export const calendarCalls = z.object({});
