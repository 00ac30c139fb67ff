import type { CaseId, RunId } from "../domain/owner.ts";

export interface IntakeInput {
  caseId: CaseId;
  key: string;
  versionId: string;
}

/** One run over the payers of a year. */
export interface DuesInput {
  runId: RunId;
}

/** How one attempt stands: `outdated` runs, under another definition than the one that is deployed now. */
export type AttemptStanding = "running" | "outdated" | "ended";

/** Starts and ends executions of one workflow. The table, not the workflow, is the truth. */
export interface WorkflowStarter<Input> {
  /** Idempotent: the name is a hash of what the execution is about and of the attempt. */
  start(input: Input, attempt: number): Promise<"started" | "already-started">;
  standing(input: Input, attempt: number): Promise<AttemptStanding>;
  /** Ends an execution that waits under a definition of old; what it did stands in the table. */
  stop(input: Input, attempt: number): Promise<void>;
}
export type IntakeStarter = WorkflowStarter<IntakeInput>;
export type DuesStarter = WorkflowStarter<DuesInput>;

export interface WorkflowResumer {
  /** A token that has timed out, was used or belongs to an ended execution is no error: the answer came too late. */
  resume(token: string): Promise<"resumed" | "too-late">;
}
