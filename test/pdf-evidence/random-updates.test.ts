import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgedFile, passes } from "../support/pdfs/judged-file.ts";
import { randomUpdates, updated, wronglyValid } from "../support/pdfs/random-updates.ts";

/** `npm run soak` runs fifty thousand; this is the fixed sample of them. */
const SAMPLE = { seed: 20_261_123, numRuns: 400 } as const;

describe("Signed files with a random revision behind the signature", () => {
  it("show what was signed wherever a signature is still called valid", async () => {
    await fc.assert(
      fc.asyncProperty(randomUpdates, async (update) => {
        expect(await wronglyValid(update, async (pdf) => passes(await judgedFile(pdf)))).not.toBe("wrong");
      }),
      SAMPLE,
    );
  }, 300_000);

  it("a page count that is no number does not hide pages unseen", async () => {
    const update = {
      base: 4,
      changes: [{ kind: "entry", object: 1, key: 1, value: 3 }],
      style: "table",
    } as const;
    const pdf = updated(update);
    expect(pdf?.toString("latin1")).toContain("/Count true");
    expect(pdf && passes(await judgedFile(pdf))).toBe(false);
  });

  it("a security store that can't be decoded is no reason to crash", async () => {
    const update = {
      base: 5,
      changes: [{ kind: "entry", object: 29_236, key: 54_136, value: 56_499 }],
      style: "stream",
    } as const;
    const pdf = updated(update);
    expect(pdf && (await judgedFile(pdf)).verdict).toBeDefined();
  });
});
