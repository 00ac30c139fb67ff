import { describe, expect, it } from "vitest";
import { compilePattern, PatternRefused } from "../../../embedded-aws/events/event-pattern.ts";
import type { Json } from "../../../embedded-aws/template/json.ts";

const EVENT: Json = {
  source: "aws.s3",
  "detail-type": "Object Created",
  resources: ["arn:aws:s3:::incoming"],
  detail: {
    bucket: { name: "incoming" },
    object: { key: "uploads/a.pdf", size: 1200, tags: ["x", "y"] },
    reason: null,
    quiet: false,
    parts: [
      { n: 1, ok: true },
      { n: 2, ok: false },
    ],
  },
};
const key = (filter: Json): Json => ({ detail: { object: { key: [filter] } } });
const size = (...range: Json[]): Json => ({ detail: { object: { size: [{ numeric: range }] } } });

describe("an event pattern", () => {
  it.each<[string, boolean, Json]>([
    ["an exact text", true, { source: ["aws.s3"] }],
    ["one of several", true, { source: ["aws.ses", "aws.s3"] }],
    ["another text", false, { source: ["aws.ses"] }],
    ["all members together", false, { source: ["aws.s3"], "detail-type": ["Object Deleted"] }],
    ["an item of an array", true, { resources: ["arn:aws:s3:::incoming"] }],
    ["null", true, { detail: { reason: [null] } }],
    ["a truth value", true, { detail: { quiet: [false] } }],
    ["a number", true, { detail: { object: { size: [1200] } } }],
    ["a number as text", false, { detail: { object: { size: ["1200"] } } }],
    ["what is missing", false, { detail: { missing: ["x"] } }],
    ["a prefix", true, key({ prefix: "uploads/" })],
    ["another prefix", false, key({ prefix: "pages/" })],
    ["a prefix in any letters", true, key({ prefix: { "equals-ignore-case": "UPLOADS/" } })],
    ["a suffix", true, key({ suffix: ".pdf" })],
    ["a suffix in any letters", true, key({ suffix: { "equals-ignore-case": ".PDF" } })],
    ["equal but for case", true, key({ "equals-ignore-case": "UPLOADS/A.PDF" })],
    ["a wildcard", true, key({ wildcard: "up*/*.pdf" })],
    ["a wildcard that doesn't fit", false, key({ wildcard: "up*.png" })],
    ["anything but another", true, key({ "anything-but": "uploads/b.pdf" })],
    ["anything but itself", false, key({ "anything-but": ["uploads/a.pdf", "x"] })],
    ["anything but a prefix", false, key({ "anything-but": { prefix: "uploads/" } })],
    ["anything but a suffix of several", true, key({ "anything-but": { suffix: [".png", ".jpg"] } })],
    ["anything but what isn't there", false, { detail: { missing: [{ "anything-but": "x" }] } }],
    ["what exists", true, { detail: { reason: [{ exists: true }] } }],
    ["what doesn't", true, { detail: { missing: [{ exists: false }] } }],
    ["what doesn't, though it does", false, { detail: { reason: [{ exists: false }] } }],
    ["a range", true, size(">", 1000, "<=", 1200)],
    ["a range it is out of", false, size(">", 1200)],
    ["an equal number", true, size("=", 1200)],
    ["members of an array's objects", true, { detail: { parts: { n: [2] } } }],
    ["either of two", true, { $or: [{ source: ["aws.ses"] }, { "detail-type": ["Object Created"] }] }],
    ["neither of two", false, { $or: [{ source: ["aws.ses"] }, { "detail-type": ["Sent"] }] }],
  ])("means %s: %s", (_, matched, pattern) => {
    expect(compilePattern(pattern)(EVENT)).toBe(matched);
  });

  it.each<[string, Json]>([
    ["an unknown operator", key({ cidr: "10.0.0.0/24" })],
    ["two operators in one", key({ prefix: "a", suffix: "b" })],
    ["anything-but over a number range", key({ "anything-but": { numeric: [">", 1] } })],
    ["a number where a text must stand", key({ prefix: 1 })],
    ["a range without its number", size(">")],
    ["a range without its comparison", size(1, ">")],
    ["a value without its list", { source: "aws.s3" }],
    ["an empty list", { source: [] }],
    ["nothing", {}],
  ])("with %s is refused at load", (_, pattern) => {
    expect(() => compilePattern(pattern)).toThrow(PatternRefused);
  });
});
