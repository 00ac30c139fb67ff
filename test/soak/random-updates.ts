import type { Buffer } from "node:buffer";
import fc from "fast-check";
import { judgedFile, passes } from "../support/pdfs/judged-file.ts";
import { randomUpdates, wronglyValid } from "../support/pdfs/random-updates.ts";
import type { Proof } from "./proof.ts";

/** Signed files updated at random: wherever a signature is still valid, PDFium draws what was signed. */
export const randomUpdatesProof: Proof = {
  name: "random updates of signed files",
  cases: 50_000,
  casesPerBatch: 250,
  runBatch: async ({ seed, index, cases }) => {
    const counts = { crashed: 0, "still valid": 0, "shows something else": 0 };
    const failures: string[] = [];
    const stillValid = async (pdf: Buffer) => passes(await judgedFile(pdf));
    for (const update of fc.sample(randomUpdates, { seed: seed + index, numRuns: cases })) {
      try {
        const answer = await wronglyValid(update, stillValid);
        if (answer === "passed") counts["still valid"]++;
        if (answer !== "wrong") continue;
        counts["shows something else"]++;
        failures.push(JSON.stringify(update));
      } catch (error) {
        counts.crashed++;
        failures.push(`${String(error)}: ${JSON.stringify(update)}`);
      }
    }
    return { counts, failures };
  },
};
