import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCvr, parseCvr } from "../../../shared/domain/organisation/cvr-number.ts";
import { isGln, parseGln } from "../../../shared/domain/organisation/gln.ts";

const digits = (count: number) =>
  fc.array(fc.nat(9), { minLength: count, maxLength: count }).map((numbers) => numbers.join(""));
const runs = { seed: 3, numRuns: 2_000 };

describe("A CVR number", () => {
  it.each([
    { typed: "41849983", read: "41849983", why: "valid" },
    { typed: "55133018", read: "55133018", why: "OS2's own" },
    { typed: " 41 84 99 83 ", read: "41849983", why: "with spaces" },
    { typed: "41\u00a0849\u00a0983", read: "41849983", why: "with the spaces that are pasted from a page" },
    { typed: "DK41849983", read: "41849983", why: "as on an invoice abroad" },
    { typed: "dk 41849983", read: "41849983", why: "as on an invoice abroad, small" },
    { typed: "41849984", read: "CVR_CHECK_DIGIT", why: "the last digit is wrong" },
    { typed: "14849983", read: "CVR_CHECK_DIGIT", why: "two digits have changed places" },
    { typed: "00000000", read: "CVR_CHECK_DIGIT", why: "nothing but noughts adds up and is no number" },
    { typed: "4184998", read: "CVR_FORMAT", why: "a digit is missing" },
    { typed: "418499830", read: "CVR_FORMAT", why: "there is a digit too many" },
    { typed: "13-74-81-36", read: "13748136", why: "as the register itself writes it" },
    { typed: "DK-13-74-81-36", read: "13748136", why: "with the prefix and hyphens" },
    { typed: "13.74.81.36", read: "13748136", why: "with dots" },
    { typed: "13–74‑81−36", read: "13748136", why: "with the dashes that word processors put" },
    { typed: "CVR-nr.: DK 13 74 81 36", read: "13748136", why: "with every label of a letterhead" },
    { typed: "13748136 (CVR)", read: "13748136", why: "with the label after it" },
    { typed: "1374\u200b8136", read: "13748136", why: "with an invisible character from a web page" },
    { typed: "\ufeff13\u200974\u202f81\u206036", read: "13748136", why: "with thin spaces and joiners" },
    { typed: "13748136\u{e0041}", read: "13748136", why: "with a tag character after it" },
    { typed: "１３７４８１３６", read: "13748136", why: "in full-width digits" },
    { typed: "1012345678", read: "CVR_IS_P_NUMBER", why: "the number of one place of work" },
    { typed: "P-nr. 1.012.345.678", read: "CVR_IS_P_NUMBER", why: "the same with its label" },
    { typed: "41849983, 55133018", read: "CVR_FORMAT", why: "two numbers" },
    { typed: "4184998O", read: "CVR_FORMAT", why: "a letter that looks like a digit" },
    { typed: "41A84B99C83", read: "CVR_FORMAT", why: "letters between the digits" },
    { typed: "٤١٨٤٩٩٨٣", read: "CVR_FORMAT", why: "in other digits" },
    { typed: "", read: "CVR_FORMAT", why: "nothing" },
    { typed: "41849983\n", read: "41849983", why: "with the line break of a spreadsheet" },
    { typed: "<script>", read: "CVR_FORMAT", why: "a script" },
  ])("typed as $typed is read as $read ($why)", ({ typed, read }) => {
    expect(parseCvr(typed)).toBe(read);
  });

  it("is refused when any one digit of it is mistyped", () => {
    fc.assert(
      fc.property(digits(8).filter(isCvr), fc.nat(7), fc.integer({ min: 1, max: 9 }), (cvr, position, by) => {
        const other = (Number(cvr[position]) + by) % 10;
        expect(isCvr(cvr.slice(0, position) + other + cvr.slice(position + 1))).toBe(false);
      }),
      runs,
    );
  });

  it("is read from anything typed without breaking, and what is read is eight digits", () => {
    fc.assert(
      fc.property(fc.oneof(digits(8), fc.string({ unit: "binary" })), (typed) => {
        const read = parseCvr(typed);
        if (!read.startsWith("CVR_")) expect(read).toMatch(/^[0-9]{8}$/);
        if (isCvr(read)) expect(parseCvr(read)).toBe(read);
      }),
      runs,
    );
  });
});

describe("A GLN", () => {
  it.each([
    { typed: "5790000423408", read: "5790000423408", why: "valid" },
    { typed: "5790 0004 23408", read: "5790000423408", why: "with spaces" },
    { typed: "5790000423409", read: "GLN_CHECK_DIGIT", why: "the check digit is wrong" },
    { typed: "0000000000000", read: "GLN_CHECK_DIGIT", why: "nothing but noughts adds up and is no number" },
    { typed: "579000042340", read: "GLN_FORMAT", why: "a digit is missing" },
    { typed: "57900004234080", read: "GLN_FORMAT", why: "there is a digit too many" },
    { typed: "EAN 5790000423408", read: "5790000423408", why: "with its label" },
    { typed: "EAN-nr.: 57-90000.423408", read: "5790000423408", why: "with more of it" },
    { typed: "CVR 5790000423408", read: "GLN_FORMAT", why: "with another number's label" },
    { typed: "", read: "GLN_FORMAT", why: "nothing" },
  ])("typed as $typed is read as $read ($why)", ({ typed, read }) => {
    expect(parseGln(typed)).toBe(read);
  });

  it("has exactly one right check digit", () => {
    fc.assert(
      fc.property(
        digits(12).filter((first) => /[1-9]/.test(first)),
        (first) => {
          const valid = Array.from({ length: 10 }, (_, last) => `${first}${last}`).filter(isGln);
          expect(valid).toHaveLength(1);
        },
      ),
      runs,
    );
  });

  it("is refused when any one digit of it is mistyped", () => {
    fc.assert(
      fc.property(
        digits(13).filter(isGln),
        fc.nat(12),
        fc.integer({ min: 1, max: 9 }),
        (gln, position, by) => {
          const other = (Number(gln[position]) + by) % 10;
          expect(isGln(gln.slice(0, position) + other + gln.slice(position + 1))).toBe(false);
        },
      ),
      runs,
    );
  });
});
