import type { CaseId } from "../domain/owner.ts";

export interface IntakeInput {
  caseId: CaseId;
  key: string;
  versionId: string;
}

/** How one attempt stands: `outdated` runs, under another definition than the one that is deployed now. */
export type IntakeStanding = "running" | "outdated" | "ended";

/** Starts and ends executions of agreement-intake. The table, not the workflow, is the truth. */
export interface IntakeStarter {
  /** Idempotent: the name is a hash of key, version and attempt. */
  start(input: IntakeInput, attempt: number): Promise<"started" | "already-started">;
  standing(input: IntakeInput, attempt: number): Promise<IntakeStanding>;
  /** Ends an execution that waits under a definition of old; what it did stands in the table. */
  stop(input: IntakeInput, attempt: number): Promise<void>;
}

export interface WorkflowResumer {
  /** A token that has timed out, was used or belongs to an ended execution is no error: the answer came too late. */
  resume(token: string): Promise<"resumed" | "too-late">;
}
