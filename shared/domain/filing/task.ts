import type { OwnerKind, PersonId, TaskId } from "../owner.ts";

export const taskReasons = [
  "STEP_FAILED",
  "SCAN_MISSING",
  "THREATS_FOUND",
  "NOT_SCANNABLE",
  "RIVAL_ADMITTED",
  "NOT_INVOICE_READY",
  "INVOICE_TO_HAND_OVER",
  "MAIL_UNCERTAIN",
  "MAIL_UNDELIVERED",
] as const;
export type TaskReason = (typeof taskReasons)[number];

/** What a person may choose on a task's page. */
export const taskResolutions = [
  "retry",
  "ask-for-new-file",
  "send-again",
  "close-case",
  "handed-over",
  "mark-done",
] as const;
export type TaskResolution = (typeof taskResolutions)[number];

export interface TaskRules {
  /** Whose files can have it. */
  of: readonly OwnerKind[];
  /** Whether what the file is about stands still until the task is resolved. */
  holds: boolean;
  resolutions: readonly TaskResolution[];
}

const everybody = ["case", "member", "run", "office"] as const satisfies readonly OwnerKind[];

/** What is legal on each task; anything unlisted is refused. */
export const taskRules = {
  STEP_FAILED: { of: ["case", "run"], holds: true, resolutions: ["retry"] },
  SCAN_MISSING: { of: ["case"], holds: true, resolutions: ["retry", "ask-for-new-file"] },
  THREATS_FOUND: { of: ["case"], holds: true, resolutions: ["ask-for-new-file"] },
  NOT_SCANNABLE: { of: ["case"], holds: true, resolutions: ["retry", "ask-for-new-file"] },
  RIVAL_ADMITTED: { of: ["case"], holds: true, resolutions: ["close-case"] },
  NOT_INVOICE_READY: { of: ["member"], holds: false, resolutions: ["retry", "mark-done"] },
  INVOICE_TO_HAND_OVER: { of: ["member"], holds: false, resolutions: ["handed-over"] },
  MAIL_UNCERTAIN: { of: everybody, holds: false, resolutions: ["send-again", "mark-done"] },
  MAIL_UNDELIVERED: { of: everybody, holds: false, resolutions: ["send-again", "mark-done"] },
} as const satisfies Record<TaskReason, TaskRules>;

/** Something that only a person can settle. Opened once per cause. */
export interface TaskRecord {
  id: TaskId;
  reason: TaskReason;
  /** What caused it, so that the same cause opens one task: a step, a version, a mail's ledger key. */
  cause: string;
  since: number;
  /** A code or an id that the page explains, never free text about a person. */
  detail?: string | undefined;
  resolved?:
    | {
        resolution: TaskResolution;
        at: number;
        byId?: PersonId | undefined;
        reasonId?: PersonId | undefined;
      }
    | undefined;
}
