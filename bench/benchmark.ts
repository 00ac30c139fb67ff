/** One thing measured: its lines are printed as they are, ratios first. */
export interface Benchmark {
  readonly name: string;
  readonly measure: () => Promise<readonly string[]>;
}

/** As many turns as fit in, for code to get warm: some twenty at 50 MB, hundreds at 1 MB. */
const timeMs = 4_000;

/**
 * The fastest time of each work, in ms: what the machine can do, less what else it was doing. The works take turns, so
 * that a ratio of two of them compares the same machine in the same minute.
 */
export async function fastestInTurn<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<Name, number>;
  const end = performance.now() + timeMs;
  do {
    for (const name of names) {
      const start = performance.now();
      await works[name]();
      best[name] = Math.min(best[name], performance.now() - start);
    }
  } while (performance.now() < end);
  return best;
}
