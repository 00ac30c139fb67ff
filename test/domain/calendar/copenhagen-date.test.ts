import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, copenhagenDate } from "../../../shared/domain/calendar/copenhagen-date.ts";

describe("The date in Copenhagen", () => {
  it.each([
    { at: "2026-12-31T22:59:59.999Z", date: "2026-12-31", why: "a minute before midnight on New Year's Eve" },
    { at: "2026-12-31T23:00:00Z", date: "2027-01-01", why: "midnight, an hour ahead of Greenwich" },
    { at: "2026-06-30T21:59:59Z", date: "2026-06-30", why: "in summer two hours ahead" },
    { at: "2026-06-30T22:00:00Z", date: "2026-07-01", why: "midnight in summer" },
    { at: "2026-03-29T00:59:59Z", date: "2026-03-29", why: "just before the clocks go forward" },
    { at: "2026-10-25T01:30:00Z", date: "2026-10-25", why: "in the hour that comes twice" },
    { at: "2028-02-29T12:00:00Z", date: "2028-02-29", why: "a leap day" },
  ])("at $at is $date ($why)", ({ at, date }) => {
    expect(copenhagenDate(Date.parse(at))).toBe(date);
  });
});

describe("Days counted from a date", () => {
  it.each([
    { from: "2026-11-23", days: 30, to: "2026-12-23" },
    { from: "2026-12-23", days: 30, to: "2027-01-22" },
    { from: "2028-02-28", days: 1, to: "2028-02-29" },
    { from: "2027-02-28", days: 1, to: "2027-03-01" },
    { from: "2026-03-28", days: 1, to: "2026-03-29" },
    { from: "2026-03-29", days: 1, to: "2026-03-30" },
    { from: "2026-10-25", days: 1, to: "2026-10-26" },
    { from: "2026-01-01", days: 0, to: "2026-01-01" },
  ])("$days days from $from is $to", ({ from, days, to }) => {
    expect(addDays(from, days)).toBe(to);
  });

  it("add up: so many and then so many more is both at once", () => {
    const dates = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const days = fc.nat(5_000);
    fc.assert(
      fc.property(dates, days, days, (date, some, more) => {
        expect(addDays(addDays(date, some), more)).toBe(addDays(date, some + more));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
