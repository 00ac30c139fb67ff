/** One thing measured: its lines are printed as they are, ratios first. */
export interface Benchmark {
  readonly name: string;
  readonly measure: () => Promise<readonly string[]>;
}

/** The fastest of several runs, in ms: what the machine can do, less what else it was doing. */
export async function fastest(runs: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
