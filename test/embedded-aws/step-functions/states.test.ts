import { describe, expect, it } from "vitest";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { START } from "./world.ts";
import { only, worldsOfATest } from "./worlds-of-a-test.ts";

const { world, outcomeOf } = worldsOfATest();

describe("Pass", () => {
  it.each<[string, Record<string, Json>, Json, Json]>([
    ["hands its input on", {}, { a: 1 }, { a: 1 }],
    ["gives its Result", { Result: [1, 2] }, { a: 1 }, [1, 2]],
    ["puts it at ResultPath", { Result: 2, ResultPath: "$.b.c" }, { a: 1 }, { a: 1, b: { c: 2 } }],
    ["drops it with ResultPath null", { Result: 2, ResultPath: null }, { a: 1 }, { a: 1 }],
    ["takes a part by InputPath", { InputPath: "$.a" }, { a: { b: 1 }, c: 2 }, { b: 1 }],
    ["takes nothing by InputPath null", { InputPath: null }, { a: 1 }, {}],
    ["gives a part by OutputPath", { OutputPath: "$.a" }, { a: 1, b: 2 }, 1],
    ["gives nothing by OutputPath null", { OutputPath: null }, { a: 1 }, {}],
    [
      "fills Parameters from input, context and functions",
      {
        Parameters: {
          "x.$": "$.a",
          y: { "z.$": "States.Format('{}!', $.a)" },
          "name.$": "$$.State.Name",
          c: 1,
        },
      },
      { a: "æ" },
      { x: "æ", y: { z: "æ!" }, name: "Only", c: 1 },
    ],
  ])("%s", async (_, state, input, output) => {
    expect(await outcomeOf(only({ Type: "Pass", End: true, ...state }), input)).toMatchObject({
      status: "SUCCEEDED",
      output,
    });
  });

  it("fails for good on a path that isn't there, whatever would catch it", async () => {
    const definition = only({ Type: "Pass", Parameters: { "a.$": "$.missing" }, End: true });
    expect(await outcomeOf(definition)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });

  it("fails where ResultPath leads through something that is no object", async () => {
    const definition = only({ Type: "Pass", Result: 1, ResultPath: "$.a.b", End: true });
    expect(await outcomeOf(definition, { a: "text" })).toMatchObject({
      error: "States.ResultPathMatchFailure",
    });
  });
});

describe("Succeed and Fail", () => {
  it("ends at once, with a part of the input", async () => {
    expect(await outcomeOf(only({ Type: "Succeed", InputPath: "$.a" }), { a: 7 })).toMatchObject({
      output: 7,
    });
  });

  it.each<[string, Record<string, Json>, Json]>([
    ["as written", { Error: "Broken", Cause: "why" }, {}],
    [
      "by path and function",
      { ErrorPath: "$.e", CausePath: "States.Format('w{}', $.c)" },
      { e: "Broken", c: "hy" },
    ],
  ])("fails with error and cause %s", async (_, state, input) => {
    expect(await outcomeOf(only({ Type: "Fail", ...state }), input)).toMatchObject({
      status: "FAILED",
      error: "Broken",
      cause: "why",
    });
  });
});

describe("Choice", () => {
  const asks = (rule: Record<string, Json>): Json => ({
    StartAt: "Ask",
    States: {
      Ask: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], Default: "No" },
      Yes: { Type: "Pass", Result: true, End: true },
      No: { Type: "Pass", Result: false, End: true },
    },
  });

  it.each<[Record<string, Json>, Json, boolean]>([
    [{ Variable: "$.a", StringEquals: "x" }, { a: "x" }, true],
    [{ Variable: "$.a", StringEquals: "1" }, { a: 1 }, false],
    [{ Variable: "$.a", StringEqualsPath: "$.b" }, { a: "x", b: "x" }, true],
    [{ Variable: "$.a", StringLessThan: "b" }, { a: "a" }, true],
    [{ Variable: "$.a", StringLessThanEquals: "a" }, { a: "a" }, true],
    [{ Variable: "$.a", StringGreaterThan: "a" }, { a: "a" }, false],
    [{ Variable: "$.a", StringGreaterThanEquals: "a" }, { a: "a" }, true],
    [{ Variable: "$.a", StringMatches: "log-*.txt" }, { a: "log-2026.txt" }, true],
    [{ Variable: "$.a", StringMatches: "a\\*b" }, { a: "axb" }, false],
    [{ Variable: "$.a", StringMatches: "a\\*b" }, { a: "a*b" }, true],
    [{ Variable: "$.a", StringMatches: "a.b" }, { a: "axb" }, false],
    [{ Variable: "$.a", NumericEquals: 1 }, { a: 1 }, true],
    [{ Variable: "$.a", NumericEquals: 1 }, { a: "1" }, false],
    [{ Variable: "$.a", NumericLessThan: 1 }, { a: 0.5 }, true],
    [{ Variable: "$.a", NumericLessThanEquals: 1 }, { a: 1 }, true],
    [{ Variable: "$.a", NumericGreaterThan: 1 }, { a: 1 }, false],
    [{ Variable: "$.a", NumericGreaterThanEquals: 1 }, { a: 1 }, true],
    [{ Variable: "$.a", NumericGreaterThanPath: "$.b" }, { a: 2, b: 1 }, true],
    [{ Variable: "$.a", BooleanEquals: true }, { a: true }, true],
    [{ Variable: "$.a", BooleanEquals: true }, { a: "true" }, false],
    [{ Variable: "$.a", BooleanEqualsPath: "$.b" }, { a: false, b: false }, true],
    [{ Variable: "$.a", TimestampEquals: "2026-01-01T00:00:00Z" }, { a: "2026-01-01T01:00:00+01:00" }, true],
    [{ Variable: "$.a", TimestampLessThan: "2026-01-01T00:00:00Z" }, { a: "2025-12-31T23:59:59Z" }, true],
    [
      { Variable: "$.a", TimestampGreaterThanEqualsPath: "$.b" },
      { a: "2026-01-02T00:00:00Z", b: "2026-01-01T00:00:00Z" },
      true,
    ],
    [{ Variable: "$.a", IsPresent: true }, { a: null }, true],
    [{ Variable: "$.a", IsPresent: true }, {}, false],
    [{ Variable: "$.a.b", IsPresent: false }, {}, true],
    [{ Variable: "$.a", IsNull: true }, { a: null }, true],
    [{ Variable: "$.a", IsNull: false }, { a: 1 }, true],
    [{ Variable: "$.a", IsString: true }, { a: "" }, true],
    [{ Variable: "$.a", IsNumeric: true }, { a: "1" }, false],
    [{ Variable: "$.a", IsBoolean: true }, { a: false }, true],
    [{ Variable: "$.a", IsTimestamp: true }, { a: "2026-01-01T00:00:00Z" }, true],
    [{ Variable: "$.a", IsTimestamp: true }, { a: "2026" }, false],
    [{ Not: { Variable: "$.a", IsPresent: true } }, {}, true],
    [
      {
        And: [
          { Variable: "$.a", IsPresent: true },
          { Variable: "$.a", NumericEquals: 1 },
        ],
      },
      { a: 1 },
      true,
    ],
    [
      {
        And: [
          { Variable: "$.a", IsPresent: true },
          { Variable: "$.a", NumericEquals: 1 },
        ],
      },
      {},
      false,
    ],
    [
      {
        Or: [
          { Variable: "$.a", NumericEquals: 2 },
          { Variable: "$.a", NumericEquals: 1 },
        ],
      },
      { a: 1 },
      true,
    ],
    [{ Variable: "$$.Execution.Name", IsString: true }, {}, true],
  ])("%j over %j is %s", async (rule, input, output) => {
    expect(await outcomeOf(asks(rule), input)).toMatchObject({ status: "SUCCEEDED", output });
  });

  it("fails when it compares what isn't there", async () => {
    expect(await outcomeOf(asks({ Variable: "$.a", StringEquals: "x" }))).toMatchObject({
      error: "States.Runtime",
    });
  });

  it("fails when nothing matches and it has no default", async () => {
    const definition: Json = {
      StartAt: "Ask",
      States: {
        Ask: { Type: "Choice", Choices: [{ Variable: "$.a", IsPresent: true, Next: "End" }] },
        End: { Type: "Succeed" },
      },
    };
    expect(await outcomeOf(definition)).toMatchObject({ error: "States.NoChoiceMatched" });
  });
});

