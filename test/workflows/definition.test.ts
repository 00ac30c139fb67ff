import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Assembly, assemblyOf } from "../infra/cloud-assembly.ts";

const state = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  TimeoutSeconds: z.number().optional(),
  TimeoutSecondsPath: z.string().optional(),
  Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })).optional(),
  Retry: z.array(z.object({ ErrorEquals: z.array(z.string()), MaxAttempts: z.number() })).optional(),
  Default: z.string().optional(),
});
const definition = z.object({ StartAt: z.string(), States: z.record(z.string(), state) });
type States = [string, z.output<typeof state>][];

/** The states of a definition, those within a Map too. */
function statesOf(parsed: unknown): States {
  return Object.entries(definition.parse(parsed).States).flatMap(([name, each]) => {
    const inner = each["ItemProcessor"] ?? each["Iterator"];
    return [[name, each] as States[number], ...(inner === undefined ? [] : statesOf(inner))];
  });
}

let states: States;
let tasks: typeof states;
beforeAll(async () => {
  const assembly: Assembly = await assemblyOf("local");
  states = assembly.ofType("AWS::StepFunctions::StateMachine").flatMap((machine) => {
    const text = assembly.flat(machine.Properties["DefinitionString"]);
    return statesOf(JSON.parse(text));
  });
  tasks = states.filter(([, { Type }]) => Type === "Task");
});

describe("no workflow can stand still unseen", () => {
  it("every step ends in time", () => {
    for (const [name, task] of tasks) {
      expect(task.TimeoutSeconds ?? task.TimeoutSecondsPath, name).toBeTruthy();
    }
  });

  it("every step has somewhere to go with whatever breaks", () => {
    for (const [name, { Catch: catches = [] }] of tasks) {
      expect(catches.at(-1)?.ErrorEquals, name).toEqual(["States.ALL"]);
    }
  });

  it("every wait for an answer plans again when its time is up, and is not simply tried again", () => {
    const waits = tasks.filter(([, { Resource }]) => Resource?.endsWith(".waitForTaskToken"));
    expect(waits).toHaveLength(5);
    for (const [name, { Catch: catches = [], Retry: retries = [] }] of waits) {
      expect(catches[0], name).toEqual({
        ErrorEquals: ["States.Timeout"],
        Next: name.replace("Wait for", "Plan the next wake for"),
      });
      const retried = retries.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(retried).not.toContain("States.ALL");
      expect(retried).not.toContain("States.Timeout");
    }
  });

  it("every question has an answer for what nobody thought of", () => {
    for (const [name, { Default }] of states.filter(([, { Type }]) => Type === "Choice")) {
      expect(Default, name).toBeTruthy();
    }
  });

  it("every step is given longer than its function, so that the function is the first to give up", async () => {
    const assembly = await assemblyOf("local");
    const timeouts = new Map(
      assembly
        .ofType("AWS::Lambda::Function")
        .map(({ id, Properties }) => [`<${id}.Arn>`, Properties["Timeout"]]),
    );
    for (const [name, { Resource = "", TimeoutSeconds }] of tasks) {
      if (TimeoutSeconds) expect(TimeoutSeconds, name).toBeGreaterThan(Number(timeouts.get(Resource)));
    }
  });
});

describe("a workflow can be read aloud", () => {
  it("questions end with a question mark and nothing else does", () => {
    for (const [name, { Type }] of states) expect(name.endsWith("?"), name).toBe(Type === "Choice");
  });

  it("every name is a sentence", () => {
    for (const [name] of states) expect(name).toMatch(/^[A-Z][a-z']+( [a-z']+)+\??$/);
  });
});
