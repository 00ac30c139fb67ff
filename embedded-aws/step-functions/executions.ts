import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { Json } from "../template/json.ts";
import { failureOf } from "./data-flow.ts";
import { type Definition, loadDefinition } from "./definition.ts";
import { Ended, StatesErrors } from "./errors.ts";
import type { Ending, ExecutionRecord, Journal, JournalEvent } from "./journal.ts";
import { Memory, type Outcome, outcome, type Run } from "./run.ts";
import { runChain } from "./states.ts";
import { readToken, scheduled } from "./tasks.ts";

/** A state machine of the template, its definition resolved. */
export interface Machine {
  arn: string;
  name: string;
  roleArn?: string;
  definition: Json;
}

/** A refusal of the API, under AWS's own name for it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** An execution is remembered, and its name taken, for 90 days after its end (Step Functions quotas). */
const MEMORY_MS = 90 * 24 * 60 * 60 * 1000;
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;
const LARGEST_INPUT_BYTES = 256 * 1024;

export interface Executions {
  /** Goes on with every execution that was running when the process ended. Call it once functions can be called. */
  resume(): void;
  start(machineArn: string, name: string | undefined, input: string): ExecutionRecord;
  stop(arn: string, error: string | undefined, cause: string | undefined): number;
  /** Refused: ExecutionDoesNotExist. */
  describe(arn: string): ExecutionRecord;
  list(): ExecutionRecord[];
  events(arn: string): JournalEvent[];
  currentStates(arn: string): string[];
  answer(token: string, result: Outcome): void;
  heartbeat(token: string): void;
  /** Stops everything as a kill would: nothing more is written, every timer is dropped. */
  halt(): void;
}

interface Options {
  journal: Journal;
  clock: LocalClock;
  invoker: LambdaInvoker;
  machines: readonly Machine[];
  /** Told of each execution's end. */
  onEnded?: (machineArn: string, status: Ending["status"]) => void;
}

