/** Runs in a worker thread: one function's handler, one event at a time, as Lambda's runtime would. */
import { flushCompileCache } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { FromWorker, ToWorker, WorkerSetup } from "./worker-messages.ts";

type Handler = (event: unknown, context: unknown) => unknown;

const port = parentPort;
if (port === null) throw new Error("embedded-aws/lambda/worker.ts runs in a worker thread only");
const { setup } = workerData as { setup: WorkerSetup };
const say = (message: FromWorker) => port.postMessage(message);
/** Only once its lines are with the one who reads them: what they count belongs to this invocation. */
const sayAfterLines = (message: FromWorker) => process.stdout.write("", () => say(message));

// Node has read it as this thread began; the function's environment is the template's and Lambda's alone.
delete process.env["NODE_COMPILE_CACHE"];
const loaded = await load();
flushCompileCache();
if (typeof loaded === "function") {
  port.on("message", (message: ToWorker) => void run(loaded, message).then(sayAfterLines));
  say({ kind: "ready" });
} else say({ kind: "broken", error: loaded });

async function load(): Promise<Handler | string> {
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(setup.file).href);
    const handler = module[setup.exportName];
    if (typeof handler === "function") return handler as Handler;
    return errorJson(
      new Error(`${setup.exportName} is undefined or not exported`),
      "Runtime.HandlerNotFound",
    );
  } catch (error) {
    return errorJson(error, "Runtime.ImportModuleError");
  }
}

async function run(handler: Handler, { requestId, payload, timeoutMs }: ToWorker): Promise<FromWorker> {
  const endsAt = performance.now() + timeoutMs;
  try {
    const result = await handler(JSON.parse(payload), {
      callbackWaitsForEmptyEventLoop: true,
      functionName: setup.functionName,
      functionVersion: "$LATEST",
      invokedFunctionArn: setup.functionArn,
      memoryLimitInMB: String(setup.memoryMb),
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${setup.functionName}`,
      logStreamName: "local",
      getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
    });
    return { kind: "answered", requestId, payload: JSON.stringify(result) ?? "null" };
  } catch (error) {
    return { kind: "failed", requestId, error: errorJson(error) };
  }
}

/** An error as Lambda's runtime reports it: `{ errorType, errorMessage, trace }` as JSON. */
function errorJson(error: unknown, errorType?: string): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({
    errorType: errorType ?? name,
    errorMessage: message,
    trace: (stack ?? "").split("\n"),
  });
}
