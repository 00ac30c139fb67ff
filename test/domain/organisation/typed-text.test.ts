import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePhone } from "../../../shared/domain/organisation/phone.ts";
import { parsePopulation } from "../../../shared/domain/organisation/population.ts";
import { parsePostalCode } from "../../../shared/domain/organisation/postal-code.ts";
import {
  holdsWebAddress,
  readLine,
  readName,
  seenText,
} from "../../../shared/domain/organisation/typed-text.ts";

const runs = { seed: 3, numRuns: 1_000 };

describe("A line as somebody typed it", () => {
  it.each([
    ["Aarhus Kommune", "Aarhus Kommune", "ordinary"],
    ["  Aarhus\u00a0 Kommune\n", "Aarhus Kommune", "pasted from a page"],
    ["Aar\u200bhus\ufeff Kom\u00admune", "Aarhus Kommune", "with what nobody sees"],
    ["Aarhus \u202efdp", "Aarhus fdp", "with a turned reading direction"],
    ["A\u030arhus", "Århus", "with its ring typed apart"],
    ["Bo\tPrøve", "Bo Prøve", "with a tab from a spreadsheet"],
  ])("%j is read as %j (%s)", (typed, line) => {
    expect(readLine(typed, 300)).toEqual({ line });
  });

  it.each([
    ["", "REQUIRED", "nothing"],
    ["\u200b\u3164\u115f\u1160\uffa0\u061c\u{e0041}\u2800 ", "REQUIRED", "nothing that can be seen"],
    ["a\nb", "CONTROL_CHARACTERS", "two lines"],
    ["a\u2028b", "CONTROL_CHARACTERS", "two lines of another kind"],
    ["a\u0000b", "CONTROL_CHARACTERS", "a control"],
    ["a\ud800b", "ILL_FORMED_TEXT", "half a character"],
    ["Ø".repeat(301), "TOO_LONG", "a letter too many"],
    ["\u200b".repeat(1_201), "TOO_LONG", "far more than could be kept, even of nothing"],
  ])("%j is refused with %s (%s)", (typed, error) => {
    expect(readLine(typed, 300)).toEqual({ error });
  });

  it("keeps thirty marks on a letter and no more", () => {
    expect(seenText(`e${"\u0301".repeat(31)}`)).toBe(`e${"\u0301".repeat(30)}`);
    expect(seenText(`e${"\u0301".repeat(30)}`)).toBe(`e${"\u0301".repeat(30)}`);
  });

  it("is, once read, read as itself for ever after", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (typed) => {
        const read = readLine(typed, 300);
        if ("line" in read) expect(readLine(read.line, 300)).toEqual(read);
      }),
      runs,
    );
  });
});

describe("A name", () => {
  it.each([
    "Aarhus Kommune",
    "A.P. Møller",
    "Dir. Jens P. Jensen",
    "cand.it",
    "cand.scient.pol.",
    "dipl.ing. og adm.dir.",
    "Ph.d.",
    "St.St. Blicher",
    "Kommune nr. 7 (syv)",
    "Ærø & Læsø: Østkommune",
    "Łódź Gmina",
    "Sundhed 24/7",
    "東京都",
  ])("may be %s", (typed) => {
    expect(readName(typed, 300)).toEqual({ line: typed });
  });

  it.each([
    "Bekræft på https://evil.example",
    "ftp://evil",
    "Se www.evil",
    "HASTER evil.com",
    "Ring til evil.com/mitid nu",
    "bekraeft@os2.dk",
    "mit-id.xn--p1ai",
    "Gå til ｅｖｉｌ．ｃｏｍ",
    "Gå til evil。com",
    "evil\u200b.\u200bcom",
    "EVIL.DK.",
    "sub.domain.evil.link?x=1",
    "http：//evil",
  ])("that tells where to go is refused: %s", (typed) => {
    expect(readName(typed, 300)).toEqual({ error: "WEB_ADDRESS" });
  });

  it.each(["-", "...", "\u0301", "!", "\u200d"])("of no letter and no digit is none: %j", (typed) => {
    expect(readName(typed, 300)).toEqual({ error: "REQUIRED" });
  });
});

