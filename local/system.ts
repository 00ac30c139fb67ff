import { type RunningClock, startClock } from "./clock/clock.ts";
import { readSavedOffset, saveOffset } from "./clock-offset.ts";
import { emptyDataDir, prepareDataDir } from "./data-dir.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { createDynamoDb } from "./dynamodb/service.ts";
import { createEventBus } from "./events/event-bus.ts";
import { openQueues, type Queues } from "./events/queues.ts";
import { createScheduler } from "./events/scheduler.ts";
import { createSqs } from "./events/sqs.ts";
import { freePortPair } from "./free-ports.ts";
import type { Refusal } from "./gateway/authority.ts";
import { createAuthority } from "./gateway/authority.ts";
import { rootAccessKeyId, secretAccessKeyOf } from "./gateway/credentials.ts";
import { startGateway } from "./gateway/gateway.ts";
import type { Demand } from "./gateway/service.ts";
import { missingStandingGrants } from "./gateway/standing-grants.ts";
import { startHttpApi } from "./http-api/http-server.ts";
import { routesOf } from "./http-api/route-table.ts";
import { functionsOf } from "./lambda/function-definition.ts";
import { createFunctionLogs } from "./lambda/function-logs.ts";
import type { LambdaInvoker } from "./lambda/invoker.ts";
import { createLambda } from "./lambda/local-lambda.ts";
import { bucketsOf, machinesOf, mailOf, tablesOf } from "./resources.ts";
import type { Scan } from "./s3/news.ts";
import { createS3, type LocalS3 } from "./s3/server.ts";
import { createSecretsManager } from "./secrets-manager/service.ts";
import { createSes, type LocalSes, type SesOptions } from "./ses/service.ts";
import { createStepFunctions, type StepFunctions } from "./step-functions/step-functions.ts";
import { localRegion } from "./template/physical-ids.ts";
import { readTemplate, type Template, TemplateNotUnderstood } from "./template/read-template.ts";

/** What is run: the product, or the small app of the tests. */
export interface App {
  /** Synthesizes it, and returns the folder of the cloud assembly (cdk.out). */
  assembly(): Promise<string>;
  /** Once per start, before the first request: what a fresh data folder needs. */
  prepare?(access: RootAccess): Promise<void>;
  /** Label (POWERTOOLS_SERVICE_NAME) of the function every start invokes once, to go on with what was left. */
  sweep?: string;
}

/** SDK configuration that may do everything, for the local control, tests and demo. */
export interface RootAccess {
  template: Template;
  clock: RunningClock;
  aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  s3: RootAccess["aws"] & { forcePathStyle: true };
}

export interface SystemOptions {
  app: App;
  /** Where all state lies. */
  dataDir: string;
  /** Begins anew: removes all state first. */
  fresh?: boolean;
  /** Pages answer here and S3 on the next one; without it a free pair is found. */
  port?: number;
  /** `ticking` under npm start (default), `still` in tests. startMs wins over what an earlier run left. */
  clock?: { mode: "ticking" | "still"; startMs?: number };
  /** Shows the functions' lines on the console as well. */
  logToConsole?: boolean;
  /** Workers a function at most; default 4. */
  poolSize?: number;
  /** What tests let go wrong: other malware verdicts, mails refused or lost. */
  faults?: { scan?: Scan; mail?: SesOptions["fault"] };
}

export interface RunningSystem {
  url: string;
  s3Url: string;
  clock: RunningClock;
  root: RootAccess;
  invoker: LambdaInvoker;
  s3: LocalS3;
  ses: LocalSes;
  stepFunctions: StepFunctions;
  queues: Queues;
  /** Every call that a role of the template did not allow. */
  refusals: readonly Refusal[];
  /** Lets work in flight finish for a moment, then ends. */
  stop(): Promise<void>;
  /** Ends as abruptly as a process can end itself; the next start must cope. */
  kill(): Promise<void>;
}

/** How long a graceful stop waits for work in flight; what is cut off goes on at the next start. */
const stopPatienceMs = 5_000;

/**
 * Starts the embedded AWS with one app on it: the composition that start, tests, bench and demo share.
 * @throws TemplateNotUnderstood, DataDirInUse and the services' own refusals, with nothing left running.
 */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const rooms = new AsyncDisposableStack();
  try {
    return await open(options, rooms);
  } catch (error) {
    await rooms.disposeAsync();
    throw error;
  }
}

