import { describe, expect, it } from "vitest";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { arnOf, type Functions, failure, invokeTask, START } from "./world.ts";
import { only, worldsOfATest } from "./worlds-of-a-test.ts";

const { world, track, outcomeOf } = worldsOfATest();

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
    const again = track(await made.restart());
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
