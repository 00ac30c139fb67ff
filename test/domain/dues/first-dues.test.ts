import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DuesRate,
  knownRates,
  oere,
  RateIsMissing,
  rateOn,
} from "../../../shared/domain/dues/dues-rate.ts";
import { firstDues } from "../../../shared/domain/dues/first-dues.ts";

function rate(given: Partial<DuesRate> = {}): DuesRate {
  return {
    kind: "member",
    validFrom: "2020-01-01",
    amountOere: oere(2_500_000),
    vatCategory: "S",
    vatPercent: 25,
    ...given,
  };
}

describe("A new member's first dues", () => {
  it.each([
    { joined: "2026-01-01", period: "full-year", amount: 2_500_000, vat: 625_000, total: 3_125_000 },
    { joined: "2026-06-30", period: "full-year", amount: 2_500_000, vat: 625_000, total: 3_125_000 },
    { joined: "2026-07-01", period: "full-year", amount: 2_500_000, vat: 625_000, total: 3_125_000 },
    { joined: "2026-07-02", period: "half-year", amount: 1_250_000, vat: 312_500, total: 1_562_500 },
    { joined: "2026-12-31", period: "half-year", amount: 1_250_000, vat: 312_500, total: 1_562_500 },
    { joined: "2028-02-29", period: "full-year", amount: 2_500_000, vat: 625_000, total: 3_125_000 },
  ])("are $amount øre and $vat øre VAT for one who joined on $joined", (row) => {
    expect(
      firstDues("member", row.joined, { rates: knownRates, dueDays: 30, invoicedOn: "2026-11-23" }),
    ).toMatchObject({
      year: Number(row.joined.slice(0, 4)),
      period: row.period,
      amountOere: row.amount,
      vatOere: row.vat,
      totalOere: row.total,
      dueOn: "2026-12-23",
    });
  });

  it("are none for a supplier, as long as the assembly says 0", () => {
    expect(
      firstDues("partner", "2026-11-23", { rates: knownRates, dueDays: 30, invoicedOn: "2026-11-23" }),
    ).toBeUndefined();
  });

  it("are what the assembly says for a supplier once it says something", () => {
    const rates = [...knownRates, rate({ kind: "partner", validFrom: "2027-01-01", amountOere: oere(100) })];
    expect(
      firstDues("partner", "2027-01-01", { rates, dueDays: 30, invoicedOn: "2027-01-01" })?.amountOere,
    ).toBe(100);
  });

  it("round half a year up to the whole øre", () => {
    const rates = [rate({ amountOere: oere(2_575_001) })];
    expect(
      firstDues("member", "2026-08-01", { rates, dueDays: 30, invoicedOn: "2026-08-01" })?.amountOere,
    ).toBe(1_287_501);
  });

  it.each([
    { amount: 2, percent: 25, vat: 1, why: "half an øre goes up" },
    { amount: 1, percent: 25, vat: 0, why: "a quarter goes down" },
    { amount: 3, percent: 25, vat: 1, why: "three quarters go up" },
    { amount: 2_500_000, percent: 0, vat: 0, why: "exempt" },
  ])("bear $vat øre VAT on $amount øre at $percent % ($why)", ({ amount, percent, vat }) => {
    const rates = [rate({ amountOere: oere(amount), vatPercent: percent })];
    expect(firstDues("member", "2026-01-01", { rates, dueDays: 30, invoicedOn: "2026-01-01" })?.vatOere).toBe(
      vat,
    );
  });

  it.each(["E", "O"] as const)("keep the category %s of the rate", (vatCategory) => {
    const rates = [rate({ vatCategory, vatPercent: 0 })];
    expect(firstDues("member", "2026-01-01", { rates, dueDays: 30, invoicedOn: "2026-01-01" })).toMatchObject(
      {
        vatCategory,
        vatOere: 0,
      },
    );
  });

  it("are whole øre that add up, twice a half never less than the whole, whatever the rate", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 30 }),
        (amount, percent) => {
          const rates = [rate({ amountOere: oere(amount), vatPercent: percent })];
          const half = firstDues("member", "2026-07-02", { rates, dueDays: 30, invoicedOn: "2026-07-02" });
          if (!half) throw new Error("no dues");
          expect(Number.isInteger(half.vatOere)).toBe(true);
          expect(half.totalOere).toBe(half.amountOere + half.vatOere);
          expect(half.amountOere * 2 - amount).toBeGreaterThanOrEqual(0);
          expect(half.amountOere * 2 - amount).toBeLessThanOrEqual(1);
          expect(Math.abs(half.vatOere - (half.amountOere * percent) / 100)).toBeLessThanOrEqual(0.5);
        },
      ),
      { seed: 3, numRuns: 1_000 },
    );
  });
});

describe("The rate on a date", () => {
  const rates = [rate({ amountOere: oere(1) }), rate({ validFrom: "2027-01-01", amountOere: oere(2) })];
  it.each([
    { date: "2020-01-01", amount: 1 },
    { date: "2026-12-31", amount: 1 },
    { date: "2027-01-01", amount: 2 },
    { date: "2099-01-01", amount: 2 },
  ])("on $date is $amount, in whatever order the rows come", ({ date, amount }) => {
    expect(rateOn(rates, "member", date).amountOere).toBe(amount);
    expect(rateOn(rates.toReversed(), "member", date).amountOere).toBe(amount);
  });

  it("that nobody has decided is missing, not free", () => {
    expect(() => rateOn(rates, "member", "2019-12-31")).toThrow(RateIsMissing);
    expect(() => firstDues("member", "2019-12-31", { rates, dueDays: 30, invoicedOn: "2019-12-31" })).toThrow(
      RateIsMissing,
    );
  });
});

describe("An amount", () => {
  it.each([0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("is never %s øre", (amount) => {
    expect(() => oere(amount)).toThrow(RangeError);
  });
});
