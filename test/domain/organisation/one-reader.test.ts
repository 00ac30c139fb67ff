import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cvrsNamedIn, isCvr, parseCvr, textHasCvr } from "../../../shared/domain/organisation/cvr-number.ts";
import { isGln, parseGln } from "../../../shared/domain/organisation/gln.ts";

const runs = { seed: 3, numRuns: 1_000, endOnFailure: true };
const digits = (count: number) =>
  fc.array(fc.nat(9), { minLength: count, maxLength: count }).map((numbers) => numbers.join(""));
/** Made valid by its last digit; a few of the first seven or twelve have none that fits. */
const completed = (first: string, isValid: (number: string) => boolean) =>
  Array.from({ length: 10 }, (_, last) => `${first}${last}`).find(isValid);
const valid = (length: number, isValid: (number: string) => boolean, otherwise: string) =>
  digits(length - 1).map((first) => completed(first, isValid) ?? otherwise);

const separators = ["", " ", "-", ".", "–", "‑", "\u00a0", "\u2009", "\u202f", "/", "·", "_"];
const unseen = ["", "\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u202a", "\u3164", "\u{e0041}"];

/** The same digits with anything between any two of them. */
const writtenOut = (number: string) =>
  fc
    .array(fc.tuple(fc.constantFrom(...separators), fc.constantFrom(...unseen)), {
      minLength: number.length,
      maxLength: number.length,
    })
    .map((between) => [...number].map((digit, at) => digit + (between[at] ?? []).join("")).join(""));

const labelled = (labels: readonly string[], numbers: fc.Arbitrary<string>) =>
  numbers.chain((number) =>
    fc
      .tuple(fc.constantFrom(...labels), writtenOut(number), fc.constantFrom(...unseen))
      .map(([label, written, mark]) => ({ number, typed: `${mark}${label}${mark}${written}` })),
  );

const cvrs = labelled(
  ["", "CVR ", "cvr-nr. ", "CVR: ", "DK", "DK-", "CVR-nummer: DK ", "Moms nr. ", "SE-nr. "],
  valid(8, isCvr, "13748136"),
);
const glns = labelled(
  ["", "EAN ", "EAN-nr.: ", "GLN:", "Lokationsnummer "],
  valid(13, isGln, "5790000423408"),
);

describe("A number", () => {
  it("is the same CVR number whatever stands between its digits and before them", () => {
    fc.assert(
      fc.property(cvrs, ({ number, typed }) => {
        expect(parseCvr(typed)).toBe(number);
      }),
      runs,
    );
  });

  it("is the same EAN number whatever stands between its digits and before them", () => {
    fc.assert(
      fc.property(glns, ({ number, typed }) => {
        expect(parseGln(typed)).toBe(number);
      }),
      runs,
    );
  });

  it("that the form reads is found in a document that writes it in the same way", () => {
    fc.assert(
      fc.property(cvrs, ({ number, typed }) => {
        expect(textHasCvr(`Mellem OS2 og kommunen, ${typed}\nog så videre`, number)).toBe(true);
      }),
      runs,
    );
  });

  it("that a document names by its label is read as the form would read it", () => {
    fc.assert(
      fc.property(cvrs, ({ number, typed }) => {
        expect(cvrsNamedIn(`Aarhus Kommune\nCVR ${typed}, Rådhuspladsen`)).toEqual([number]);
      }),
      runs,
    );
  });

  it("is found over the end of a line where it is called a CVR number, and beside other numbers", () => {
    expect(textHasCvr("CVR-nr. 13748\r\n136", "13748136")).toBe(true);
    expect(cvrsNamedIn("CVR 13-74-\n81-36")).toEqual(["13748136"]);
    expect(cvrsNamedIn("CVR 13748136\n1. januar")).toEqual(["13748136"]);
    for (const text of ["Torvet 4, 13748136, 8000 Aarhus", "tlf. 33 44 55 66 13 74 81 36", "13748136 2026"]) {
      expect(textHasCvr(text, "13748136"), text).toBe(true);
    }
  });

  it("is not found in a longer one, on two lines that don't call it so, or without a label", () => {
    for (const longer of ["13-74-81-36-1", "1-13-74-81-36", "13.74.81.36.1", "13748136/1"]) {
      expect(textHasCvr(`CVR ${longer}`, "13748136"), longer).toBe(false);
      expect(cvrsNamedIn(`CVR ${longer}`), longer).toEqual([]);
    }
    expect(cvrsNamedIn("CVR 13748\n\n136")).toEqual([]);
    expect(textHasCvr("konto 113748136", "13748136")).toBe(false);
    expect(textHasCvr("1374\n8136", "13748136")).toBe(false);
    expect(textHasCvr("13 74 og 81 36", "13748136")).toBe(false);
    expect(cvrsNamedIn("tlf. 13 74 81 36")).toEqual([]);
    expect(cvrsNamedIn("CVR-nr. 13-74-81-36 og DK 55.13.30.18")).toEqual(["13748136", "55133018"]);
  });

  it("is refused in time by its length, whatever it is made of", () => {
    for (const unit of ["1", "1 ", "cvr ", "CVR-", "1a", "DK", "\u0301", "\u0f73\u0f81", "1\u200b", "- "]) {
      const text = unit.repeat(200_000 / unit.length);
      const started = performance.now();
      expect(parseCvr(text)).toBe("CVR_FORMAT");
      expect(parseGln(text)).toBe("GLN_FORMAT");
      textHasCvr(text, "13748136");
      cvrsNamedIn(text);
      expect(performance.now() - started, JSON.stringify(unit)).toBeLessThan(2_000);
    }
  });
});