async function open(options: SystemOptions, rooms: AsyncDisposableStack): Promise<RunningSystem> {
  const { dataDir } = options;
  const lock = lockDataDir(dataDir);
  rooms.defer(() => lock.release());
  if (options.fresh) emptyDataDir(dataDir, lock.file);
  prepareDataDir(dataDir);
  const port = options.port ?? (await freePortPair());
  const url = `http://127.0.0.1:${port}`;
  const s3Url = `http://127.0.0.1:${port + 1}`;
  const clock = startClock({
    mode: "ticking",
    offsetMs: readSavedOffset(dataDir),
    onOffsetChange: (offsetMs) => saveOffset(dataDir, offsetMs),
    ...options.clock,
  });
  rooms.defer(() => clock.stop());

  const template = readTemplate(await options.app.assembly(), { baseUrl: url });
  const functions = functionsOf(template);
  const authority = createAuthority(template);
  const missing = missingStandingGrants(template, functions, authority);
  if (missing.length > 0) throw new TemplateNotUnderstood(missing);

  const refusals: Refusal[] = [];
  const onRefusal = (refusal: Refusal) => {
    refusals.push(refusal);
    console.error(`403 A grant is missing in infra/: ${refusal.message}`);
  };
  const authorise = (accessKeyId: string, demand: Demand) => {
    const caller = authority.callerOf(accessKeyId);
    const refusal = caller && authority.refusalOf(caller, [demand]);
    if (refusal !== undefined) onRefusal(refusal);
    return caller !== undefined && refusal === undefined;
  };

  const logs = createFunctionLogs(dataDir, { toConsole: options.logToConsole ?? false });
  rooms.defer(() => logs.stop());
  const gateway = await startGateway({ clock, authority, onRefusal });
  rooms.defer(() => gateway.stop());
  const root = rootAccess(template, clock, { aws: gateway.url, s3: s3Url });

  const dynamoDb = await createDynamoDb({ dataDir, tables: tablesOf(template) });
  rooms.defer(() => dynamoDb.stop());
  gateway.add(dynamoDb.service);

  const secretsManager = createSecretsManager({
    dataDir,
    clock,
    secrets: template.ofType("AWS::SecretsManager::Secret"),
  });
  rooms.defer(() => secretsManager.close());
  gateway.add(secretsManager);

  const queues = openQueues({ dataDir, clock, queues: template.ofType("AWS::SQS::Queue") });
  rooms.defer(() => queues.close());
  gateway.add(createSqs(queues));

  const lambda = createLambda({
    dataDir,
    clock,
    functions,
    endpoints: { aws: gateway.url, s3: s3Url },
    logs,
    sendToQueue: (queueArn, body) => void queues.send(queueArn, body),
    ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }),
  });
  rooms.defer(() => lambda.stop());
  gateway.add(lambda.service);

  const stepFunctions = createStepFunctions({
    dataDir,
    clock,
    invoker: lambda,
    machines: machinesOf(template),
  });
  rooms.defer(() => stepFunctions.close());
  gateway.add(stepFunctions);

  const eventBus = createEventBus({
    clock,
    invoker: lambda,
    queues,
    rules: template.ofType("AWS::Events::Rule"),
  });
  const schedules = template.ofType("AWS::Scheduler::Schedule");
  const scheduler = createScheduler({ dataDir, clock, invoker: lambda, queues, schedules });
  rooms.defer(() => scheduler.stop());

  const { scan, mail } = options.faults ?? {};
  const ses = createSes({
    dataDir,
    clock,
    publish: eventBus.put,
    ...mailOf(template),
    ...(mail === undefined ? {} : { fault: mail }),
  });
  rooms.defer(() => ses.close());
  gateway.add(ses);

  const s3 = createS3({
    dataDir,
    clock,
    buckets: bucketsOf(template),
    publish: eventBus.put,
    authorise,
    ...(scan === undefined ? {} : { scan }),
  });
  await s3.listen(port + 1);
  rooms.defer(() => s3.close());
  await options.app.prepare?.(root);

  const http = await startHttpApi({
    port,
    clock,
    invoker: lambda,
    routes: routesOf(template),
    apiId: template.ofType("AWS::ApiGatewayV2::Api")[0]?.ref ?? "",
    control: () => false,
  });
  rooms.defer(() => http.stop());
  rooms.defer(() => gateway.seal());

  stepFunctions.resume();
  lambda.resume();
  ses.resume();
  scheduler.resume();
  const sweep = functions.find(({ label }) => label === options.app.sweep);
  if (sweep !== undefined) lambda.invokeAsync(sweep.arn, {});

  return {
    url,
    s3Url,
    clock,
    root,
    invoker: lambda,
    s3,
    ses,
    stepFunctions,
    queues,
    refusals,
    async stop() {
      await http.stop();
      await settledWithin(clock.idle(), stopPatienceMs);
      await rooms.disposeAsync();
    },
    kill: () => rooms.disposeAsync(),
  };
}

function rootAccess(
  template: Template,
  clock: RunningClock,
  endpoints: { aws: string; s3: string },
): RootAccess {
  const credentials = { accessKeyId: rootAccessKeyId, secretAccessKey: secretAccessKeyOf(rootAccessKeyId) };
  const aws = { endpoint: endpoints.aws, region: localRegion, credentials };
  return { template, clock, aws, s3: { ...aws, endpoint: endpoints.s3, forcePathStyle: true } };
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
