import type { CaseFile } from "../agreement/case-file.ts";
import type { WorkflowToResume } from "../errands/errand.ts";

/** Wakes every execution of the case that has handed out a token. Each plans again, so one too many does no harm. */
export function wakeExecutions(file: Pick<CaseFile, "waits">): WorkflowToResume[] {
  return [...file.waits.keys()].map((versionId) => ({ type: "resume", versionId }));
}
