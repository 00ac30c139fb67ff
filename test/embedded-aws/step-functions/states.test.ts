import { afterEach, describe, expect, it } from "vitest";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { arnOf, type Functions, failure, invokeTask, openWorld, START, type World } from "./world.ts";

const open: World[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.close();
});

function world(definition: Json, functions: Functions = {}): World {
  const made = openWorld({ definition, functions });
  open.push(made);
  return made;
}

/** A workflow of one state. */
const only = (state: Record<string, Json>): Json => ({ StartAt: "Only", States: { Only: state } });

async function outcomeOf(definition: Json, input: Json = {}, functions: Functions = {}) {
  const made = world(definition, functions);
  const { status, output, error, cause } = made.now(await made.start(input));
  return { status, output, error, cause, calls: made.calls };
}

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

describe("Task", () => {
  const doubled: Functions = { double: (payload) => ({ n: Number((payload as { n: number }).n) * 2 }) };

  it("calls a function as CDK's LambdaInvoke does", async () => {
    expect(await outcomeOf(only(invokeTask("double", { End: true })), { n: 2 }, doubled)).toMatchObject({
      output: { n: 4 },
    });
  });

  it("calls a function that is itself the resource", async () => {
    const definition = only({ Type: "Task", Resource: arnOf("double"), End: true });
    expect(await outcomeOf(definition, { n: 2 }, doubled)).toMatchObject({ output: { n: 4 } });
  });

  it("selects from the result and puts it beside the input", async () => {
    const state = invokeTask("double", {
      OutputPath: "$",
      ResultSelector: { "twice.$": "$.Payload.n", "status.$": "$.StatusCode" },
      ResultPath: "$.result",
      End: true,
    });
    expect(await outcomeOf(only(state), { n: 2 }, doubled)).toMatchObject({
      output: { n: 2, result: { twice: 4, status: 200 } },
    });
  });

  it("hands the context object over", async () => {
    const made = world(
      only({
        Type: "Task",
        Resource: arnOf("look"),
        Parameters: {
          "id.$": "$$.Execution.Id",
          "since.$": "$$.Execution.StartTime",
          "input.$": "$$.Execution.Input",
          "workflow.$": "$$.StateMachine.Name",
        },
        End: true,
      }),
      { look: (payload) => payload },
    );
    const execution = await made.start({ a: 1 }, "first");
    expect(made.now(execution).output).toEqual({
      id: "arn:aws:states:eu-north-1:000000000000:execution:workflow:first",
      since: "2026-11-23T12:00:00.000Z",
      input: { a: 1 },
      workflow: "workflow",
    });
  });

  it.each([
    ["the function's own name", { broken: () => Promise.reject(failure("NotFound", "no case")) }, "NotFound"],
    ["Lambda.Unknown without one", { broken: () => Promise.reject(failure("", "gone")) }, "Lambda.Unknown"],
    ["that the function isn't there", {}, "Lambda.ResourceNotFoundException"],
  ])("fails with %s", async (_, functions, error) => {
    expect(await outcomeOf(only(invokeTask("broken", { End: true })), {}, functions)).toMatchObject({
      status: "FAILED",
      error,
    });
  });

  it("gives the function's answer as the cause", async () => {
    const functions = { broken: () => Promise.reject(failure("NotFound", "no case")) };
    const { cause } = await outcomeOf(only(invokeTask("broken", { End: true })), {}, functions);
    expect(JSON.parse(cause ?? "")).toEqual({ errorType: "NotFound", errorMessage: "no case" });
  });

  it("times out, by a constant or by a path", async () => {
    for (const limit of [{ TimeoutSeconds: 60 }, { TimeoutSecondsPath: "$.limit" }]) {
      const { promise } = Promise.withResolvers<Json>();
      const made = world(only(invokeTask("slow", { ...limit, End: true })), { slow: () => promise });
      const execution = made.executions.start(
        "arn:aws:states:eu-north-1:000000000000:stateMachine:workflow",
        undefined,
        JSON.stringify({ limit: 60 }),
      );
      // A function at work holds the clock; only in this test does time pass under it.
      const due = made.clock.timers().map(({ dueMs }) => dueMs - START);
      expect(due).toEqual([60_000]);
      expect(made.now(execution).status).toBe("RUNNING");
    }
  });

  it("refuses more than 256 KiB, which States.ALL does not catch", async () => {
    const state = invokeTask("large", {
      End: true,
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
    });
    const definition: Json = { StartAt: "Only", States: { Only: state, Caught: { Type: "Succeed" } } };
    const large = (bytes: number) => ({ large: () => "x".repeat(bytes) });
    expect(await outcomeOf(definition, {}, large(256 * 1024))).toMatchObject({
      error: "States.DataLimitExceeded",
    });
    expect(await outcomeOf(definition, {}, large(255 * 1024))).toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("Retry and Catch", () => {
  const failing = (times: number, error = "Busy"): Functions => {
    let left = times;
    return { work: () => (left-- > 0 ? Promise.reject(failure(error)) : { done: true }) };
  };

  it("tries again after the interval, each time longer, up to the longest", async () => {
    const made = world(
      only(
        invokeTask("work", {
          End: true,
          Retry: [
            {
              ErrorEquals: ["Busy"],
              IntervalSeconds: 10,
              BackoffRate: 3,
              MaxAttempts: 4,
              MaxDelaySeconds: 60,
            },
          ],
        }),
      ),
      failing(4),
    );
    const execution = await made.start();
    const attempts: number[] = [];
    for (const seconds of [10, 30, 60, 60]) {
      await made.advance(seconds - 1);
      attempts.push(made.calls.length);
      await made.advance(1);
    }
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(made.now(execution)).toMatchObject({ status: "SUCCEEDED", output: { done: true } });
  });

  it("tries three times more, after 1, 2 and 4 seconds, unless it is told otherwise", async () => {
    const made = world(
      only(invokeTask("work", { End: true, Retry: [{ ErrorEquals: ["States.ALL"] }] })),
      failing(9),
    );
    const execution = await made.start();
    await made.advance(7);
    expect(made.calls).toHaveLength(4);
    expect(made.now(execution)).toMatchObject({ status: "FAILED", error: "Busy", stoppedAt: START + 7000 });
  });

  it("counts each retrier for itself, and asks the catchers once it is used up", async () => {
    const errors = ["A", "B", "A", "B"];
    const made = world(
      {
        StartAt: "Work",
        States: {
          Work: invokeTask("work", {
            End: true,
            Retry: [
              { ErrorEquals: ["A"], MaxAttempts: 2 },
              { ErrorEquals: ["B"], MaxAttempts: 1 },
            ],
            Catch: [{ ErrorEquals: ["B"], ResultPath: "$.error", Next: "Caught" }],
          }),
          Caught: { Type: "Pass", End: true },
        },
      },
      { work: () => Promise.reject(failure(errors.shift() ?? "Z")) },
    );
    const execution = await made.start({ id: 1 });
    await made.advance(60);
    expect(made.calls).toHaveLength(4);
    expect(made.now(execution)).toMatchObject({
      status: "SUCCEEDED",
      output: { id: 1, error: { Error: "B", Cause: expect.any(String) } },
    });
  });

  it("draws a jittered wait once, so that a restart waits as long", async () => {
    const definition = only(
      invokeTask("work", {
        End: true,
        Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 1000, JitterStrategy: "FULL" }],
      }),
    );
    const made = world(definition, failing(1));
    await made.start();
    const [timer] = made.clock.timers();
    expect(timer?.dueMs).toBeLessThan(START + 1_000_000);
    const again = await made.restart();
    open.push(again);
    expect(again.clock.timers()[0]?.dueMs).toBe(timer?.dueMs);
  });

  it.each([
    ["States.ALL", "Anything", true],
    ["States.TaskFailed", "Anything", true],
    ["Anything", "Anything", true],
    ["Something", "Anything", false],
    ["States.Timeout", "States.HeartbeatTimeout", true],
    ["States.TaskFailed", "States.Timeout", false],
    ["States.ALL", "States.Timeout", true],
    ["States.ALL", "States.DataLimitExceeded", false],
    ["States.DataLimitExceeded", "States.DataLimitExceeded", true],
    ["States.ALL", "States.Runtime", false],
    ["States.Runtime", "States.Runtime", false],
  ])("%s catches %s: %s", async (named, error, caught) => {
    const definition: Json = {
      StartAt: "Work",
      States: {
        Work: invokeTask("work", { End: true, Catch: [{ ErrorEquals: [named], Next: "Caught" }] }),
        Caught: { Type: "Succeed" },
      },
    };
    const { status } = await outcomeOf(definition, {}, failing(1, error));
    expect(status).toBe(caught ? "SUCCEEDED" : "FAILED");
  });
});

describe("Parallel and Map", () => {
  const chain = (state: Record<string, Json>): Json => ({ StartAt: "Inner", States: { Inner: state } });

  it("runs branches side by side and answers in their order", async () => {
    const definition = only({
      Type: "Parallel",
      Branches: [
        chain({ Type: "Wait", Seconds: 10, End: true }),
        chain({ Type: "Pass", Result: 2, End: true }),
      ],
      ResultPath: "$.results",
      End: true,
    });
    const made = world(definition);
    const execution = await made.start({ a: 1 });
    expect(made.executions.currentStates(execution.arn)).toEqual(["Only", "Inner"]);
    await made.advance(10);
    expect(made.now(execution).output).toEqual({ a: 1, results: [{ a: 1 }, 2] });
  });

  it("ends the other branches when one fails", async () => {
    const definition: Json = {
      StartAt: "Only",
      States: {
        Only: {
          Type: "Parallel",
          Branches: [chain({ Type: "Wait", Seconds: 10, End: true }), chain({ Type: "Fail", Error: "No" })],
          Catch: [{ ErrorEquals: ["No"], Next: "Caught" }],
          End: true,
        },
        Caught: { Type: "Succeed" },
      },
    };
    const made = world(definition);
    expect(made.now(await made.start())).toMatchObject({ status: "SUCCEEDED", output: { Error: "No" } });
    expect(made.clock.timers()).toEqual([]);
  });

  it("maps each item, with its index, in order", async () => {
    const definition = only({
      Type: "Map",
      ItemsPath: "$.items",
      ItemSelector: { "i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "of.$": "$.name" },
      ItemProcessor: {
        ProcessorConfig: { Mode: "INLINE" },
        ...(chain(invokeTask("echo", { End: true })) as object),
      },
      End: true,
    });
    const { output } = await outcomeOf(
      definition,
      { name: "n", items: ["a", "b"] },
      { echo: (payload) => payload },
    );
    expect(output).toEqual([
      { i: 0, v: "a", of: "n" },
      { i: 1, v: "b", of: "n" },
    ]);
  });

  it.each([
    [3, 3],
    [0, 40],
  ])("with MaxConcurrency %s works on %s items at a time", async (MaxConcurrency, atOnce) => {
    const made = world(
      only({
        Type: "Map",
        MaxConcurrency,
        ItemProcessor: chain({ Type: "Wait", Seconds: 10, End: true }),
        End: true,
      }),
    );
    const execution = await made.start(Array.from({ length: 50 }, (_, at) => at));
    expect(made.clock.timers()).toHaveLength(atOnce);
    await made.advance(10 * Math.ceil(50 / atOnce));
    expect(made.now(execution).status).toBe("SUCCEEDED");
  });

  it("fails on something that is no list", async () => {
    const definition = only({ Type: "Map", ItemProcessor: chain({ Type: "Succeed" }), End: true });
    expect(await outcomeOf(definition, {})).toMatchObject({ error: "States.Runtime" });
  });

  it("answers an empty list for an empty list", async () => {
    const definition = only({ Type: "Map", ItemProcessor: chain({ Type: "Succeed" }), End: true });
    expect(await outcomeOf(definition, [])).toMatchObject({ output: [] });
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
