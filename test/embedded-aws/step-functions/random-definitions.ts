import fc from "fast-check";
import type { Json, JsonObject } from "../../../embedded-aws/template/json.ts";
import { arnOf } from "./world.ts";

/**
 * How a task's function behaves: it fails `failures` times for each input it sees, then answers. Where a branch
 * or an item as a whole may be tried again it fails always or never: how far its siblings had come when one
 * failed is nobody's promise.
 */
export interface Behaviour {
  failures: number;
}

export interface RandomWorkflow {
  definition: JsonObject;
  /** By the name of the state, which is the function's too. */
  behaviours: Record<string, Behaviour>;
}

/** What every state gets: states add results to it and never take a member away, so that each path exists. */
export const shape = fc.record({
  /** Which item of which item it is, so that no two inputs of a task are alike. */
  id: fc.constant("top"),
  n: fc.integer({ min: -5, max: 5 }),
  s: fc.constantFrom("", "a", "ab", "æ", "log-1.txt"),
  flag: fc.boolean(),
  // Never empty: the second opinion finds nothing at `$.list[*]` then, where AWS finds an empty list.
  list: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }),
});

/** A chain before its states have names. */
type Sketch = { kind: string; fields: JsonObject; branches: Sketch[]; failures: number }[];

const template = fc.constantFrom<Json>(
  { "id.$": "$.id", "n.$": "$.n", fixed: [1, { "s.$": "$.s" }] },
  { "id.$": "$.id", "text.$": "States.Format('{}-{}', $.s, $.n)" },
  { "id.$": "$.id", "sum.$": "States.MathAdd($.n, 3)", "count.$": "States.ArrayLength($.list)" },
  {
    "id.$": "$.id",
    "parts.$": "States.ArrayPartition($.list, 2)",
    "has.$": "States.ArrayContains($.list, $.n)",
  },
  { "id.$": "$.id", "all.$": "$.list[*]", "json.$": "States.JsonToString($.list)" },
);

