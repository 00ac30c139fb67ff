import { describe, expect, it } from "vitest";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { invokeTask } from "./world.ts";
import { only, worldsOfATest } from "./worlds-of-a-test.ts";

const { world, outcomeOf } = worldsOfATest();

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
