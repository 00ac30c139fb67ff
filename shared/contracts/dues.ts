import * as z from "zod/mini";
import type { RunId } from "../domain/owner.ts";
import { runWaits } from "../domain/run-changes/plan-run-wake.ts";
import { namesOf, taskToken } from "./waits.ts";

/** What travels between the steps of annual-dues: ids, numbers and seconds. */

export const duesExecution = z.object({
  runId: z.pipe(
    z.string(),
    z.transform((id) => id as RunId),
  ),
});
export type DuesExecution = z.output<typeof duesExecution>;

export const RUN_WAITS = namesOf(runWaits);
export const planRunWakeInput = z.extend(duesExecution, { wait: z.enum(runWaits) });
export type PlanRunWakeInput = z.output<typeof planRunWakeInput>;
export const storeRunTokenInput = z.extend(planRunWakeInput, taskToken);
export type StoreRunTokenInput = z.output<typeof storeRunTokenInput>;

/** The numbers of the chunks to charge; none where the run was stopped in the meantime. */
export const startedCharging = z.object({ chunks: z.array(z.int().check(z.positive())) });
export type StartedCharging = z.output<typeof startedCharging>;

export const chargeChunkInput = z.extend(duesExecution, { chunk: z.int().check(z.positive()) });
export type ChargeChunkInput = z.output<typeof chargeChunkInput>;
/** How many lines are left for another run of the step: it stops well before its time is up. */
export const chargedChunk = z.object({ left: z.int().check(z.nonnegative()) });
export type ChargedChunk = z.output<typeof chargedChunk>;

export const holdRunInput = z.extend(duesExecution, { error: z.string() });
export type HoldRunInput = z.output<typeof holdRunInput>;

/** From the calendar: nothing is told but the time of day. */
export const calendarCalls = z.object({});
