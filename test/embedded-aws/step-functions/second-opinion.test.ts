import { StateMachine } from "aws-local-stepfunctions";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isObject, type Json, type JsonObject } from "../../../embedded-aws/template/json.ts";
import { type Behaviour, randomWorkflow, shape } from "./random-definitions.ts";
import { type Functions, failure, openWorld } from "./world.ts";

type Told = { status: "SUCCEEDED"; output: Json } | { status: "FAILED"; error: string | undefined };

/** Counts the failures of each input for itself, so that the order of branches and items doesn't matter. */
function functionsOf(behaviours: Record<string, Behaviour>): Functions {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    Object.entries(behaviours).map(([name, { failures }]) => [
      name,
      (payload: Json) => {
        const key = `${name} ${JSON.stringify(payload)}`;
        const before = seen.get(key) ?? 0;
        seen.set(key, before + 1);
        if (before < failures) throw failure("Boom", `failure ${before + 1} of ${name}`);
        return { by: name, payload };
      },
    ]),
  );
}

async function ours(definition: Json, behaviours: Record<string, Behaviour>, input: Json): Promise<Told> {
  const world = openWorld({ definition, functions: functionsOf(behaviours) });
  const execution = await world.start(input);
  for (let left = 50; left > 0 && world.now(execution).status === "RUNNING"; left--)
    await world.advance(1000);
  const { status, output = null, error } = world.now(execution);
  world.close();
  return status === "SUCCEEDED" ? { status, output: withoutCauses(output) } : { status: "FAILED", error };
}

async function theirs(
  definition: JsonObject,
  behaviours: Record<string, Behaviour>,
  input: Json,
): Promise<Told> {
  const names = [...statesOf(definition)];
  // A copy: it writes into what it is given.
  const machine = new StateMachine(JSON.parse(JSON.stringify(definition)));
  // Milliseconds; it takes 0 for none.
  const atOnce = Object.fromEntries(names.map((name) => [name, 1]));
  const { result } = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: functionsOf(behaviours) as Record<string, (payload: Json) => Json>,
      waitTimeOverrides: atOnce,
      retryIntervalOverrides: atOnce,
    },
  });
  try {
    return { status: "SUCCEEDED", output: withoutCauses((await result) as Json) };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.cause : thrown;
    return { status: "FAILED", error: reason instanceof Error ? reason.name : String(reason) };
  }
}

/** The two word causes differently. */
function withoutCauses(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutCauses);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === "Cause" ? "…" : withoutCauses(each)]),
  );
}

function* statesOf(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* statesOf(each);
  if (!isObject(value)) return;
  for (const [name, each] of Object.entries(value)) {
    if (name === "States" && isObject(each)) yield* Object.keys(each);
    yield* statesOf(each);
  }
}

/** More of them on demand: each takes about a tenth of a second. */
const SAMPLE = Number(process.env["SECOND_OPINIONS"] ?? 60);

it(
  "an independent interpreter comes to the same end, whatever the workflow",
  async () => {
    const ends = { SUCCEEDED: 0, FAILED: 0 };
    await fc.assert(
      fc.asyncProperty(randomWorkflow, shape, async ({ definition, behaviours }, input) => {
        const told = await ours(definition, behaviours, input);
        expect(told).toEqual(await theirs(definition, behaviours, input));
        ends[told.status]++;
      }),
      { seed: 20261123, numRuns: SAMPLE, endOnFailure: true },
    );
    expect(Math.min(ends.SUCCEEDED, ends.FAILED)).toBeGreaterThan(SAMPLE / 10);
  },
  SAMPLE * 1000,
);
