import { join } from "node:path";
import { parseArgs } from "node:util";
import { drawnCorpus } from "./corpus.ts";
import { einvoices } from "./einvoices.ts";
import { kills } from "./kills.ts";
import { mutations } from "./mutations.ts";
import type { Proof } from "./proof.ts";
import { randomUpdatesProof } from "./random-updates.ts";
import { added, type Progress, SoakProgress } from "./soak-progress.ts";

/**
 * `npm run soak [-- --minutes N --seed N]`: the long proofs. The same seed gives the same cases; an
 * interrupted run goes on where it stopped. Exit 1 when anything happened that must not.
 */
const PROOFS: readonly Proof[] = [einvoices, drawnCorpus, mutations, randomUpdatesProof, kills];

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = numberOption("minutes", values.minutes, Number.POSITIVE_INFINITY);
const seed = numberOption("seed", values.seed, 1);

const store = new SoakProgress(join(process.env["DATA_DIR"] ?? ".local", "soak"));
const results: [Proof, Progress][] = [];
for (const [index, proof] of PROOFS.entries()) {
  // The time that is left is shared by the proofs that are left.
  const share = (minutes * 60_000 - performance.now()) / (PROOFS.length - index);
  results.push([proof, await run(proof, performance.now() + share)]);
}
for (const [proof, progress] of results) console.log(lineOf(proof, progress));
process.exit(results.some(([, progress]) => progress.failures.length > 0) ? 1 : 0);

async function run(proof: Proof, until: number): Promise<Progress> {
  let progress = store.read(proof.name, seed);
  while (progress.cases < proof.cases && performance.now() < until) {
    const cases = Math.min(proof.casesPerBatch, proof.cases - progress.cases);
    const { counts, failures } = await proof.runBatch({ seed, index: progress.batches, cases });
    progress = added(progress, cases, counts, failures);
    store.write(proof.name, seed, progress);
    for (const failure of failures) console.error(`${proof.name}: ${failure}`);
    if (process.stderr.isTTY) process.stderr.write(`\r${proof.name}: ${progress.cases} of ${proof.cases}`);
  }
  return progress;
}

function lineOf(proof: Proof, progress: Progress): string {
  const counts = Object.entries(progress.counts).map(([name, count]) => `${count} ${name}`);
  return `${proof.name}: ${[`${progress.cases} of ${proof.cases} cases`, ...counts].join(", ")} (seed ${seed})`;
}

function numberOption(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isNaN(value) || value < 0) {
    console.error(`--${name} takes a number, not ${text}`);
    process.exit(2);
  }
  return value;
}
