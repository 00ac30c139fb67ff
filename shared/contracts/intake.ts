import * as z from "zod/mini";
import { intakeWaits } from "../domain/case-changes/plan-next-wake.ts";
import { stages } from "../domain/filing/round.ts";
import type { CaseId } from "../domain/owner.ts";
import { heldBecause, namesOf, taskToken } from "./waits.ts";

/**
 * What travels between the steps of agreement-intake: ids, codes and seconds, never anything personal.
 * Each step's function parses its input with the schema here and answers its output; the workflow reads
 * nothing else.
 */

export const intakeExecution = z.object({
  caseId: z.pipe(
    z.string(),
    z.transform((id) => id as CaseId),
  ),
  /** `uploads/<caseId>.pdf` in the incoming bucket: one key a case, and each file sent is a version of it. */
  key: z.string(),
  versionId: z.string(),
});
export type IntakeExecution = z.output<typeof intakeExecution>;

/** Registered: this is the newest upload. Superseded: a newer one exists. Closed: the case takes no more. */
const registeredOutcomes = ["registered", "superseded", "closed"] as const;
export const REGISTERED = namesOf(registeredOutcomes);
export const registeredUpload = z.object({ outcome: z.enum(registeredOutcomes) });
export type RegisteredUpload = z.output<typeof registeredUpload>;

const judgedOutcomes = ["accepted", "rejected"] as const;
export const JUDGED = namesOf(judgedOutcomes);
export const judgedDocument = z.object({ outcome: z.enum(judgedOutcomes) });
export type JudgedDocument = z.output<typeof judgedDocument>;

export const ROUND_STAGES = namesOf(stages);
export const openRoundInput = z.extend(intakeExecution, { stage: z.enum(stages) });
export type OpenRoundInput = z.output<typeof openRoundInput>;

/**
 * Ask: go and wait, whatever became of the case the wait finds out. Pass: the stage is behind us. Unconfirmed: the
 * contact has not answered; confirming starts the next attempt.
 */
const askedOutcomes = ["ask", "pass", "unconfirmed"] as const;
export const ASKED = namesOf(askedOutcomes);
export const openedRound = z.object({ outcome: z.enum(askedOutcomes) });
export type OpenedRound = z.output<typeof openedRound>;

/** What an execution waits for: the malware verdict, or a stage's decision. */
export const WAITS = namesOf(intakeWaits);
export const planNextWakeInput = z.extend(intakeExecution, { wait: z.enum(intakeWaits) });
export type PlanNextWakeInput = z.output<typeof planNextWakeInput>;
export const storeTaskTokenInput = z.extend(planNextWakeInput, taskToken);
export type StoreTaskTokenInput = z.output<typeof storeTaskTokenInput>;

/** What "Hold the case for a person" is told: that the scan can't be waited for any longer, or an error's name. */
export const SCAN_HELD = heldBecause(WAITS.scan);
export const holdCaseInput = z.extend(intakeExecution, { error: z.string() });
export type HoldCaseInput = z.output<typeof holdCaseInput>;
