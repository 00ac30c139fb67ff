import { createHash } from "node:crypto";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { Json, JsonObject } from "../template/json.ts";
import { Ended, StateFailure } from "./errors.ts";
import type { Randomness } from "./intrinsics.ts";
import type { ExecutionRecord, JournalEvent } from "./journal.ts";
import type { Roots } from "./json-path.ts";

/** How an effect came out; recorded, so that a replay tells the same without having the effect again. */
export const outcome = z.union([
  z.object({ ok: z.literal(true), output: z.json() }),
  z.object({ ok: z.literal(false), error: z.string().exactOptional(), cause: z.string().exactOptional() }),
]);
export type Outcome = z.infer<typeof outcome>;

/** Written when a state is entered. */
export const entry = z.object({ state: z.string(), type: z.string() });

/** The output of a good outcome; throws the failure of a bad one. */
export function outputOf(result: Outcome): Json {
  if (result.ok) return result.output;
  throw new StateFailure(result.error, result.cause);
}

/** One running execution: what it is, what it remembers, and what its steps may use. */
export interface Run {
  readonly record: ExecutionRecord;
  readonly input: Json;
  readonly machine: { arn: string; name: string; roleArn: string };
  readonly clock: LocalClock;
  readonly invoker: LambdaInvoker;
  readonly memory: Memory;
  /** Aborted once the execution has ended. */
  readonly signal: AbortSignal;
  /** The states it is in, by the key of the step. */
  readonly current: Map<string, string>;
  /** Tasks that wait for their token to be answered, by the key of the attempt. */
  readonly waiting: Map<string, WaitingTask>;
}

export interface WaitingTask {
  answer(result: Outcome): void;
  heartbeat(): void;
}

/**
 * What has happened in an execution. Execution is deterministic but for what is remembered here: run again from
 * the start over the same memory it arrives, without any effect, where it was.
 */
export class Memory {
  readonly #events: Map<string, JournalEvent>;
  readonly #write: (event: JournalEvent) => void;
  readonly #now: () => number;

  constructor(events: readonly JournalEvent[], now: () => number, write: (event: JournalEvent) => void) {
    this.#events = new Map(events.map((event) => [event.key, event]));
    this.#now = now;
    this.#write = write;
  }

  recall<T>(key: string, schema: z.ZodType<T>): { at: number; value: T } | undefined {
    const event = this.#events.get(key);
    return event && { at: event.at, value: schema.parse(event.value) };
  }

  /** Remembers `value` unless something is remembered under the key already; answers what is. */
  remember<T extends Json>(key: string, schema: z.ZodType<T>, value: T): { at: number; value: T } {
    const known = this.recall(key, schema);
    if (known) return known;
    const event = { key, at: this.#now(), value };
    this.#write(event);
    this.#events.set(key, event);
    return { at: event.at, value };
  }
}

/** A branch, a Map's item, or the whole workflow: where a chain of states runs. */
export interface Scope {
  readonly run: Run;
  /** Begins the keys of its steps, e.g. `4#0/2/` for the third branch of the fifth step. */
  readonly prefix: string;
  readonly signal: AbortSignal;
  /** The context object's Map, in a Map. */
  readonly item?: { Index: number; Value: Json };
}

/** One visit of one state. */
export interface Step {
  readonly scope: Scope;
  readonly run: Run;
  readonly key: string;
  readonly name: string;
  readonly enteredAt: number;
  readonly random: Randomness;
}

export function enterStep(scope: Scope, visit: number, name: string, type: string): Step {
  const { run } = scope;
  if (scope.signal.aborted) throw new Ended();
  const key = `${scope.prefix}${visit}`;
  const entered = run.memory.remember(key, entry, { state: name, type });
  run.current.set(key, name);
  return { scope, run, key, name, enteredAt: entered.at, random: randomness(`${run.record.arn} ${key}`) };
}

/** Drawn from the step itself, so that a replay draws the same; the start time makes a reused name draw anew. */
function randomness(seed: string): Randomness {
  let drawn = 0;
  return () => createHash("sha256").update(`${seed} ${drawn++}`).digest().subarray(0, 16);
}

/** `$` and `$$` for a step (developer guide, "Context object"). */
export function rootsOf(
  step: Step,
  input: Json,
  more: { token?: string | undefined; retryCount?: number; item?: Scope["item"] } = {},
): Roots {
  const { run, scope } = step;
  const item = more.item ?? scope.item;
  const context: JsonObject = {
    Execution: {
      Id: run.record.arn,
      Input: run.input,
      Name: run.record.name,
      RoleArn: run.machine.roleArn,
      StartTime: new Date(run.record.startedAt).toISOString(),
      RedriveCount: 0,
    },
    State: {
      Name: step.name,
      EnteredTime: new Date(step.enteredAt).toISOString(),
      RetryCount: more.retryCount ?? 0,
    },
    StateMachine: { Id: run.machine.arn, Name: run.machine.name },
  };
  if (more.token !== undefined) context["Task"] = { Token: more.token };
  if (item) context["Map"] = { Item: { Index: item.Index, Value: item.Value } };
  return { input, context };
}

/** Waits for the clock to reach `dueMs`. Rejects with Ended when the scope ends first. */
export function sleepUntil(step: Step, dueMs: number): Promise<void> {
  const { signal } = step.scope;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Ended());
    const ended = () => {
      timer.cancel();
      reject(new Ended());
    };
    const timer = step.run.clock.at(dueMs, `${step.run.record.name}: ${step.name}`, () => {
      signal.removeEventListener("abort", ended);
      resolve();
    });
    signal.addEventListener("abort", ended, { once: true });
  });
}
