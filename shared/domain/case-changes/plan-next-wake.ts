import { type CaseStatus, isClosed, isInRound } from "../agreement/agreement-case.ts";
import type { CaseFile, UploadRecord } from "../agreement/case-file.ts";
import { isAbout, uploadOf } from "../agreement/case-questions.ts";
import type { CaseChange } from "../files.ts";
import { type Plan, waitUntil } from "../filing/plan.ts";
import { type Stage, stages } from "../filing/round.ts";
import { timeRunsOut } from "./case-ends.ts";

/** What an intake can wait for: the malware verdict, or a stage's decision. */
export const intakeWaits = ["scan", ...stages] as const;
export type IntakeWait = (typeof intakeWaits)[number];

/** GuardDuty answers in seconds; after this long without a word, a person looks. */
export const scanPatienceMs = 15 * 60 * 1000;

/**
 * What the clock owes a waiting case, done by the plan in a transaction of its own: nothing else in the workflow
 * knows what a wait can want.
 */
export function clockStrikes(file: CaseFile, versionId: string, now: number): CaseChange | undefined {
  return isAbout(file, versionId) && isInRound(file.case) ? timeRunsOut(file, now) : undefined;
}

/**
 * How one execution's wait stands, by the case alone: what happened while nobody looked is seen on the next plan,
 * so a lost, late or doubled answer to a wait does no harm.
 * @param versionId the object version the execution is about.
 */
export function planNextWake(file: CaseFile, versionId: string, wait: IntakeWait, now: number): Plan {
  if (file.case.status === "expired") return { outcome: "expired" };
  const upload = uploadOf(file, versionId);
  if (!upload || !isAbout(file, versionId) || (isClosed(file.case) && file.case.status !== "admitted"))
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
} as const satisfies Record<IntakeWait, (file: CaseFile, upload: UploadRecord, now: number) => Plan>;

/** The statuses that only an approval at the stage leads to; from any other, nothing has been passed. */
const beyond: Record<Stage, readonly CaseStatus[]> = {
  secretariat: ["endorsed", "awaiting-chair", "approved", "admitted"],
  chair: ["approved", "admitted"],
};

/** Whether a stage has said yes to what the case is about. */
export function isBeyond(file: Pick<CaseFile, "case">, stage: Stage): boolean {
  return beyond[stage].includes(file.case.status);
}

function roundPlan(file: CaseFile, stage: Stage, now: number): Plan {
  const agreement = file.case;
  if (isBeyond(file, stage)) return { outcome: "passed" };
  if (!isInRound(agreement) || agreement.round.stage !== stage) return { outcome: "closed" };
  return waitUntil(agreement.round.expiresAt, now) ?? { outcome: "expired" };
}
