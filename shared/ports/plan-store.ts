import type { PlanLine } from "../domain/dues/plan-line.ts";
import type { RunId } from "../domain/owner.ts";

/** One plan of one run: a plan is known by its hash. */
export interface PlanAddress {
  runId: RunId;
  sha256: string;
}

/** Where the lines of plans lie, in chunks numbered from 1; written once and never changed. */
export interface PlanStore {
  write(plan: PlanAddress, chunk: number, lines: readonly PlanLine[]): Promise<void>;
  /** @throws PlanIsMissing where there is no such chunk */
  read(plan: PlanAddress, chunk: number): Promise<PlanLine[]>;
}

/** A run names a plan whose lines are not there: a fault of ours, never an empty run. */
export class PlanIsMissing extends Error {
  override readonly name = "PlanIsMissing";
}
