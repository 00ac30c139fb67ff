import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const progressSchema = z.object({
  batches: z.int().nonnegative(),
  cases: z.int().nonnegative(),
  counts: z.record(z.string(), z.number()),
  failures: z.array(z.string()),
});
/** How far a proof has come under one seed. */
export type Progress = z.infer<typeof progressSchema>;

const NOTHING: Progress = { batches: 0, cases: 0, counts: {}, failures: [] };

/** Keeps the progress of each proof and seed in a file, written whole or not at all, so that a run resumes. */
export class SoakProgress {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  read(proof: string, seed: number): Progress {
    try {
      return progressSchema.parse(JSON.parse(readFileSync(this.#file(proof, seed), "utf8")));
    } catch {
      // None yet, or not readable: the proof begins anew, which costs time and nothing else.
      return NOTHING;
    }
  }

  write(proof: string, seed: number, progress: Progress): void {
    const file = this.#file(proof, seed);
    writeFileSync(`${file}.new`, JSON.stringify(progress));
    renameSync(`${file}.new`, file);
  }

  #file(proof: string, seed: number): string {
    return join(this.#folder, `${proof.replace(/\W+/g, "-")}-${seed}.json`);
  }
}

export function added(
  progress: Progress,
  cases: number,
  counts: Readonly<Record<string, number>>,
  failures: readonly string[],
): Progress {
  const sums = { ...progress.counts };
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  return {
    batches: progress.batches + 1,
    cases: progress.cases + cases,
    counts: sums,
    failures: [...progress.failures, ...failures].slice(0, 100),
  };
}
