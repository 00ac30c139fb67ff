import { randomBytes } from "node:crypto";
import * as z from "zod";
import { isObject, type Json } from "../template/json.ts";
import { chosenInput, expressed, failedWith, failureOf, filled, withinLimit } from "./data-flow.ts";
import type { TaskState } from "./definition.ts";
import { Ended, StateFailure, StatesErrors } from "./errors.ts";
import type { Roots } from "./json-path.ts";
import { type Outcome, outcome, outputOf, rootsOf, type Step } from "./run.ts";

/** Remembered before a task is tried; a task that waits for its token keeps token and time over a restart. */
export const scheduled = z.object({ token: z.string().exactOptional() });
const handedOut = z.literal(true);

/** Seconds; above it a missing TimeoutSeconds isn't worth a timer (three years). */
const NO_TIMEOUT = 99_999_999;

interface TaskToken {
  executionArn: string;
  /** The key of the attempt that waits for it. */
  attempt: string;
}

export function makeToken({ executionArn, attempt }: TaskToken): string {
  return Buffer.from(JSON.stringify([executionArn, attempt, randomBytes(24).toString("base64")])).toString(
    "base64url",
  );
}

/** Undefined for what never was a token. */
export function readToken(token: string): TaskToken | undefined {
  try {
    const [executionArn, attempt] = z
      .tuple([z.string(), z.string(), z.string()])
      .parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    return { executionArn, attempt };
  } catch {
    return undefined;
  }
}

/** The function a task calls, and how its answer becomes the task's output. */
interface Call {
  functionName: string;
  payload: Json;
  /** lambda:invoke wraps the answer; a function's own ARN as resource gives it bare. */
  output(payload: Json): Json;
}

/** One attempt of a Task state: its output, or the StateFailure it ended with. */
export async function attemptTask(state: TaskState, raw: Json, step: Step, number: number): Promise<Json> {
  const { memory } = step.run;
  const key = `${step.key}#${number}`;
  const waits = state.Resource.endsWith(".waitForTaskToken");
  const made = memory.remember(`${key}:scheduled`, scheduled, {
    ...(waits && { token: makeToken({ executionArn: step.run.record.arn, attempt: key }) }),
  });
  const input = chosenInput(state, raw, step);
  const roots = rootsOf(step, input, { token: made.value.token, retryCount: number });
  const known = memory.recall(`${key}:outcome`, outcome);
  if (known) return outputOf(known.value);
  const call = callOf(state, filled(state.Parameters, roots, step));
  withinLimit(call.payload);
  // A task that was in flight is called anew, with all its time; one that waits for its token began when it began.
  const startedAt = waits ? made.at : step.run.clock.now();
  return outputOf(await settled(step, key, call, waits, limitsOf(state, roots, startedAt, step)));
}

interface Limits {
  dueMs: number | undefined;
  heartbeatMs: number | undefined;
}

function limitsOf(state: TaskState, roots: Roots, startedAt: number, step: Step): Limits {
  const seconds = (given: number | undefined, source: string | undefined) => {
    const value = source === undefined ? given : expressed(source, roots, step);
    if (value === undefined || value === NO_TIMEOUT) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < NO_TIMEOUT)
      return value * 1000;
    throw new StateFailure(
      StatesErrors.runtime,
      `'${source}' is ${JSON.stringify(value)}, no number of seconds`,
    );
  };
  const timeoutMs = seconds(state.TimeoutSeconds, state.TimeoutSecondsPath);
  return {
    dueMs: timeoutMs === undefined ? undefined : startedAt + timeoutMs,
    heartbeatMs: seconds(state.HeartbeatSeconds, state.HeartbeatSecondsPath),
  };
}

function callOf(state: TaskState, parameters: Json): Call {
  if (state.Resource.includes(":lambda:") && state.Resource.includes(":function:")) {
    return { functionName: state.Resource, payload: parameters, output: (payload) => payload };
  }
  const { FunctionName, Payload = {}, Qualifier } = isObject(parameters) ? parameters : {};
  if (typeof FunctionName !== "string")
    throw new StateFailure(StatesErrors.runtime, "FunctionName is no text");
  return {
    functionName: typeof Qualifier === "string" ? `${FunctionName}:${Qualifier}` : FunctionName,
    payload: Payload,
    output: (payload) => ({
      ExecutedVersion: typeof Qualifier === "string" ? Qualifier : "$LATEST",
      Payload: payload,
      SdkHttpMetadata: { HttpStatusCode: 200 },
      StatusCode: 200,
    }),
  };
}

/** Whatever comes first settles the task for good: the function, the answer to its token, or the clock. */
function settled(step: Step, key: string, call: Call, waits: boolean, limits: Limits): Promise<Outcome> {
  const { memory, clock, waiting, record } = step.run;
  const { signal } = step.scope;
  const timers = new Set<{ cancel(): void }>();
  const over = new AbortController();
  return new Promise<Outcome>((resolve, reject) => {
    const settle = (result: Outcome) => {
      if (!signal.aborted) resolve(memory.remember(`${key}:outcome`, outcome, result).value);
    };
    const failAt = (dueMs: number, error: string) => {
      const timer = clock.at(dueMs, `${record.name}: ${step.name}: ${error}`, () =>
        settle({ ok: false, error }),
      );
      timers.add(timer);
      return timer;
    };
    signal.addEventListener("abort", () => reject(new Ended()), { once: true, signal: over.signal });
    if (limits.dueMs !== undefined) failAt(limits.dueMs, StatesErrors.timeout);
    if (waits) {
      const { heartbeatMs } = limits;
      const watch = () =>
        heartbeatMs === undefined
          ? undefined
          : failAt(clock.now() + heartbeatMs, StatesErrors.heartbeatTimeout);
      let watching = watch();
      waiting.set(key, {
        answer: settle,
        heartbeat() {
          watching?.cancel();
          watching = watch();
        },
      });
    }
    // A token that was handed out is only waited for: whoever has it may answer.
    if (waits && memory.recall(`${key}:handed-out`, handedOut)) return;
    void called(step, call).then((result) => {
      if (signal.aborted) return;
      if (!waits || !result.ok) settle(result);
      else memory.remember(`${key}:handed-out`, handedOut, true);
    }, reject);
  }).finally(() => {
    over.abort();
    for (const timer of timers) timer.cancel();
    waiting.delete(key);
  });
}

/**
 * Calls the function. Its own errors keep their name (`Lambda.Unknown` without one), with the answer as cause
 * (developer guide, "Handling errors", Lambda).
 */
async function called(step: Step, call: Call): Promise<Outcome> {
  try {
    const { clock, invoker } = step.run;
    const result = await clock.track(invoker.invoke(call.functionName, call.payload));
    const payload = z.json().parse(result.payload ?? null);
    if (result.ok) return { ok: true, output: withinLimit(call.output(payload)) };
    return { ok: false, error: result.errorType || "Lambda.Unknown", cause: JSON.stringify(payload) };
  } catch (thrown) {
    if (thrown instanceof StateFailure) return failedWith(failureOf(thrown));
    return { ok: false, error: "Lambda.ResourceNotFoundException", cause: String(thrown) };
  }
}
