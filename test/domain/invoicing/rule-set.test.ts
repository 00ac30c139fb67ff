import { describe, expect, it, test } from "vitest";
import { ruleSetOutlook, ruleSets, writtenFor } from "../../../shared/domain/invoicing/rule-set.ts";

describe("the rule set that e-invoices are written for", () => {
  it.each([
    ["2026-11-25", "in-force"],
    ["2026-12-25", "in-force"],
    ["2026-12-26", "ends-soon"],
    ["2027-02-23", "ends-soon"],
    ["2027-02-24", "outdated"],
    ["2028-01-01", "outdated"],
  ])("on %s is %s", (today, kind) => {
    expect(ruleSetOutlook(today).kind).toBe(kind);
  });

  it("names the next one and its date when it ends", () => {
    expect(ruleSetOutlook("2027-01-04")).toEqual({
      kind: "ends-soon",
      next: { name: "3.0.22", inForceFrom: "2027-02-24" },
    });
  });

  test("is one of those we know, and they stand in order", () => {
    expect(ruleSets.map(({ name }) => name)).toContain(writtenFor);
    expect(ruleSets.map(({ inForceFrom }) => inForceFrom).toSorted()).toEqual(
      ruleSets.map(({ inForceFrom }) => inForceFrom),
    );
  });
});
