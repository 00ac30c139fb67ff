import type { Filed } from "../filing/filed.ts";
import type { RunId } from "../owner.ts";

export const runStatuses = ["planned", "awaiting-confirmation", "charging", "reported", "cancelled"] as const;

/** One run over the payers of a year: planned, confirmed by a person, charged, reported. */
export interface DuesRun {
  id: RunId;
  year: number;
  status: (typeof runStatuses)[number];
}

/** Everything we hold on one run; what it did to each payer lies with the payer. */
export interface RunFile extends Filed<"run"> {
  run: DuesRun;
}
