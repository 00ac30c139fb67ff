import type { Json } from "../template/json.ts";
import { joined } from "./branches.ts";
import { ruleHolds } from "./choice-rules.ts";
import { chosenInput, expressed, filled, type Moved, movedOn } from "./data-flow.ts";
import type { Chain, State } from "./definition.ts";
import { StateFailure, StatesErrors } from "./errors.ts";
import { parsePath, readPath } from "./json-path.ts";
import { withRetryAndCatch } from "./retry-and-catch.ts";
import { enterStep, rootsOf, type Scope, type Step, sleepUntil } from "./run.ts";
import { attemptTask } from "./tasks.ts";

type StateOf<T extends State["Type"]> = Extract<State, { Type: T }>;
type Behaviour<T extends State["Type"]> = (
  state: StateOf<T>,
  raw: Json,
  step: Step,
) => Moved | Promise<Moved>;

/** AWS runs at most this many items of an inline Map at a time. */
const MOST_ITEMS_AT_ONCE = 40;

/** What each type of state does (states-language.net, "State Types"). */
const behaviours: { [T in State["Type"]]: Behaviour<T> } = {
  Pass(state, raw, step) {
    const input = chosenInput(state, raw, step);
    const result = state.Result ?? filled(state.Parameters, rootsOf(step, input), step);
    return movedOn(state, raw, result, step);
  },

  Succeed: (state, raw, step) => movedOn(state, raw, chosenInput(state, raw, step), step),

  Fail(state, raw, step) {
    const told = (given: string | undefined, source: string | undefined) =>
      source === undefined ? given : asText(expressed(source, rootsOf(step, raw), step), source);
    throw new StateFailure(told(state.Error, state.ErrorPath), told(state.Cause, state.CausePath));
  },

  Choice(state, raw, step) {
    const input = chosenInput(state, raw, step);
    const roots = rootsOf(step, input);
    const next = state.Choices.find(({ rule }) => ruleHolds(rule, roots))?.Next ?? state.Default;
    if (next === undefined) {
      throw new StateFailure(
        StatesErrors.noChoiceMatched,
        `No choice of '${step.name}' matched and it has no default`,
      );
    }
    return { ...movedOn(state, input, input, step), next };
  },

  async Wait(state, raw, step) {
    const input = chosenInput(state, raw, step);
    await sleepUntil(step, wakeTime(state, input, step));
    return movedOn(state, input, input, step);
  },

  Task: (state, raw, step) =>
    withRetryAndCatch(state, raw, step, async (attempt) =>
      movedOn(state, raw, await attemptTask(state, raw, step, attempt), step),
    ),

  Parallel: (state, raw, step) =>
    withRetryAndCatch(state, raw, step, async (attempt) => {
      const input = filled(state.Parameters, rootsOf(step, chosenInput(state, raw, step)), step);
      const branches = state.Branches.map((branch) => (scope: Scope) => runChain(branch, input, scope));
      return movedOn(state, raw, await joined(step, attempt, branches, branches.length), step);
    }),

  Map: (state, raw, step) =>
    withRetryAndCatch(state, raw, step, async (attempt) => {
      const input = chosenInput(state, raw, step);
      const roots = rootsOf(step, input);
      const items = asItems(readPath(parsePath(state.ItemsPath ?? "$"), roots), state.ItemsPath ?? "$");
      const atOnce = state.MaxConcurrencyPath
        ? asCount(readPath(parsePath(state.MaxConcurrencyPath), roots), state.MaxConcurrencyPath)
        : state.MaxConcurrency;
      const branches = items.map((Value, Index) => (scope: Scope) => {
        const item = { Index, Value };
        const selected = state.ItemSelector
          ? filled(state.ItemSelector, rootsOf(step, input, { item }), step)
          : Value;
        return runChain(state.ItemProcessor, selected, { ...scope, item });
      });
      const results = await joined(step, attempt, branches, atOnce || MOST_ITEMS_AT_ONCE);
      return movedOn(state, raw, results, step);
    }),
};

/** Runs a chain from its first state to its end; answers the last state's output, or throws its StateFailure. */
export async function runChain(chain: Chain, input: Json, scope: Scope): Promise<Json> {
  let [name, raw]: [string, Json] = [chain.StartAt, input];
  for (let visit = 0; ; visit++) {
    const state = chain.States[name];
    if (!state) throw new Error(`There is no state '${name}'`);
    const step = enterStep(scope, visit, name, state.Type);
    const { output, next } = await runState(state, raw, step).finally(() =>
      step.run.current.delete(step.key),
    );
    if (next === undefined) return output;
    [name, raw] = [next, output];
  }
}

async function runState<T extends State["Type"]>(state: StateOf<T>, raw: Json, step: Step): Promise<Moved> {
  const type: T = state.Type;
  return behaviours[type](state, raw, step);
}

/** When a Wait state is over, epoch ms. */
function wakeTime(state: StateOf<"Wait">, input: Json, step: Step): number {
  const roots = rootsOf(step, input);
  if (state.Seconds !== undefined) return step.enteredAt + state.Seconds * 1000;
  if (state.SecondsPath !== undefined) {
    return step.enteredAt + asCount(readPath(parsePath(state.SecondsPath), roots), state.SecondsPath) * 1000;
  }
  const text =
    state.TimestampPath === undefined ? state.Timestamp : readPath(parsePath(state.TimestampPath), roots);
  const dueMs = Date.parse(String(text));
  if (Number.isNaN(dueMs))
    throw new StateFailure(StatesErrors.runtime, `${JSON.stringify(text)} is no timestamp`);
  return dueMs;
}

function asCount(value: Json, source: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 99_999_999) return value;
  throw new StateFailure(StatesErrors.runtime, `'${source}' is ${JSON.stringify(value)}, no whole number`);
}

function asItems(value: Json, source: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new StateFailure(StatesErrors.runtime, `'${source}' is no array`);
}

function asText(value: Json, source: string): string {
  if (typeof value === "string") return value;
  throw new StateFailure(StatesErrors.runtime, `'${source}' is ${JSON.stringify(value)}, no text`);
}
