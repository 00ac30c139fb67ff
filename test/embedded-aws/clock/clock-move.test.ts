import { describe, expect, it } from "vitest";
import { resolveClockMove } from "../../../embedded-aws/clock/clock-move.ts";

describe("moving the clock", () => {
  it.each([
    [
      "a day is a Copenhagen calendar day, 24 hours long as a rule",
      "2026-11-23T12:00:00Z",
      "P1D",
      "2026-11-24T12:00:00Z",
    ],
    [
      "23 hours long when summer time begins",
      "2027-03-27T12:00:00+01:00",
      "P1D",
      "2027-03-28T12:00:00+02:00",
    ],
    ["25 hours long when it ends", "2026-10-24T12:00:00+02:00", "P1D", "2026-10-25T12:00:00+01:00"],
    ["hours are exact", "2027-03-27T12:00:00+01:00", "PT24H", "2027-03-28T13:00:00+02:00"],
    ["a month ends on its last day", "2027-01-31T08:00:00+01:00", "P1M", "2027-02-28T08:00:00+01:00"],
    ["thirty days over the new year", "2026-12-15T08:00:00+01:00", "P30D", "2027-01-14T08:00:00+01:00"],
  ])("%s", (_, now, advance, then) => {
    expect(new Date(resolveClockMove(Date.parse(now), { advance })).toISOString()).toBe(
      new Date(then).toISOString(),
    );
  });

  it("goes to an instant", () => {
    expect(resolveClockMove(0, { to: "2027-01-04T08:00:00+01:00" })).toBe(Date.parse("2027-01-04T07:00:00Z"));
  });

  it.each([{ advance: "tomorrow" }, { advance: "" }, { to: "2027-01-04T08:00:00" }, { to: "2027" }])(
    "refuses %j, which is neither",
    (move) => {
      expect(() => resolveClockMove(0, move)).toThrow(RangeError);
    },
  );
});
