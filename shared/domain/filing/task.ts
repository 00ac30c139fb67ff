import type { HoldReason } from "../agreement/agreement-case.ts";

export const taskReasons = [
  "STEP_FAILED",
  "SCAN_MISSING",
  "THREATS_FOUND",
  "NOT_SCANNABLE",
  "NOT_INVOICE_READY",
  "MAIL_UNCERTAIN",
  "MAIL_UNDELIVERED",
] as const satisfies readonly (HoldReason | string)[];
export type TaskReason = (typeof taskReasons)[number];

/** What a person may choose on a task's page. */
export const taskResolutions = ["retry", "ask-for-new-file", "send-again", "mark-done"] as const;
export type TaskResolution = (typeof taskResolutions)[number];

interface TaskRules {
  /** Whether the case stands still until the task is resolved. */
  holds: boolean;
  resolutions: readonly TaskResolution[];
}

/** What is legal on each task; anything unlisted is refused. */
export const taskRules = {
  STEP_FAILED: { holds: true, resolutions: ["retry"] },
  SCAN_MISSING: { holds: true, resolutions: ["retry", "ask-for-new-file"] },
  THREATS_FOUND: { holds: true, resolutions: ["ask-for-new-file"] },
  NOT_SCANNABLE: { holds: true, resolutions: ["retry", "ask-for-new-file"] },
  NOT_INVOICE_READY: { holds: false, resolutions: ["mark-done"] },
  MAIL_UNCERTAIN: { holds: false, resolutions: ["send-again", "mark-done"] },
  MAIL_UNDELIVERED: { holds: false, resolutions: ["mark-done"] },
} as const satisfies Record<TaskReason, TaskRules>;
