import { describe, expect, test } from "vitest";
import { PdfJudge } from "../../shared/adapters/pdf/pdf-judge.ts";
import {
  agreesWithLabel,
  bytesOf,
  corpus,
  corpusNow,
  documentedDisagreements,
  judgedByItsOwn,
  judgedByOurs,
  nothingPasses,
} from "./corpus.ts";

/** The long proof (`npm run soak`) draws every file. */
const drawn = corpus.filter((_, index) => index % 20 === 0);
const forged = corpus.filter(({ label }) => label === "invalid" || label === "modified");

describe.skipIf(corpus.length === 0)("Real files (skipped where ../shared/corpus is not beside us)", () => {
  test("every file is read and judged without a crash", { timeout: 240_000 }, async () => {
    for (const file of corpus) {
      const judgement = await judgedByOurs(bytesOf(file)).catch((error: unknown) => {
        throw new Error(`${file.name} broke the reader`, { cause: error });
      });
      expect(judgement.bytes, file.name).toBeGreaterThan(0);
    }
  });

  test("nothing labelled invalid or modified passes", { timeout: 60_000 }, async () => {
    for (const file of forged) expect(nothingPasses(await judgedByOurs(bytesOf(file))), file.name).toBe(true);
    expect(forged.length).toBeGreaterThan(20);
  });

  test("where we disagree with a label, the documentation says why, and nowhere else", {
    timeout: 240_000,
  }, async () => {
    const disagreements = new Set<string>();
    for (const file of corpus) {
      const judgement = await judgedByItsOwn(bytesOf(file));
      if (!agreesWithLabel(file.label, judgement)) disagreements.add(file.name);
    }
    expect([...disagreements].sort()).toEqual([...documentedDisagreements()].sort());
  });

  test("drawing them neither crashes nor hangs", { timeout: 60_000 }, async () => {
    const judge = new PdfJudge();
    for (const file of drawn) {
      const { judgement, firstPage } = await judge.judge(bytesOf(file), { now: corpusNow });
      const broke = judgement.findings.some(
        ({ code, detail }) => code === "COULD_NOT_BE_READ_SAFELY" && detail !== "drawing",
      );
      expect(broke, file.name).toBe(false);
      expect(judgement.verdict, file.name).not.toBe("PASSED");
      if (judgement.verdict !== "REJECTED") expect(await firstPage, file.name).toBeDefined();
    }
    await judge.close();
  });
});
