import { describe, expect, it } from "vitest";
import {
  type CoveredDays,
  coveredDays,
  coveredThrough,
  gaps,
  isOld,
  stretches,
} from "../../../shared/domain/payments/coverage.ts";

const account = "00400440116243";

function days(from: string, through: string, balances: [number?, number?] = []): CoveredDays {
  const [openingOere, closingOere] = balances;
  return {
    account,
    from,
    through,
    ...(openingOere === undefined ? {} : { openingOere }),
    ...(closingOere === undefined ? {} : { closingOere }),
  };
}

describe("What the bank's files cover", () => {
  it("is one stretch where they overlap, lie in each other or follow each other, in whatever order they came", () => {
    const covered = [
      days("2027-01-11", "2027-01-15"),
      days("2027-01-04", "2027-01-08"),
      days("2027-01-06", "2027-01-12"),
      days("2027-01-05", "2027-01-06"),
      days("2027-01-16", "2027-01-20"),
    ];
    expect(stretches(covered, account)).toEqual([{ from: "2027-01-04", through: "2027-01-20" }]);
    expect(coveredThrough(covered, account)).toBe("2027-01-20");
  });

  it("has no gap over a weekend, for no bank books on one", () => {
    const covered = [days("2027-01-04", "2027-01-08"), days("2027-01-11", "2027-01-12")];
    expect(gaps(covered, account)).toEqual([]);
    expect(coveredThrough(covered, account)).toBe("2027-01-12");
  });

  it("ends before a gap, until it is filled or somebody says that nothing came in", () => {
    const covered = [days("2027-01-04", "2027-01-08"), days("2027-01-13", "2027-01-20")];
    expect(gaps(covered, account)).toEqual([{ from: "2027-01-09", through: "2027-01-12" }]);
    expect(coveredThrough(covered, account)).toBe("2027-01-08");
    expect(coveredThrough([...covered, days("2027-01-09", "2027-01-12")], account)).toBe("2027-01-20");
  });

  it("has no gap where the later file opens with what the earlier closed with", () => {
    const earlier = days("2027-01-04", "2027-01-08", [0, 500]);
    expect(gaps([earlier, days("2027-01-13", "2027-01-20", [500, 600])], account)).toEqual([]);
    expect(gaps([earlier, days("2027-01-13", "2027-01-20", [501, 600])], account)).toHaveLength(1);
    expect(gaps([earlier, days("2027-01-13", "2027-01-20")], account)).toHaveLength(1);
  });

  it("has one on the day on which a file was made, if the next doesn't open with what it closed with", () => {
    const made = days("2027-01-04", "2027-01-08", [0, 500]);
    const next = days("2027-01-09", "2027-01-20", [700, 900]);
    expect(gaps([made, next], account)).toEqual([{ from: "2027-01-08", through: "2027-01-09" }]);
    expect(coveredThrough([made, next], account)).toBe("2027-01-08");
    expect(coveredThrough([made, next, days("2027-01-08", "2027-01-09")], account)).toBe("2027-01-20");
  });

  it("is kept apart for each account", () => {
    const covered = [
      days("2027-01-04", "2027-01-08"),
      { ...days("2027-01-04", "2027-01-20"), account: "other" },
    ];
    expect(coveredThrough(covered, account)).toBe("2027-01-08");
    expect(coveredThrough(covered, "a third")).toBeUndefined();
  });

  it("is kept without the rows", () => {
    const statement = { ...days("2027-01-04", "2027-01-08", [1, 2]), rows: [], skipped: [] };
    expect(coveredDays(statement)).toEqual(days("2027-01-04", "2027-01-08", [1, 2]));
    expect(coveredDays(days("2027-01-04", "2027-01-08"))).toEqual(days("2027-01-04", "2027-01-08"));
  });
});

describe("The bank's data", () => {
  // Wednesday 20 January 2027; three bank days before lies Friday the 15th.
  const today = "2027-01-20";

  it.each([
    { through: "2027-01-19", old: false },
    { through: "2027-01-15", old: false },
    { through: "2027-01-14", old: true },
  ])("that end on $through are old on a Wednesday the 20th: $old", ({ through, old }) => {
    expect(isOld([days("2027-01-04", through)], [account], today)).toBe(old);
  });

  it("are old where there are none, or none of one of the accounts", () => {
    expect(isOld([], [account], today)).toBe(true);
    expect(isOld([days("2027-01-04", "2027-01-19")], [account, "another"], today)).toBe(true);
    expect(isOld([days("2027-01-04", "2027-01-19")], [], today)).toBe(true);
  });

  it("may be as old as the association allows", () => {
    const covered = [days("2027-01-04", "2027-01-18")];
    expect(isOld(covered, [account], today, 2)).toBe(false);
    expect(isOld(covered, [account], today, 1)).toBe(true);
  });

  it("stay fresh over Christmas, when no bank is open", () => {
    expect(isOld([days("2026-12-01", "2026-12-22")], [account], "2026-12-29")).toBe(false);
    expect(isOld([days("2026-12-01", "2026-12-21")], [account], "2026-12-29")).toBe(true);
  });
});
