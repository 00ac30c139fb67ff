import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBankDays,
  dueDate,
  easterSunday,
  firstBankDay,
  isBankDay,
  nextBankDay,
} from "../../../shared/domain/calendar/bank-days.ts";
import { addDays } from "../../../shared/domain/calendar/copenhagen-date.ts";

const daysOf = (year: number) => Array.from({ length: 366 }, (_, day) => addDays(`${year}-01-01`, day));
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
const closedWeekdays = (year: number) =>
  daysOf(year)
    .filter((date) => date.startsWith(String(year)) && weekday(date) % 6 !== 0 && !isBankDay(date))
    .map((date) => date.slice(5));

describe("The banks are closed", () => {
  it.each([
    {
      year: 2026,
      days: "01-01 04-02 04-03 04-06 05-14 05-15 05-25 06-05 12-24 12-25 12-31",
    },
    { year: 2027, days: "01-01 03-25 03-26 03-29 05-06 05-07 05-17 12-24 12-31" },
  ])("in $year on the weekdays that Nationalbanken lists", ({ year, days }) => {
    expect(closedWeekdays(year).join(" ")).toBe(days);
  });

  it("on store bededag until 2023, and not since", () => {
    expect(isBankDay("2023-05-05")).toBe(false);
    expect(isBankDay("2024-04-26")).toBe(true);
  });

  it.each(["2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2008-03-23"])(
    "around Easter, %s",
    (date) => {
      expect(easterSunday(Number(date.slice(0, 4)))).toBe(date);
    },
  );
});

describe("A due date", () => {
  it.each([
    { invoiced: "2026-01-02", due: "2026-02-02", why: "30 days later is a Sunday" },
    { invoiced: "2027-01-04", due: "2027-02-03", why: "30 days later is a Wednesday" },
    { invoiced: "2026-03-03", due: "2026-04-07", why: "Maundy Thursday to Easter Monday are closed" },
    { invoiced: "2026-12-01", due: "2027-01-04", why: "New Year's Eve, New Year's Day and a weekend" },
  ])("is $due for what is invoiced on $invoiced: $why", ({ invoiced, due }) => {
    expect(dueDate(invoiced, 30)).toBe(due);
  });

  it("falls on a bank day, on or after the days given, with nothing but closed days between", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 60 }), (from, days) => {
        const invoiced = addDays("2020-01-01", from);
        const due = dueDate(invoiced, days);
        expect(isBankDay(due)).toBe(true);
        for (let day = addDays(invoiced, days); day < due; day = addDays(day, 1))
          expect(isBankDay(day)).toBe(false);
      }),
    );
  });
});

describe("Counting bank days", () => {
  it("goes forth and back to the same bank day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 40 }), (from, count) => {
        const start = nextBankDay(addDays("2024-01-01", from));
        expect(addBankDays(addBankDays(start, count), -count)).toBe(start);
      }),
    );
  });

  it.each([
    [2026, "2026-01-02"],
    [2027, "2027-01-04"],
    [2028, "2028-01-03"],
  ])("finds the first working day of %d: %s", (year, date) => {
    expect(firstBankDay(year)).toBe(date);
  });
});
