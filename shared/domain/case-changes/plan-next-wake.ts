import {
  type CaseStatus,
  currentUpload,
  isClosed,
  isInRound,
  type Stage,
} from "../agreement/agreement-case.ts";
import type { CaseFile, UploadRecord } from "../agreement/case-file.ts";

/** What an execution can wait for, and how its wait stands. */
export type Wait = "scan" | "secretariat" | "chair" | "person";

export type Plan =
  | { outcome: "wait"; seconds: number }
  /** Go on: what was waited for has come. */
  | { outcome: "passed" }
  /** The case or the round was ended elsewhere; this execution has nothing more to do. */
  | { outcome: "closed" }
  | { outcome: "expired" }
  /** A person has to look before this can go on. */
  | { outcome: "held" };

/** GuardDuty answers in seconds; after this long without a word, a person looks. */
export const scanPatienceMs = 15 * 60 * 1000;

/** Nobody resolves a task sooner for being polled: a look a week is there so that no wait is without an end. */
const personPatienceMs = 7 * 24 * 60 * 60 * 1000;

/**
 * How one execution's wait stands, by the case alone: what happened while nobody looked is seen on the next plan,
 * so a lost, late or doubled answer to a wait does no harm.
 * @param versionId the object version the execution is about.
 */
export function planNextWake(file: CaseFile, versionId: string, wait: Wait, now: number): Plan {
  const upload = file.uploads.find((candidate) => candidate.versionId === versionId);
  const current = currentUpload(file.case)?.versionId === versionId;
  if (!upload || !current || (isClosed(file.case) && file.case.status !== "admitted"))
    return { outcome: "closed" };
  return plans[wait](file, upload, now);
}

const plans = {
  scan: (file, upload, now) => {
    if (file.case.status !== "under-review") return { outcome: "passed" };
    if (upload.scan) return { outcome: upload.scan.verdict === "NO_THREATS_FOUND" ? "passed" : "held" };
    return waitUntil(upload.registeredAt + scanPatienceMs, now) ?? { outcome: "held" };
  },
  secretariat: (file, _upload, now) => roundPlan(file, "secretariat", now),
  chair: (file, _upload, now) => roundPlan(file, "chair", now),
  person: (file, _upload, now) =>
    file.case.hold
      ? (waitUntil(now + personPatienceMs, now) ?? { outcome: "passed" })
      : { outcome: "passed" },
} as const satisfies Record<Wait, (file: CaseFile, upload: UploadRecord, now: number) => Plan>;

/** The statuses that only an approval at the stage leads to; from any other, nothing has been passed. */
const beyond: Record<Stage, readonly CaseStatus[]> = {
  secretariat: ["endorsed", "awaiting-chair", "approved", "admitted"],
  chair: ["approved", "admitted"],
};

function roundPlan(file: CaseFile, stage: Stage, now: number): Plan {
  const agreement = file.case;
  if (beyond[stage].includes(agreement.status)) return { outcome: "passed" };
  if (!isInRound(agreement) || agreement.round.stage !== stage) return { outcome: "closed" };
  return waitUntil(agreement.round.expiresAt, now) ?? { outcome: "expired" };
}

/** Whole seconds, rounded up, so that the plan made on waking finds the moment passed. */
function waitUntil(moment: number, now: number): Plan | undefined {
  return now >= moment ? undefined : { outcome: "wait", seconds: Math.ceil((moment - now) / 1000) };
}
