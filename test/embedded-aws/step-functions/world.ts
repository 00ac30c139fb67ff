import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import type { InvokeResult, LambdaInvoker } from "../../../embedded-aws/lambda/invoker.ts";
import { createExecutions, type Executions } from "../../../embedded-aws/step-functions/executions.ts";
import { type ExecutionRecord, openJournal } from "../../../embedded-aws/step-functions/journal.ts";
import type { Json } from "../../../embedded-aws/template/json.ts";

export const START = Date.parse("2026-11-23T12:00:00Z");
export const MACHINE = "arn:aws:states:eu-north-1:000000000000:stateMachine:workflow";
export const arnOf = (functionName: string) =>
  `arn:aws:lambda:eu-north-1:000000000000:function:${functionName}`;

/** What each function answers; throwing is an error of the function's own, named as the Error is. */
export type Functions = Record<string, (payload: Json) => Json | Promise<Json>>;

export interface World {
  dataDir: string;
  clock: RunningClock;
  executions: Executions;
  /** Every call of a function, in order. */
  calls: { name: string; payload: Json }[];
  /** Starts an execution and lets everything that needs no time happen. */
  start(input?: Json, name?: string): Promise<ExecutionRecord>;
  /** The execution's record now, with its output parsed. */
  now(record: ExecutionRecord): Omit<ExecutionRecord, "output" | "input"> & { input: Json; output?: Json };
  advance(seconds: number): Promise<void>;
  /** Ends as a kill would and starts anew on the same journal. */
  restart(functions?: Functions): Promise<World>;
  close(): void;
}

export interface WorldOptions {
  definition: Json;
  functions?: Functions;
  dataDir?: string;
  startMs?: number;
}

/** Step Functions on a clock that stands still, with functions that a test makes up. */
export function openWorld({ definition, functions = {}, ...options }: WorldOptions): World {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "workflows-"));
  const clock = startClock({ mode: "still", startMs: options.startMs ?? START });
  const journal = openJournal(dataDir);
  const calls: World["calls"] = [];
  const invoke = async (arnOrName: string, payload: unknown): Promise<InvokeResult> => {
    const name = arnOrName.split(":").at(-1) ?? arnOrName;
    const found = functions[name];
    if (!found) throw new Error(`There is no function ${arnOrName}`);
    calls.push({ name, payload: payload as Json });
    try {
      return { ok: true, payload: await found(payload as Json) };
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      const { name: errorType, message: errorMessage } = thrown;
      return { ok: false, errorType, errorMessage, payload: { errorType, errorMessage } };
    }
  };
  const invoker: LambdaInvoker = { invoke, invokeAsync: () => undefined };
  const machines = [{ arn: MACHINE, name: "workflow", definition }];
  const executions = createExecutions({ journal, clock, invoker, machines });
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    executions.halt();
    clock.stop();
    journal.close();
  };
  return {
    dataDir,
    clock,
    executions,
    calls,
    async start(input = {}, name) {
      const record = executions.start(MACHINE, name, JSON.stringify(input));
      await clock.idle();
      return record;
    },
    now({ arn }) {
      const { input, output, ...record } = executions.describe(arn);
      return {
        ...record,
        input: JSON.parse(input) as Json,
        ...(output !== undefined && { output: JSON.parse(output) as Json }),
      };
    },
    advance: (seconds) => clock.advanceTo(clock.now() + seconds * 1000),
    async restart(others = functions) {
      const startMs = clock.now();
      close();
      const next = openWorld({ definition, functions: others, dataDir, startMs });
      next.executions.resume();
      await next.clock.idle();
      return next;
    },
    close() {
      close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A function's failure under a name of its own. */
export function failure(name: string, message = ""): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A Task as CDK's LambdaInvoke writes it. */
export function invokeTask(functionName: string, more: Record<string, Json> = {}): Record<string, Json> {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: arnOf(functionName), "Payload.$": "$" },
    OutputPath: "$.Payload",
    ...more,
  };
}

/** The same, waiting for its token; what it gets beside the input is `{ taskToken }`. */
export function tokenTask(functionName: string, more: Record<string, Json> = {}): Record<string, Json> {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Parameters: {
      FunctionName: arnOf(functionName),
      Payload: { "taskToken.$": "$$.Task.Token", "input.$": "$" },
    },
    ...more,
  };
}
