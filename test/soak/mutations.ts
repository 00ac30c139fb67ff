import type { Buffer } from "node:buffer";
import fc from "fast-check";
import { judgedFile } from "../support/pdfs/judged-file.ts";
import { mutants, wronglyPassed } from "../support/pdfs/mutations.ts";
import type { Proof } from "./proof.ts";

/** Signed files changed at random: none crashes the judge, none passes with a signed byte changed. */
export const mutations: Proof = {
  name: "mutations of signed files",
  cases: 100_000,
  casesPerBatch: 500,
  runBatch: async ({ seed, index, cases }) => {
    const counts = { crashed: 0, passed: 0, "wrongly passed": 0 };
    const failures: string[] = [];
    for (const mutant of fc.sample(mutants, { seed: seed + index, numRuns: cases })) {
      const judge = async (pdf: Buffer) => {
        const judgement = await judgedFile(pdf);
        if (judgement.verdict === "PASSED") counts.passed++;
        return judgement;
      };
      try {
        const wrong = await wronglyPassed(mutant, judge);
        if (wrong === undefined) continue;
        counts["wrongly passed"]++;
        failures.push(`${wrong}: ${JSON.stringify(mutant)}`);
      } catch (error) {
        counts.crashed++;
        failures.push(`${String(error)}: ${JSON.stringify(mutant)}`);
      }
    }
    return { counts, failures };
  },
};
