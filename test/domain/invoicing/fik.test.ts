import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  fikLine,
  fikReference,
  isFikCreditor,
  parseFikReference,
} from "../../../shared/domain/invoicing/fik.ts";

const numbers = fc.integer({ min: 1, max: 99_999_999_999_999 });

describe("the reference of a payment form 71", () => {
  it("takes the digit that is published for 00404040000066: 9", () => {
    const body = "00404040000066";
    expect([..."0123456789"].filter((last) => parseFikReference(body + last) === body + last)).toEqual(["9"]);
  });

  test("of any invoice is fifteen digits, holds its number and reads back as itself", () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const reference = fikReference(number);
        expect(reference).toMatch(/^[0-9]{15}$/);
        expect(Number(reference.slice(0, -1))).toBe(number);
        expect(parseFikReference(reference)).toBe(reference);
      }),
    );
  });

  test("with any one digit wrong is found out", () => {
    fc.assert(
      fc.property(numbers, fc.nat(14), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
        const reference = fikReference(number);
        const wrong = String((Number(reference[place]) + by) % 10);
        const mistyped = reference.slice(0, place) + wrong + reference.slice(place + 1);
        expect(parseFikReference(mistyped)).toBe("FIK_CHECK_DIGIT");
      }),
    );
  });

  test("with two neighbours swapped is found out, but for 0 and 9, which the method can't tell", () => {
    fc.assert(
      fc.property(numbers, fc.nat(13), (number, place) => {
        const reference = fikReference(number);
        const [first = "", second = ""] = reference.slice(place, place + 2);
        fc.pre(first !== second && !["09", "90"].includes(first + second));
        const swapped = reference.slice(0, place) + second + first + reference.slice(place + 2);
        expect(parseFikReference(swapped)).toBe("FIK_CHECK_DIGIT");
      }),
    );
  });

  it.each(["", "71", "00000020270042", "0000002027004230", "00000020270042x", " 000000202700423"])(
    "“%s” is none",
    (text) => {
      expect(parseFikReference(text)).toBe("FIK_LENGTH");
    },
  );

  it.each([0, -1, 1.5, Number.NaN, 100_000_000_000_000])("%s is no invoice's number", (number) => {
    expect(() => fikReference(number)).toThrow(RangeError);
  });

  it("is typed at the bank with the creditor behind it", () => {
    expect(fikLine(fikReference(20270042), "81234567")).toBe("+71<000000202700423+81234567<");
  });

  it.each([
    ["81234567", true],
    ["8123456", false],
    ["11234567", false],
    ["ABCDEFGH", false],
  ])("a creditor number is eight digits and begins with 8: %s", (number, is) => {
    expect(isFikCreditor(number)).toBe(is);
  });
});
