import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalForm } from "../../shared/domain/normal-form.ts";

/** Processor time, for the wall clock also counts who else is on the machine. */
function millisecondsOf(work: () => unknown): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

describe("Bringing somebody's text into one form", () => {
  test("å is one letter however it was typed", () => {
    expect(normalForm("Ha\u030andva\u0308rk", "NFC", 20)).toBe("Håndvärk");
  });

  test("what people write comes out as Unicode says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(normalForm(text, "NFC", 1_000)).toBe(text.normalize("NFC"));
      }),
      { seed: 4 },
    );
  });

  test("a letter keeps thirty marks, and loses those that nobody could see", () => {
    expect(normalForm(`a${"\u0301".repeat(200)}b`, "NFC", 1_000)).toBe(`á${"\u0301".repeat(29)}b`);
  });

  test("what is too long in any form is not brought into one: its length refuses it", () => {
    const long = "a\u030a".repeat(100);
    expect(normalForm(long, "NFC", 10)).toBe(long);
  });

  test.each([
    ["two kinds of marks that have to change places", "\u0301\u0323"],
    ["Tibetan marks that come apart into two", "\u0f73\u0f81"],
    ["Tibetan marks that come apart, and one that goes before them", "\u0f73\u0f39"],
    ["half-width letters that become marks", "\uff9e\u0323"],
    ["marks beyond the basic plane", "\u{1d165}\u{1d16d}\u0323"],
  ])("400,000 units of %s take no longer than as many letters might", (_, pair) => {
    const flood = `a${pair.repeat(400_000 / pair.length)}`.slice(0, 400_000);
    for (const form of ["NFC", "NFKC"] as const) {
      expect(millisecondsOf(() => normalForm(flood, form, 400_000))).toBeLessThan(500);
    }
  });

  test("every letter that becomes nothing but marks is counted as one", () => {
    const missed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const letter = String.fromCodePoint(code);
      const onlyMarks = /^\p{M}+$/u.test(letter.normalize("NFKD"));
      const times = (count: number) => normalForm(letter.repeat(count), "NFC", 400);
      if (onlyMarks && times(40) !== times(30)) missed.push(code.toString(16));
    }
    expect(missed).toEqual([]);
  });
});
