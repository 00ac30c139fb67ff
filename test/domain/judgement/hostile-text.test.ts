import { expect, it } from "vitest";
import { recogniseAgreement } from "../../../shared/domain/judgement/templates/recognise-agreement.ts";

it.each([
  ["accents", "\u0301"],
  ["vowel signs that are two in one", "\u0f73\u0f81"],
  ["accents of two orders in turn", "\u0301\u0323"],
])("A text of nothing but %s is told from the agreement at once", (_what, marks) => {
  const text = `a${marks.repeat(200_000 / marks.length)}`;
  const started = performance.now();
  expect(recogniseAgreement(text)).toBeUndefined();
  // Sorting one run of 200,000 marks takes ten seconds and more; in runs of thirty it takes some milliseconds.
  expect(performance.now() - started).toBeLessThan(2_000);
});
