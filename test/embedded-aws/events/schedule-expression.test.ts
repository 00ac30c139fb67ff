import { describe, expect, it } from "vitest";
import { parseSchedule } from "../../../embedded-aws/events/schedule-expression.ts";

const COPENHAGEN = "Europe/Copenhagen";
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
const next = (expression: string, after: string, start = after) =>
  iso(parseSchedule(expression, COPENHAGEN, Date.parse(start))(Date.parse(after)));

describe("a schedule is next due", () => {
  it.each([
    ["every hour, on the hour", "cron(0 * * * ? *)", "2026-11-23T12:00:00Z", "2026-11-23T13:00:00.000Z"],
    [
      "at 8 in Copenhagen in winter",
      "cron(0 8 1-10 1 ? *)",
      "2026-11-23T12:00:00Z",
      "2027-01-01T07:00:00.000Z",
    ],
    ["the day after", "cron(0 8 1-10 1 ? *)", "2027-01-01T07:00:00Z", "2027-01-02T07:00:00.000Z"],
    [
      "next year once the ten days are over",
      "cron(0 8 1-10 1 ? *)",
      "2027-01-10T07:00:00Z",
      "2028-01-01T07:00:00.000Z",
    ],
    ["at 8 in Copenhagen in summer", "cron(0 8 * * ? *)", "2027-07-01T12:00:00Z", "2027-07-02T06:00:00.000Z"],
    ["on Mondays by name", "cron(0 7 ? * MON *)", "2026-11-24T12:00:00Z", "2026-11-30T06:00:00.000Z"],
    [
      "on Mondays by AWS's number, 2",
      "cron(0 7 ? * 2 *)",
      "2026-11-24T12:00:00Z",
      "2026-11-30T06:00:00.000Z",
    ],
    [
      "on working days by AWS's numbers",
      "cron(0 7 ? * 2-6 *)",
      "2026-11-27T12:00:00Z",
      "2026-11-30T06:00:00.000Z",
    ],
    ["on the last day of the month", "cron(0 7 L * ? *)", "2027-02-01T12:00:00Z", "2027-02-28T06:00:00.000Z"],
    ["in one year", "cron(0 8 1 1 ? 2030)", "2026-11-24T12:00:00Z", "2030-01-01T07:00:00.000Z"],
    ["every five minutes", "rate(5 minutes)", "2026-11-23T12:00:00Z", "2026-11-23T12:05:00.000Z"],
    ["once, on a local clock", "at(2027-01-04T08:00:00)", "2026-11-23T12:00:00Z", "2027-01-04T07:00:00.000Z"],
  ])("%s: %s", (_, expression, after, due) => {
    expect(next(expression, after)).toBe(due);
  });

  it("by a rate counted from its start", () => {
    expect(next("rate(1 hour)", "2026-11-23T14:30:00Z", "2026-11-23T12:15:00Z")).toBe(
      "2026-11-23T15:15:00.000Z",
    );
  });

  it("never again once its one time has passed", () => {
    expect(next("at(2026-01-04T08:00:00)", "2026-11-23T12:00:00Z")).toBeUndefined();
  });

  it.each([
    "cron(0 8 * * *)",
    "cron(0 8 * * * *)",
    "cron(0 8 ? * ? *)",
    "cron(99 8 * * ? *)",
    "rate(1 week)",
    "rate(0 days)",
    "at(soon)",
    "hourly",
  ])("never: %s is refused", (expression) => {
    expect(() => parseSchedule(expression, COPENHAGEN, 0)).toThrow();
  });
});
