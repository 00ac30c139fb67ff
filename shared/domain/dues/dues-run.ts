import type { Filed } from "../filing/filed.ts";
import type { Round } from "../filing/round.ts";
import type { PersonId, RunId } from "../owner.ts";
import { type Owner, ownerOf } from "../owner.ts";
import type { RunPlan } from "./dues-plan.ts";

/** The lines that a person holds back, by member number, and why. */
export interface HeldLines {
  memberNumbers: readonly string[];
  reasonId?: PersonId | undefined;
}

/** What became of the lines that were to be charged. */
export interface RunReport {
  sent: number;
  sentOere: number;
  held: number;
  /** The payer's file is not what was confirmed: in the next small plan. */
  changed: number;
  /** Not charged, for a reason of ours: in the next run. */
  failed: number;
}

interface Confirmed {
  plan: RunPlan;
  held: HeldLines;
  confirmedAt: number;
}

/** One run over the payers of a year: planned, confirmed by a person, charged, reported; and again for what is missing. */
export type DuesRun = { id: RunId; year: number } & RunState;

export type RunState =
  | { status: "planning" }
  | { status: "awaiting-confirmation"; plan: RunPlan; round: Round }
  /** Confirmed, and a person can stop it still. */
  | ({ status: "waiting"; sendsAt: number } & Confirmed)
  | ({ status: "charging" } & Confirmed)
  | ({ status: "reported"; report: RunReport; reportedAt: number } & Confirmed)
  /** Before or while it sent; what was sent stands. */
  | ({ status: "stopped"; stoppedAt: number } & Confirmed)
  | { status: "cancelled"; plan: RunPlan; reasonId: PersonId };
export type RunStatus = RunState["status"];

/** Everything we hold on one run; what it did to each payer lies with the payer. */
export interface RunFile extends Filed<"run"> {
  run: DuesRun;
}

export function duesRunId(year: number): RunId {
  return `dues-${year}` as RunId;
}

export function duesRun(year: number): Owner<"run"> {
  return ownerOf("run", duesRunId(year));
}

/** The statuses from which a year can be planned again. */
const over: readonly RunStatus[] = ["reported", "stopped", "cancelled"];

export function isOver(run: DuesRun): boolean {
  return over.includes(run.status);
}
