import type { PlanLine } from "../../../shared/domain/dues/plan-line.ts";
import { type PlanAddress, PlanIsMissing, type PlanStore } from "../../../shared/ports/plan-store.ts";

/** Plans in memory, chunk by chunk. */
export class MemoryPlans implements PlanStore {
  private readonly chunks = new Map<string, readonly PlanLine[]>();

  async write(plan: PlanAddress, chunk: number, lines: readonly PlanLine[]): Promise<void> {
    this.chunks.set(keyOf(plan, chunk), structuredClone(lines));
  }

  async read(plan: PlanAddress, chunk: number): Promise<PlanLine[]> {
    const lines = this.chunks.get(keyOf(plan, chunk));
    if (!lines) throw new PlanIsMissing(keyOf(plan, chunk));
    return structuredClone([...lines]);
  }
}

function keyOf({ runId, sha256 }: PlanAddress, chunk: number): string {
  return `${runId} ${sha256} ${chunk}`;
}
