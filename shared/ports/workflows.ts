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

/** Runs a case's errands, at once but apart from who asks. The hourly sweep runs what was lost. */
export interface ErrandRunner {
  runSoon(caseId: CaseId): Promise<void>;
}