const rule: fc.Arbitrary<JsonObject> = fc.letrec<{ rule: JsonObject; plain: JsonObject }>((tie) => ({
  plain: fc.oneof(
    fc.record({ Variable: fc.constant("$.n"), NumericGreaterThan: fc.integer({ min: -3, max: 3 }) }),
    fc.record({ Variable: fc.constant("$.n"), NumericLessThanEquals: fc.integer({ min: -3, max: 3 }) }),
    fc.record({ Variable: fc.constant("$.flag"), BooleanEquals: fc.boolean() }),
    fc.record({ Variable: fc.constant("$.s"), StringMatches: fc.constantFrom("*", "log-*.txt", "a*") }),
    fc.record({ Variable: fc.constant("$.s"), StringLessThan: fc.constantFrom("a", "b") }),
    // Never false: the second opinion takes it for true.
    fc.record({ Variable: fc.constantFrom("$.s", "$.r0"), IsPresent: fc.constant(true) }),
    fc.record({ Variable: fc.constantFrom("$.s", "$.n"), IsString: fc.constant(true) }),
  ),
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("plain"),
    fc.record({ And: fc.array(tie("rule"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ Or: fc.array(tie("rule"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ Not: tie("rule") }),
  ),
})).rule as fc.Arbitrary<JsonObject>;

/** Retry and Catch; States.TaskFailed only on tasks: the second opinion doesn't see it in a branch's Fail, as AWS does. */
const recoveryFrom = (...names: string[]) => {
  const named = fc.tuple(fc.constantFrom(...names));
  const retrier = fc.record({ ErrorEquals: named, MaxAttempts: fc.integer({ min: 0, max: 2 }) });
  return { Retry: fc.option(fc.tuple(retrier)), Catch: fc.option(named) };
};

/** A result stays beside the input, or is dropped. */
const resultPath = fc.constantFrom("$.r0", "$.r1.deep", null);

const sketch: fc.Arbitrary<Sketch> = fc.letrec<{ chain: Sketch; state: Sketch[number] }>((tie) => {
  const state = (
    weight: number,
    kind: string,
    fields: fc.Arbitrary<object>,
    branches: fc.Arbitrary<Sketch[]> = fc.constant([]),
  ) => ({
    weight,
    arbitrary: fc.record({
      kind: fc.constant(kind),
      fields: fields as fc.Arbitrary<JsonObject>,
      branches,
      failures: fc.integer({ min: 0, max: 3 }),
    }),
  });
  const task = {
    ...recoveryFrom("Boom", "Other", "States.ALL", "States.TaskFailed"),
    ResultPath: resultPath,
  };
  const container = { ...recoveryFrom("Boom", "Other", "States.ALL"), ResultPath: resultPath };
  const branch = fc.tuple(tie("chain"));
  return {
    chain: fc.array(tie("state"), { minLength: 1, maxLength: 3, depthIdentifier: "chain" }),
    state: fc.oneof(
      { depthSize: "small", depthIdentifier: "chain" },
      state(4, "Task", fc.record({ Parameters: template, ...task })),
      state(2, "Pass", fc.record({ Parameters: template, ResultPath: resultPath })),
      state(2, "Pass", fc.record({ Result: fc.constantFrom<Json>(1, "x", [1]), ResultPath: resultPath })),
      state(1, "Wait", fc.record({ Seconds: fc.integer({ min: 0, max: 100 }) })),
      state(1, "Fail", fc.constant({ Error: "Boom", Cause: "by design" })),
      state(3, "Choice", fc.record({ rule }), branch),
      state(3, "Parallel", fc.record(container), fc.array(tie("chain"), { minLength: 1, maxLength: 3 })),
      state(3, "Map", fc.record({ ...container, MaxConcurrency: fc.integer({ min: 0, max: 2 }) }), branch),
    ),
  };
}).chain;

/** Small workflows of every kind of state but those that wait for a token; every error in them is called Boom. */
export const randomWorkflow: fc.Arbitrary<RandomWorkflow> = sketch.map((chain) => {
  const behaviours: Record<string, Behaviour> = {};
  let count = 0;
  const build = (sketched: Sketch, mayBeTriedAgain = false): JsonObject => {
    // Nothing follows a Fail.
    const end = sketched.findIndex(({ kind }) => kind === "Fail");
    const states = end < 0 ? sketched : sketched.slice(0, end + 1);
    const names = states.map(({ kind }) => `${kind}${count++}`);
    const built: JsonObject = {};
    for (const [at, { kind, fields, branches, failures }] of states.entries()) {
      const name = names[at] ?? "";
      const next = names[at + 1];
      const on: JsonObject = next === undefined ? { End: true } : { Next: next };
      if (kind === "Task") {
        behaviours[name] = {
          failures: mayBeTriedAgain ? (failures > 1 ? Number.POSITIVE_INFINITY : 0) : failures,
        };
      }
      const retried = mayBeTriedAgain || Boolean(fields["Retry"]);
      const inner = branches.map((branch) => build(branch, retried));
      Object.assign(built, stateOf(name, kind, fields, on, inner));
    }
    return { StartAt: names[0] ?? "", States: built };
  };
  return { definition: build(chain), behaviours };
});

/** The state itself, and those that it leads to besides. */
function stateOf(
  name: string,
  Type: string,
  fields: JsonObject,
  on: JsonObject,
  branches: JsonObject[],
): JsonObject {
  const { Catch, Retry, rule: asked, ...plain } = fields;
  const caught = `${name} caught`;
  const mayFail: JsonObject = {
    ...(Retry && { Retry }),
    ...(Catch && { Catch: [{ ErrorEquals: Catch, ResultPath: "$.caught", Next: caught }] }),
  };
  const afterwards: JsonObject = Catch ? { [caught]: { Type: "Pass", ...on } } : {};
  const [first] = branches;
  switch (Type) {
    case "Task":
      return { [name]: { Type, Resource: arnOf(name), ...plain, ...mayFail, ...on }, ...afterwards };
    case "Fail":
      return { [name]: { Type, ...plain } };
    case "Choice": {
      // Yes: a detour through a branch of its own, then on; no: on at once.
      const detour = { Type: "Parallel", Branches: [first ?? {}], ResultPath: null, ...on };
      return {
        [name]: { Type, Choices: [{ ...(asked as JsonObject), Next: `${name} yes` }], Default: `${name} no` },
        [`${name} yes`]: detour,
        [`${name} no`]: { Type: "Pass", ...on },
      };
    }
    case "Parallel":
      return { [name]: { Type, Branches: branches, ...plain, ...mayFail, ...on }, ...afterwards };
    case "Map": {
      const ItemSelector = {
        "id.$": "States.Format('{}/{}', $.id, $$.Map.Item.Index)",
        "n.$": "$$.Map.Item.Value",
        "index.$": "$$.Map.Item.Index",
        "s.$": "$.s",
        "flag.$": "$.flag",
        "list.$": "$.list",
      };
      const more = { ItemsPath: "$.list", ItemSelector, ItemProcessor: first ?? {} };
      return { [name]: { Type, ...more, ...plain, ...mayFail, ...on }, ...afterwards };
    }
    default:
      return { [name]: { Type, ...plain, ...on } };
  }
}
