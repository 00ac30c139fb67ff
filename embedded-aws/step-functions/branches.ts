import type { Json } from "../template/json.ts";
import { failedWith, failureOf } from "./data-flow.ts";
import { type Outcome, outcome, outputOf, type Scope, type Step } from "./run.ts";

type Branch = (scope: Scope) => Promise<Json>;

/**
 * Runs the branches of a Parallel state, or the items of a Map, at most `atOnce` at a time; answers their outputs
 * in order. The first failure ends the others. The outcome is remembered, so that a replay skips them all.
 */
export async function joined(
  step: Step,
  attempt: number,
  branches: readonly Branch[],
  atOnce: number,
): Promise<Json[]> {
  const key = `${step.key}#${attempt}`;
  const { memory } = step.run;
  const known = memory.recall(`${key}:outcome`, outcome);
  const result = known?.value ?? (await together(step, key, branches, atOnce));
  const output = outputOf(result);
  return Array.isArray(output) ? output : [];
}

async function together(
  step: Step,
  key: string,
  branches: readonly Branch[],
  atOnce: number,
): Promise<Outcome> {
  const siblings = new AbortController();
  const signal = AbortSignal.any([step.scope.signal, siblings.signal]);
  const outputs: Json[] = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < branches.length && !signal.aborted; at = next++) {
      const branch = branches[at];
      if (branch) outputs[at] = await branch({ ...step.scope, prefix: `${key}/${at}/`, signal });
    }
  };
  const lanes = Array.from({ length: Math.min(atOnce, branches.length) }, lane);
  const remember = (result: Outcome) => step.run.memory.remember(`${key}:outcome`, outcome, result).value;
  try {
    await Promise.all(lanes);
    return remember({ ok: true, output: outputs });
  } catch (thrown) {
    const failed = failedWith(failureOf(thrown));
    const result = remember(failed);
    siblings.abort();
    await Promise.allSettled(lanes);
    return result;
  }
}
