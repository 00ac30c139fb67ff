import type { CaseId } from "../domain/agreement/agreement-case.ts";

export interface IntakeInput {
  caseId: CaseId;
  key: string;
  versionId: string;
}

/** Starts and wakes workflows. The table, not the workflow, is the truth. */
export interface IntakeStarter {
  /** Idempotent: the name is a hash of key and version. `attempt` > 0 starts again what ended without a result. */
  start(input: IntakeInput, attempt: number): Promise<"started" | "already-started">;
  isRunning(input: IntakeInput, attempt: number): Promise<boolean>;
}

export interface WorkflowResumer {
  /** A token that has timed out, was used or belongs to an ended execution is no error: the answer came too late. */
  resume(token: string): Promise<"resumed" | "too-late">;
}

/**
 * Has an owner's errands run again. What is committed is run without anybody asking; this is for what could not go
 * yet, and for what the sweep finds left.
 */
export interface LaterErrands {
  /** `owner` is the owner's text, `case_…`; afterSeconds is 0 to 900. */
  runLater(owner: string, afterSeconds: number): Promise<void>;
}