describe("Wait", () => {
  it.each<[string, Record<string, Json>, Json]>([
    ["seconds", { Seconds: 3600 }, {}],
    ["seconds by path", { SecondsPath: "$.s" }, { s: 3600 }],
    ["until a time", { Timestamp: "2026-11-23T14:00:00+01:00" }, {}],
    ["until a time by path", { TimestampPath: "$.t" }, { t: "2026-11-23T13:00:00Z" }],
  ])("waits %s", async (_, wait, input) => {
    const made = world(only({ Type: "Wait", End: true, ...wait }));
    const execution = await made.start(input);
    await made.advance(3599);
    expect(made.now(execution).status).toBe("RUNNING");
    await made.advance(1);
    expect(made.now(execution)).toMatchObject({
      status: "SUCCEEDED",
      stoppedAt: START + 3_600_000,
      output: input,
    });
  });

  it("waits 99 days as easily as a second", async () => {
    const made = world(only({ Type: "Wait", Seconds: 99 * 86_400, End: true }));
    const execution = await made.start();
    await made.advance(99 * 86_400);
    expect(made.now(execution).status).toBe("SUCCEEDED");
  });
});

describe("an execution's own time limit", () => {
  it("ends it, whatever would catch a time-out", async () => {
    const made = world({
      StartAt: "Wait",
      TimeoutSeconds: 60,
      States: { Wait: { Type: "Wait", Seconds: 3600, End: true } },
    });
    const execution = await made.start();
    await made.advance(60);
    expect(made.now(execution)).toMatchObject({ status: "TIMED_OUT", stoppedAt: START + 60_000 });
    expect(made.clock.timers()).toEqual([]);
  });
});
