import type { Benchmark } from "./benchmark.ts";
import { coldFunctions } from "./cold-functions.ts";
import { coldImport } from "./cold-import.ts";
import { verifyAgainstHash } from "./verify-against-hash.ts";
import { verifyInWorker } from "./verify-in-worker.ts";
import { verifyMemory } from "./verify-memory.ts";

/** `npm run bench [-- NAME…]`: all benchmarks, or those whose name contains one of the words. */
const BENCHMARKS: readonly Benchmark[] = [
  verifyAgainstHash,
  verifyInWorker,
  verifyMemory,
  coldImport,
  coldFunctions,
];

const wanted = process.argv.slice(2);
for (const { name, measure } of BENCHMARKS) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  console.log(name);
  for (const line of await measure()) console.log(`  ${line}`);
}
