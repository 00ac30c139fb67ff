import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgedFile } from "../support/pdfs/judged-file.ts";
import { mayPass, mutants, mutationBases, wronglyPassed } from "../support/pdfs/mutations.ts";

/** `npm run soak` runs a hundred thousand; this is the fixed sample of them. */
const SAMPLE = { seed: 20_261_123, numRuns: 2_000 } as const;

describe("Signed files, changed at random", () => {
  it.each(mutationBases().map((base) => [base.name, base] as const))(
    "%s: passes as it is",
    async (_name, base) => {
      expect((await judgedFile(base.pdf)).verdict).toBe("PASSED");
      expect(mayPass(base, base.pdf)).toBe(true);
    },
  );

  it("are judged without a crash, and pass only where no signature reaches", async () => {
    await fc.assert(
      fc.asyncProperty(mutants, async (mutant) => {
        expect(await wronglyPassed(mutant, judgedFile)).toBeUndefined();
      }),
      SAMPLE,
    );
  }, 300_000);
});
