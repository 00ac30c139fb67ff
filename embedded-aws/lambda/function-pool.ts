import { randomUUID } from "node:crypto";
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import type { FunctionDefinition } from "./function-definition.ts";
import { type InvokeResult, tooLargeForLambda } from "./invoker.ts";
import type { WarmWorkers } from "./warm-workers.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./worker-messages.ts";

/** The largest payload and answer of a synchronous invocation: 6 MB. */
const payloadLimitBytes = 6 * 1024 * 1024;
/** V8's own choice is 48 MB a worker, most of it never needed twice; a small nursery is swept more often. */
const youngGenerationMb = 8;

export interface PoolOptions {
  definition: FunctionDefinition;
  environment: Record<string, string>;
  sharedClock: SharedArrayBuffer;
  /** Workers at most; a single one would hide the races that two at once have on Lambda. */
  size: number;
  /** Where workers rest, those of other functions too. */
  warm: WarmWorkers;
  /** One line of the function's output, without its line break. */
  onLine: (line: string) => void;
}

interface Job {
  requestId: string;
  payload: string;
  settle: (result: InvokeResult) => void;
}

/** The workers of one function: each takes one event at a time, and a dead one is replaced by the next event. */
export interface FunctionPool {
  invoke(payload: unknown): Promise<InvokeResult>;
  /** Ends all workers at once; what runs is answered as a crash. */
  stop(): Promise<void>;
}

export function createFunctionPool(options: PoolOptions): FunctionPool {
  const { definition } = options;
  const waiting: Job[] = [];
  const idle: PooledWorker[] = [];
  const all = new Set<PooledWorker>();
  const size = Math.min(options.size, definition.reservedConcurrency ?? options.size);

  const next = () => {
    const job = waiting[0];
    if (job === undefined) return;
    const worker = idle.pop() ?? (all.size < size ? start() : undefined);
    if (worker === undefined) return;
    waiting.shift();
    worker.take(job);
  };
  const start = () => {
    const worker = startWorker(options, {
      onFree: () => {
        idle.push(worker);
        next();
      },
      onGone: () => {
        all.delete(worker);
        const index = idle.indexOf(worker);
        if (index >= 0) idle.splice(index, 1);
        next();
      },
    });
    all.add(worker);
    return worker;
  };

  return {
    async invoke(event) {
      const payload = JSON.stringify(event ?? null);
      if (Buffer.byteLength(payload) > payloadLimitBytes)
        return failure(tooLargeForLambda, `Request must be smaller than ${payloadLimitBytes} bytes`);
      return new Promise((settle) => {
        waiting.push({ requestId: randomUUID(), payload, settle });
        next();
      });
    },
    async stop() {
      for (const { settle } of waiting.splice(0))
        settle(failure("Runtime.ExitError", "The local AWS is stopping"));
      await Promise.all([...all].map((worker) => worker.end()));
    },
  };
}

interface PooledWorker {
  take(job: Job): void;
  end(): Promise<void>;
}

function startWorker(
  { definition, environment, sharedClock, warm, onLine }: PoolOptions,
  { onFree, onGone }: { onFree: () => void; onGone: () => void },
): PooledWorker {
  const setup: WorkerSetup = {
    file: definition.file,
    exportName: definition.exportName,
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMb: definition.memoryMb,
  };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    env: { ...environment, ...compiledBefore() },
    execArgv: ["--import", new URL("../clock/preload-date.ts", import.meta.url).href],
    workerData: { setup, sharedClock },
    resourceLimits: {
      maxOldGenerationSizeMb: definition.memoryMb,
      maxYoungGenerationSizeMb: youngGenerationMb,
    },
    stdout: true,
    stderr: true,
  });
  eachLine(worker.stdout, onLine);
  eachLine(worker.stderr, onLine);

  let ready = false;
  let job: Job | undefined;
  let timer: NodeJS.Timeout | undefined;

  const send = ({ requestId, payload }: Job) => {
    const timeoutMs = definition.timeoutSeconds * 1000;
    // Real time: a function's time-out guards against hanging, and a hanging worker never moves the local clock.
    timer = setTimeout(() => {
      const seconds = definition.timeoutSeconds.toFixed(2);
      settle(
        failure("Sandbox.Timedout", `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`),
      );
      void worker.terminate();
    }, timeoutMs);
    worker.postMessage({ requestId, payload, timeoutMs } satisfies ToWorker);
  };
  const settle = (result: InvokeResult) => {
    clearTimeout(timer);
    const { requestId, settle: tell } = job ?? {};
    job = undefined;
    if (!result.ok) onLine(`ERROR ${requestId} ${result.errorType}: ${result.errorMessage}`);
    tell?.(result);
  };
  const rest = () => {
    onFree();
    // The next event may have been waiting for it.
    if (job !== undefined) return;
    warm.rest(worker, () => {
      // Out of the pool first: nothing may be given to a worker that is being ended.
      onGone();
      void worker.terminate();
    });
  };

  worker.on("message", (message: FromWorker) => {
    if (message.kind === "ready") {
      ready = true;
      if (job !== undefined) send(job);
      return;
    }
    if (message.kind === "broken") {
      settle(failureFrom(message.error));
      void worker.terminate();
      return;
    }
    if (message.requestId !== job?.requestId) return;
    settle(message.kind === "answered" ? answerFrom(message.payload) : failureFrom(message.error));
    rest();
  });
  worker.on("error", (error: NodeJS.ErrnoException) => {
    const outOfMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    settle(failure(outOfMemory ? "Runtime.OutOfMemory" : "Runtime.UnhandledPromiseRejection", error.message));
  });
  worker.on("exit", (code) => {
    if (job !== undefined)
      settle(
        failure("Runtime.ExitError", `RequestId: ${job.requestId} Error: Runtime exited with code ${code}`),
      );
    clearTimeout(timer);
    warm.rise(worker);
    onGone();
  });

  return {
    take(taken) {
      warm.rise(worker);
      job = taken;
      if (ready) send(taken);
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** Where this process keeps what it has compiled, its workers keep theirs: a second one starts twice as fast. */
function compiledBefore(): Record<string, string> {
  const folder = getCompileCacheDir();
  // Node names a folder of its own version below the one it is given.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

const errorShape = z.looseObject({ errorType: z.string(), errorMessage: z.string() });

function failureFrom(json: string): InvokeResult {
  const payload = errorShape.parse(JSON.parse(json));
  return { ok: false, errorType: payload.errorType, errorMessage: payload.errorMessage, payload };
}

function failure(errorType: string, errorMessage: string): InvokeResult {
  return { ok: false, errorType, errorMessage, payload: { errorType, errorMessage } };
}

function answerFrom(json: string): InvokeResult {
  if (Buffer.byteLength(json) > payloadLimitBytes)
    return failure(
      "Function.ResponseSizeTooLarge",
      "Response payload size exceeded maximum allowed payload size",
    );
  return { ok: true, payload: JSON.parse(json) };
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
