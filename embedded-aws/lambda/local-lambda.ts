import type { LocalClock } from "../clock/clock.ts";
import { errorResponse } from "../gateway/access-denied.ts";
import type { AwsRequest, AwsResponse, Service } from "../gateway/service.ts";
import { createAsyncInvocations } from "./async-invocations.ts";
import { environmentOf, type FunctionDefinition } from "./function-definition.ts";
import type { FunctionLogs } from "./function-logs.ts";
import { createFunctionPool, type FunctionPool } from "./function-pool.ts";
import type { InvokeResult, LambdaInvoker } from "./invoker.ts";
import { createWarmWorkers } from "./warm-workers.ts";

export interface LocalLambdaOptions {
  dataDir: string;
  clock: LocalClock;
  functions: readonly FunctionDefinition[];
  /** What AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_S3 tell the functions. */
  endpoints: { aws: string; s3: string };
  logs: FunctionLogs;
  sendToQueue: (queueArn: string, body: string) => void | Promise<void>;
  /** Workers a function at most, when so many events come at once; default 4. */
  poolSize?: number;
  /** Workers of all functions that may wait for an event; default 6. */
  warmWorkers?: number;
  /** What a test lets go wrong: whether a function, by its label, breaks off before its handler is reached. */
  breaks?: (label: string) => boolean;
  /** Told of each invocation's end. */
  onResult?: (functionName: string, result: InvokeResult) => void;
}

/** The embedded Lambda: the template's functions in worker threads. */
export interface LocalLambda extends LambdaInvoker {
  /** Its API behind the gateway: Invoke, synchronous and asynchronous. */
  service: Service;
  /** Goes on with the asynchronous invocations an earlier run accepted. */
  resume(): void;
  stop(): Promise<void>;
}

export function createLambda(options: LocalLambdaOptions): LocalLambda {
  const { clock, logs } = options;
  const warm = createWarmWorkers(options.warmWorkers ?? 6);
  const pools = new Map<string, { definition: FunctionDefinition; pool: FunctionPool }>();
  for (const definition of options.functions) {
    const pool = createFunctionPool({
      definition,
      environment: environmentOf(definition, options.endpoints),
      sharedClock: clock.shared,
      size: options.poolSize ?? 4,
      warm,
      onLine: (line) => logs.write(definition.label, line),
    });
    pools.set(definition.name, { definition, pool });
  }

  const find = (functionArnOrName: string) => {
    const found = pools.get(nameIn(functionArnOrName));
    if (found === undefined) throw new Error(`The template has no function ${functionArnOrName}`);
    return found;
  };
  const run = async (name: string, payload: unknown) => {
    const { definition, pool } = find(name);
    const result = options.breaks?.(definition.label) ? broken : await pool.invoke(payload);
    options.onResult?.(definition.name, result);
    return result;
  };
  const invocations = createAsyncInvocations({
    dataDir: options.dataDir,
    clock,
    run,
    policyOf: (name) => ({ ...find(name).definition.asyncPolicy, arn: find(name).definition.arn }),
    sendToQueue: options.sendToQueue,
    onLost: (name, result) =>
      console.error(
        `${find(name).definition.label} failed for good on an asynchronous event${result.ok ? "" : `: ${result.errorType} ${result.errorMessage}`}`,
      ),
  });

  const invoke: LambdaInvoker["invoke"] = async (name, payload) => clock.track(run(name, payload));
  const invokeAsync: LambdaInvoker["invokeAsync"] = (name, payload) =>
    invocations.accept(find(name).definition.name, payload);

  return {
    invoke,
    invokeAsync,
    service: {
      signingNames: ["lambda"],
      demands: (request) => {
        const name = functionIn(request);
        if (name === undefined) return [];
        const resource =
          pools.get(nameIn(name))?.definition.arn ?? `arn:aws:lambda:*:*:function:${nameIn(name)}`;
        return [{ action: "lambda:InvokeFunction", resource }];
      },
      handle: async (request) => handle(request),
    },
    resume: () => invocations.resume(),
    async stop() {
      invocations.stop();
      await Promise.all([...pools.values()].map(({ pool }) => pool.stop()));
    },
  };

  async function handle(request: AwsRequest): Promise<AwsResponse> {
    const name = functionIn(request);
    if (name === undefined)
      return errorResponse(
        "lambda",
        501,
        "NotRunHere",
        `${request.method} ${request.url.pathname} is not run here`,
      );
    if (!pools.has(nameIn(name)))
      return errorResponse("lambda", 404, "ResourceNotFoundException", `Function not found: ${name}`);
    const payload: unknown = request.body.length === 0 ? {} : JSON.parse(request.body.toString());
    const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
    if (type === "DryRun") return { status: 204, headers: {}, body: "" };
    if (type === "Event") {
      invokeAsync(name, payload);
      return { status: 202, headers: {}, body: "" };
    }
    const result = await invoke(name, payload);
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "x-amz-executed-version": "$LATEST",
        ...(result.ok ? {} : { "x-amz-function-error": "Unhandled" }),
      },
      body: JSON.stringify(result.payload ?? null),
    };
  }
}

const errorOfBroken = { errorType: "Runtime.ExitError", errorMessage: "A test let it break off" };
const broken: InvokeResult = { ok: false, ...errorOfBroken, payload: errorOfBroken };

/** `POST /2015-03-31/functions/{FunctionName}/invocations` */
function functionIn({ method, url }: AwsRequest): string | undefined {
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.pathname)?.[1];
  return method === "POST" && name !== undefined ? decodeURIComponent(name) : undefined;
}

/** The name in a full ARN, a partial one or a plain name, without its qualifier. */
function nameIn(functionArnOrName: string): string {
  return /^(?:arn:aws:lambda:[^:]*:\d*:function:|\d+:function:)?([^:]+)/.exec(functionArnOrName)?.[1] ?? "";
}
