import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  evaluate,
  IntrinsicFailure,
  IntrinsicSyntaxError,
  parseExpression,
} from "../../../embedded-aws/step-functions/intrinsics.ts";
import {
  PathNotFound,
  PathSyntaxError,
  PathUnwritable,
  parsePath,
  readPath,
  writePath,
} from "../../../embedded-aws/step-functions/json-path.ts";
import type { Json } from "../../../embedded-aws/template/json.ts";

const DOCUMENT: Json = {
  a: { b: [10, 20, 30], "c d": "æ" },
  list: [{ n: 1 }, { n: 2 }, { m: 3 }],
  nothing: null,
};
const CONTEXT: Json = { Execution: { Name: "first" } };
const read = (path: string) => readPath(parsePath(path), { input: DOCUMENT, context: CONTEXT });
const value = (source: string) =>
  evaluate(parseExpression(source), { input: DOCUMENT, context: CONTEXT }, () => Buffer.alloc(16, 7));

describe("a path reads", () => {
  it.each<[string, Json]>([
    ["$", DOCUMENT],
    ["$.a.b", [10, 20, 30]],
    ["$.a.b[0]", 10],
    ["$.a.b[-1]", 30],
    ["$['a']['c d']", "æ"],
    ['$["a"].b[1]', 20],
    ["$.nothing", null],
    ["$.a.b[0:2]", [10, 20]],
    ["$.a.b[1:]", [20, 30]],
    ["$.a.b[*]", [10, 20, 30]],
    ["$.list[*].n", [1, 2]],
    ["$$.Execution.Name", "first"],
  ])("%s", (path, found) => {
    expect(read(path)).toEqual(found);
  });

  it.each(["$.missing", "$.a.b[3]", "$.a.b.c", "$.nothing.x", "$.missing[*]", "$.toString"])(
    "nothing at %s",
    (path) => {
      expect(() => read(path)).toThrow(PathNotFound);
    },
  );

  it.each(["a.b", "$.", "$..a", "$.a[?(@.b)]", "$.a[0,1]", "$.a['b", "$ .a", ""])(
    "not %j, which it does not know",
    (path) => {
      expect(() => parsePath(path)).toThrow(PathSyntaxError);
    },
  );
});

describe("a path writes", () => {
  it.each<[string, Json, Json]>([
    ["$", 1, 9],
    ["$.x", {}, { x: 9 }],
    ["$.x.y", { x: { z: 1 } }, { x: { z: 1, y: 9 } }],
    ["$.x[1]", { x: [1, 2] }, { x: [1, 9] }],
    ["$['x y']", { a: 1 }, { a: 1, "x y": 9 }],
  ])("at %s into %j", (path, before, after) => {
    const frozen = structuredClone(before);
    expect(writePath(parsePath(path), before, 9)).toEqual(after);
    expect(before).toEqual(frozen);
  });

  it.each<[string, Json]>([
    ["$.x", "text"],
    ["$.x.y", { x: 1 }],
    ["$.x[2]", { x: [1, 2] }],
    ["$.x[0]", {}],
  ])("not at %s into %j", (path, before) => {
    expect(() => writePath(parsePath(path), before, 9)).toThrow(PathUnwritable);
  });

  it("and what was written is read again, whatever the names", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), fc.jsonValue(), (names, written) => {
        const quoted = names.map((name) => `['${name.replaceAll(/['\\]/g, "\\$&")}']`).join("");
        const path = parsePath(`$${quoted}`);
        const after = writePath(path, {}, written as Json);
        expect(readPath(path, { input: after, context: null })).toEqual(written);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe("an intrinsic function", () => {
  it.each<[string, Json]>([
    ["States.Format('{} is {}', $.a['c d'], $.a.b[0])", "æ is 10"],
    ["States.Format('it\\'s {}', $.a.b)", "it's [10,20,30]"],
    ["States.StringToJson('{\"x\":1}')", { x: 1 }],
    ["States.JsonToString($.a.b)", "[10,20,30]"],
    ["States.Array()", []],
    ["States.Array(1, 'two', null, true, $.a.b[2])", [1, "two", null, true, 30]],
    ["States.ArrayPartition($.a.b, 2)", [[10, 20], [30]]],
    ["States.ArrayContains($.list, States.StringToJson('{\"n\":2}'))", true],
    ["States.ArrayContains($.a.b, 11)", false],
    ["States.ArrayRange(1, 9, 4)", [1, 5, 9]],
    ["States.ArrayRange(3, 1, -1)", [3, 2, 1]],
    ["States.ArrayGetItem($.a.b, 1)", 20],
    ["States.ArrayLength($.a.b)", 3],
    ["States.ArrayUnique(States.Array(1, 2, 1))", [1, 2]],
    ["States.Base64Encode('æ')", "w6Y="],
    ["States.Base64Decode('w6Y=')", "æ"],
    ["States.Hash('input', 'SHA-1')", "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"],
    ["States.JsonMerge($.a, $.list[0], false)", { b: [10, 20, 30], "c d": "æ", n: 1 }],
    ["States.MathAdd($.a.b[0], -1)", 9],
    ["States.MathRandom(5, 6)", 5],
    ["States.StringSplit('1,2;3', ',;')", ["1", "2", "3"]],
    ["States.UUID()", "07070707-0707-4707-8707-070707070707"],
    ["States.Format('{}', States.MathAdd(1, States.ArrayLength($.a.b)))", "4"],
  ])("%s", (source, result) => {
    expect(value(source)).toEqual(result);
  });

  it.each([
    "States.Format('{}')",
    "States.StringToJson('{')",
    "States.ArrayGetItem($.a.b, 9)",
    "States.ArrayLength($.a)",
    "States.ArrayRange(0, 5000, 1)",
    "States.ArrayRange(0, 5, 0)",
    "States.JsonMerge($.a, $.a, true)",
    "States.MathAdd('1', 2)",
    "States.Hash('a', 'ROT13')",
    "States.ArrayPartition($.a.b, 0)",
  ])("fails on %s", (source) => {
    expect(() => value(source)).toThrow(IntrinsicFailure);
  });

  it.each([
    "States.Format('a'",
    "States.Format('a') x",
    "States.MathAdd(1)",
    "States.MathAdd(1 2)",
    "Math.Add(1, 2)",
    "States.Format('a)",
    "text",
  ])("is refused as %j", (source) => {
    expect(() => parseExpression(source)).toThrow(IntrinsicSyntaxError);
  });

  it("is read or refused, whatever stands there", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."States.FormatArray($a['],)\\1 ") }), (source) => {
        try {
          parseExpression(source);
        } catch (error) {
          expect(error instanceof IntrinsicSyntaxError || error instanceof PathSyntaxError).toBe(true);
        }
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});
