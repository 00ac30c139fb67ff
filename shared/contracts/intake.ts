import * as z from "zod";

/**
 * What travels between the steps of agreement-intake: ids, codes and seconds, never anything personal.
 * Each step's function parses its input with the schema here and answers its output; the workflow reads
 * nothing else.
 */

export const intakeExecution = z.strictObject({
  caseId: z.string(),
  /** `uploads/<caseId>.pdf` in the incoming bucket: one key a case, and each file sent is a version of it. */
  key: z.string(),
  versionId: z.string(),
});
export type IntakeExecution = z.output<typeof intakeExecution>;

/** Registered: this is the newest upload. Superseded: a newer one exists. Closed: the case takes no more. */
export const REGISTERED = { registered: "registered", superseded: "superseded", closed: "closed" } as const;
export const registeredUpload = z.strictObject({ outcome: z.enum(REGISTERED) });
export type RegisteredUpload = z.output<typeof registeredUpload>;

export const JUDGED = { accepted: "accepted", rejected: "rejected" } as const;
export const judgedDocument = z.strictObject({ outcome: z.enum(JUDGED) });
export type JudgedDocument = z.output<typeof judgedDocument>;

export const ROUND_STAGES = { secretariat: "secretariat", chair: "chair" } as const;
export type RoundStage = (typeof ROUND_STAGES)[keyof typeof ROUND_STAGES];
export const openRoundInput = intakeExecution.extend({ stage: z.enum(ROUND_STAGES) });
export type OpenRoundInput = z.output<typeof openRoundInput>;

/** Skipped: the kind's setting asks nobody at this stage. */
export const OPENED = { opened: "opened", skipped: "skipped" } as const;
export const openedRound = z.strictObject({ outcome: z.enum(OPENED) });
export type OpenedRound = z.output<typeof openedRound>;

/** What an execution waits for: the malware verdict, a decision, or a person who resolves a task. */
export const WAITS = { scan: "scan", secretariat: "secretariat", chair: "chair", person: "person" } as const;
export type WaitName = (typeof WAITS)[keyof typeof WAITS];
export const planNextWakeInput = intakeExecution.extend({ wait: z.enum(WAITS) });
export type PlanNextWakeInput = z.output<typeof planNextWakeInput>;

/**
 * - wait: nothing has happened; sleep until the next reminder, escalation or expiry
 * - passed: what was waited for came, go on
 * - closed: the case or the round was ended elsewhere (declined, returned, withdrawn, a newer upload)
 * - expired: nobody decided in time
 * - held: it cannot go on without a person (a threat was found, no verdict came)
 */
export const PLANNED = {
  wait: "wait",
  passed: "passed",
  closed: "closed",
  expired: "expired",
  held: "held",
} as const;
export const plannedWake = z.strictObject({
  outcome: z.enum(PLANNED),
  /** Read only on `wait`, but always there: a JSONPath that finds nothing fails the state. */
  wake: z.strictObject({ seconds: z.int().min(1) }),
});
export type PlannedWake = z.output<typeof plannedWake>;

export const storeTaskTokenInput = planNextWakeInput.extend({ taskToken: z.string().min(1) });
export type StoreTaskTokenInput = z.output<typeof storeTaskTokenInput>;

/** The error codes the workflow itself gives to "Hold the case for a person"; else it is the error's name. */
export const HELD_BECAUSE = {
  scan: "MalwareScanHeld",
  secretariat: "SecretariatRoundHeld",
  chair: "ChairRoundHeld",
  person: "StillHeld",
} as const satisfies Record<WaitName, string>;
export const holdCaseInput = intakeExecution.extend({ error: z.string() });
export type HoldCaseInput = z.output<typeof holdCaseInput>;

/** What a step that only does something answers. */
export const stepDone = z.strictObject({});
export type StepDone = z.output<typeof stepDone>;