describe("A telephone number", () => {
  it.each([
    "12 34 56 78",
    "12.34.56.78",
    "(+45) 12345678",
    "12345678 lok. 12",
    "12345678 / 87654321",
    "1234–5678",
    "+299 32 10 00",
    "11811",
  ])("is kept as a note for people: %s", (typed) => {
    expect(parsePhone(typed)).toBe(typed);
  });

  it.each([
    ["1234", "PHONE_FORMAT"],
    ["ring bare", "PHONE_FORMAT"],
    ["12345678 evil.com", "WEB_ADDRESS"],
  ])("that nobody could call, or that leads elsewhere, is refused: %s", (typed, error) => {
    expect(parsePhone(typed)).toBe(error);
  });
});

describe("A postal code of the realm", () => {
  it.each([
    ["8000", "8000"],
    ["0800", "0800"],
    ["DK-2100", "2100"],
    ["dk 2100", "2100"],
    ["100", "100"],
    ["FO-100", "100"],
    ["FO–970", "970"],
    ["GL-3900", "3900"],
    ["3900", "3900"],
    ["21\u200b00", "2100"],
  ])("typed as %j is %s", (typed, read) => {
    expect(parsePostalCode(typed)).toBe(read);
  });

  it.each(["", "99", "12345", "FO-2100", "DK-100", "GL-2100", "SE-211 20", "010", "21O0"])(
    "is not %j",
    (typed) => {
      expect(parsePostalCode(typed)).toBe("POSTAL_CODE_FORMAT");
    },
  );
});

describe("A number of citizens", () => {
  it.each([
    [59_500, 59_500],
    ["59500", 59_500],
    ["59.500", 59_500],
    ["59,500", 59_500],
    ["59 500", 59_500],
    ["59\u202f500", 59_500],
    ["1.234.567", 1_234_567],
    ["0", 0],
    [59.5, "POPULATION_FORMAT"],
    ["59.5", "POPULATION_FORMAT"],
    ["59,5", "POPULATION_FORMAT"],
    ["59.50", "POPULATION_FORMAT"],
    ["1.234,567", "POPULATION_FORMAT"],
    ["59.500,00", "POPULATION_FORMAT"],
    ["-5", "POPULATION_FORMAT"],
    ["1e3", "POPULATION_FORMAT"],
    ["100.000.000", "POPULATION_FORMAT"],
    ["", "POPULATION_FORMAT"],
    [Number.NaN, "POPULATION_FORMAT"],
  ])("typed as %j is %j", (typed, read) => {
    expect(parsePopulation(typed)).toBe(read);
  });

  it("is the same however it is grouped", () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), fc.constantFrom(".", " ", ",", "'", "\u00a0"), (count, mark) => {
        const typed = String(count).replace(/(?<=\d)(?=(?:\d{3})+$)/g, mark);
        expect(parsePopulation(typed)).toBe(count);
      }),
      runs,
    );
  });
});

describe("Whatever is typed", () => {
  /** What a careless pattern or an early normalisation would spend seconds or minutes on. */
  const hard = ["\u0301", "\u0f73\u0f81", "a.", "a-", "1 ", "cvr", "\u200b", ". ", "-.", "w.", "1.000", "é"];

  it.each(hard)("a long run of %j costs by its length and no more", (unit) => {
    const workOf = (length: number) => {
      const text = unit.repeat(length / unit.length);
      const started = performance.now();
      seenText(text).normalize("NFKC");
      holdsWebAddress(text.slice(0, 1_200));
      readName(text, 300);
      parsePhone(text.slice(0, 240));
      parsePostalCode(text);
      parsePopulation(text);
      return performance.now() - started;
    };
    workOf(20_000);
    // Eight times as much takes sixty times as long where the work is quadratic; a busy machine may double it.
    expect(workOf(400_000)).toBeLessThan(2_000);
  });
});