/** Starts, runs, ends and remembers executions. Throws DefinitionRefused when a machine can't be run. */
export function createExecutions({ journal, clock, invoker, machines, onEnded }: Options): Executions {
  const byArn = new Map(machines.map((machine) => [machine.arn, machine]));
  for (const machine of machines) loadDefinition(machine.name, machine.definition);
  const running = new Map<
    string,
    { run: Run; end(ending: Omit<Ending, "stoppedAt">): number; halt(): void }
  >();

  const begin = (record: ExecutionRecord, events: readonly JournalEvent[]) => {
    const controller = new AbortController();
    const machine = byArn.get(record.machineArn) ?? {
      arn: record.machineArn,
      name: workflowOf(record.machineArn),
    };
    const definition = loadDefinition(machine.name, record.definition);
    const run: Run = {
      record,
      input: JSON.parse(record.input) as Json,
      machine: { arn: machine.arn, name: machine.name, roleArn: byArn.get(machine.arn)?.roleArn ?? "" },
      clock,
      invoker,
      memory: new Memory(events, clock.now, (event) => journal.append(record.arn, event)),
      signal: controller.signal,
      current: new Map(),
      waiting: new Map(),
    };
    const halt = () => {
      running.delete(record.arn);
      timeout?.cancel();
      controller.abort();
    };
    const end = (ending: Omit<Ending, "stoppedAt">) => {
      const stoppedAt = clock.now();
      journal.end(record.arn, { ...ending, stoppedAt });
      halt();
      onEnded?.(record.machineArn, ending.status);
      return stoppedAt;
    };
    const timeout = executionTimeout(definition, record, clock, () =>
      end({
        status: "TIMED_OUT",
        error: StatesErrors.timeout,
        cause: "The execution ran over its TimeoutSeconds",
      }),
    );
    running.set(record.arn, { run, end, halt });
    void play(run, definition).then((ending) => ending && end(ending));
  };

  /** The record, unless there never was one or it has been forgotten after its 90 days. */
  const remembered = (arn: string) => {
    const record = journal.find(arn);
    return record && !isForgotten(record, clock.now()) ? record : undefined;
  };

  const describe = (arn: string) => {
    const record = remembered(arn);
    if (!record) throw new Refused("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
    return record;
  };

  /** Between a start and resume() nothing may be told that it came too late: who calls shall try again. */
  const refuseUntilResumed = (record: ExecutionRecord) => {
    if (record.status !== "RUNNING" || running.has(record.arn)) return;
    throw new Refused("ServiceUnavailable", "The local Step Functions has not resumed its executions yet");
  };

  /** The task that waits for a token. Refused: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  const taskOf = (token: string) => {
    const read = readToken(token);
    if (!read) throw new Refused("InvalidToken", "Invalid Token: 'Invalid token'");
    const record = remembered(read.executionArn);
    if (!record) throw new Refused("TaskDoesNotExist", "Task does not exist");
    refuseUntilResumed(record);
    const run = running.get(read.executionArn)?.run;
    if (!run) throw taskTimedOut();
    if (run.memory.recall(`${read.attempt}:scheduled`, scheduled)?.value.token !== token) {
      throw new Refused("TaskDoesNotExist", "Task does not exist");
    }
    const waiting = run.waiting.get(read.attempt);
    if (!waiting || run.memory.recall(`${read.attempt}:outcome`, outcome)) throw taskTimedOut();
    return waiting;
  };

  return {
    resume() {
      for (const record of journal.all().toReversed()) {
        if (record.status === "RUNNING") begin(record, journal.events(record.arn));
      }
    },
    start(machineArn, name = randomUUID(), input) {
      const machine = byArn.get(machineArn);
      if (!machine)
        throw new Refused("StateMachineDoesNotExist", `State Machine Does Not Exist: '${machineArn}'`);
      if (!NAME.test(name)) throw new Refused("InvalidName", `Invalid Name: '${name}'`);
      if (!isJson(input)) throw new Refused("InvalidExecutionInput", "Invalid State Machine Execution Input");
      if (Buffer.byteLength(input) > LARGEST_INPUT_BYTES) {
        throw new Refused("ValidationException", "The input is longer than 262144 bytes");
      }
      const arn = `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
      const before = remembered(arn);
      if (before?.status === "RUNNING" && before.input === input) return before;
      if (before) throw new Refused("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
      journal.forget(arn);
      const record: ExecutionRecord = {
        arn,
        machineArn,
        name,
        status: "RUNNING",
        input,
        definition: machine.definition,
        startedAt: clock.now(),
      };
      journal.begin(record);
      begin(record, []);
      return record;
    },
    stop(arn, error, cause) {
      const record = describe(arn);
      refuseUntilResumed(record);
      const ending = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      return running.get(arn)?.end({ status: "ABORTED", ...ending }) ?? record.stoppedAt ?? clock.now();
    },
    describe,
    list: () => journal.all().filter((record) => !isForgotten(record, clock.now())),
    events: (arn) => journal.events(arn),
    currentStates: (arn) => [...new Set(running.get(arn)?.run.current.values())],
    answer: (token, result) => taskOf(token).answer(result),
    heartbeat: (token) => taskOf(token).heartbeat(),
    halt() {
      for (const { halt } of [...running.values()]) halt();
    },
  };
}

/** Runs a workflow to its end; undefined where it was ended from outside. */
async function play(run: Run, definition: Definition): Promise<Omit<Ending, "stoppedAt"> | undefined> {
  try {
    const output = await runChain(definition, run.input, { run, prefix: "", signal: run.signal });
    return run.signal.aborted ? undefined : { status: "SUCCEEDED", output: JSON.stringify(output) };
  } catch (thrown) {
    if (thrown instanceof Ended || run.signal.aborted) return undefined;
    const { error, cause } = failureOf(thrown);
    return { status: "FAILED", ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  }
}

function executionTimeout(
  definition: Definition,
  record: ExecutionRecord,
  clock: LocalClock,
  fire: () => void,
) {
  if (definition.TimeoutSeconds === undefined) return undefined;
  const dueMs = record.startedAt + definition.TimeoutSeconds * 1000;
  return clock.at(dueMs, `${record.name}: the execution times out`, fire);
}

const taskTimedOut = () =>
  new Refused("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");

const isForgotten = (record: ExecutionRecord, now: number) =>
  record.stoppedAt !== undefined && record.stoppedAt + MEMORY_MS <= now;

/** The name at the end of a state machine's ARN. */
export const workflowOf = (machineArn: string) => machineArn.slice(machineArn.lastIndexOf(":") + 1);

function isJson(text: string): boolean {
  try {
    z.json().parse(JSON.parse(text));
    return true;
  } catch {
    return false;
  }
}
