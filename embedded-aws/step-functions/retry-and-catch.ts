import * as z from "zod";
import type { Json } from "../template/json.ts";
import { failureOf, type Moved, placed, withinLimit } from "./data-flow.ts";
import { errorEquals, type StateFailure } from "./errors.ts";
import { type Step, sleepUntil } from "./run.ts";

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number | undefined;
  MaxAttempts?: number | undefined;
  BackoffRate?: number | undefined;
  MaxDelaySeconds?: number | undefined;
  JitterStrategy?: "FULL" | "NONE" | undefined;
}

interface Catcher {
  ErrorEquals: string[];
  Next: string;
  ResultPath?: string | null | undefined;
}

interface MayFail {
  Retry?: Retrier[] | undefined;
  Catch?: Catcher[] | undefined;
}

/**
 * Attempts a state's work until it succeeds, is caught, or fails for good. The first retrier that names the error
 * counts, each with a count of its own; once it is used up the catchers are asked.
 */
export async function withRetryAndCatch(
  state: MayFail,
  raw: Json,
  step: Step,
  attempt: (number: number) => Promise<Moved>,
): Promise<Moved> {
  const used = new Map<Retrier, number>();
  for (let number = 0; ; number++) {
    try {
      return await attempt(number);
    } catch (thrown) {
      const failure = failureOf(thrown);
      const retrier = state.Retry?.find(({ ErrorEquals }) => errorEquals(ErrorEquals, failure.error));
      const before = retrier ? (used.get(retrier) ?? 0) : 0;
      if (!retrier || before >= (retrier.MaxAttempts ?? 3)) return caught(state, raw, failure);
      used.set(retrier, before + 1);
      const dueMs = step.run.clock.now() + delaySeconds(retrier, before, step) * 1000;
      await sleepUntil(
        step,
        step.run.memory.remember(`${step.key}#${number}:retry`, z.number(), dueMs).value,
      );
    }
  }
}

/** Seconds before retry number `before` (from 0). */
function delaySeconds(retrier: Retrier, before: number, step: Step): number {
  const backedOff = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** before;
  const longest = Math.min(backedOff, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return retrier.JitterStrategy === "FULL" ? longest * (step.random().readUInt32BE() / 2 ** 32) : longest;
}

function caught(state: MayFail, raw: Json, failure: StateFailure): Moved {
  const catcher = state.Catch?.find(({ ErrorEquals }) => errorEquals(ErrorEquals, failure.error));
  if (!catcher) throw failure;
  const { error, cause } = failure;
  const told = { ...(error !== undefined && { Error: error }), ...(cause !== undefined && { Cause: cause }) };
  return { output: withinLimit(placed(catcher.ResultPath, raw, told)), next: catcher.Next };
}
