import type { Json } from "../template/json.ts";
import { StateFailure, StatesErrors } from "./errors.ts";
import { evaluate, IntrinsicFailure, parseExpression } from "./intrinsics.ts";
import { PathNotFound, PathUnwritable, parsePath, type Roots, readPath, writePath } from "./json-path.ts";
import { fillTemplate } from "./payload-template.ts";
import { type Outcome, rootsOf, type Step } from "./run.ts";

/** The most a state may take or give, bytes of UTF-8 (Step Functions quotas, "Task execution"). */
const LARGEST_PAYLOAD_BYTES = 256 * 1024;

interface Filters {
  InputPath?: string | null | undefined;
  OutputPath?: string | null | undefined;
  ResultPath?: string | null | undefined;
  ResultSelector?: Json | undefined;
  Next?: string | undefined;
}

/** Where a state leads: its output, and the next state unless the chain ends. */
export interface Moved {
  output: Json;
  next: string | undefined;
}

/** The effective input: the part of the raw input that InputPath chooses; null chooses nothing, `{}`. */
export function chosenInput(state: Filters, raw: Json, step: Step): Json {
  return select(state.InputPath, rootsOf(step, raw));
}

function select(path: string | null | undefined, roots: Roots): Json {
  if (path === null) return {};
  return path === undefined ? roots.input : readPath(parsePath(path), roots);
}

/** A template filled, or the input itself where there is none. */
export function filled(template: Json | undefined, roots: Roots, step: Step): Json {
  return template === undefined ? roots.input : fillTemplate(template, roots, step.random);
}

/** ResultSelector, ResultPath into the raw input, OutputPath. */
export function movedOn(state: Filters, raw: Json, result: Json, step: Step): Moved {
  const picked = filled(state.ResultSelector, rootsOf(step, result), step);
  const combined = placed(state.ResultPath, raw, picked);
  return { output: withinLimit(select(state.OutputPath, rootsOf(step, combined))), next: state.Next };
}

/** The raw input with a result at ResultPath: `$` is the result alone, null the input alone. */
export function placed(resultPath: string | null | undefined, raw: Json, result: Json): Json {
  return resultPath === null ? raw : writePath(parsePath(resultPath ?? "$"), raw, result);
}

/** What a field such as ErrorPath or TimeoutSecondsPath names. */
export function expressed(source: string, roots: Roots, step: Step): Json {
  return evaluate(parseExpression(source), roots, step.random);
}

export function withinLimit(payload: Json): Json {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes <= LARGEST_PAYLOAD_BYTES) return payload;
  throw new StateFailure(
    StatesErrors.dataLimitExceeded,
    `A payload of ${bytes} bytes is over the ${LARGEST_PAYLOAD_BYTES} that may travel between states`,
  );
}

/** The failure that Retry and Catch see for what was thrown. What is no failure of a state is thrown again. */
export function failureOf(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  if (thrown instanceof PathNotFound) return new StateFailure(StatesErrors.runtime, thrown.message);
  if (thrown instanceof PathUnwritable)
    return new StateFailure(StatesErrors.resultPathMatchFailure, thrown.message);
  if (thrown instanceof IntrinsicFailure)
    return new StateFailure(StatesErrors.intrinsicFailure, thrown.message);
  throw thrown;
}

export function failedWith({ error, cause }: StateFailure): Outcome {
  return { ok: false, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
