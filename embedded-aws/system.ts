import { leaveAccess } from "./access-file.ts";
import { type RunningClock, startClock } from "./clock/clock.ts";
import { readSavedOffset, saveOffset } from "./clock-offset.ts";
import { accessLogCounter } from "./cloudwatch/metric-filters.ts";
import { emptyDataDir, prepareDataDir } from "./data-dir.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { freePortPair } from "./free-ports.ts";
import { createAuthority, type Refusal } from "./gateway/authority.ts";
import { rootAccessKeyId, secretAccessKeyOf } from "./gateway/credentials.ts";
import { unknownDenials } from "./gateway/resource-policies.ts";
import { missingStandingGrants } from "./gateway/standing-grants.ts";
import { type HttpControl, startHttpApi } from "./http-api/http-server.ts";
import { routesOf } from "./http-api/route-table.ts";
import { functionsOf } from "./lambda/function-definition.ts";
import { tablesOf } from "./resources.ts";
import { type Faults, type Services, startServices } from "./services.ts";
import { localRegion } from "./template/physical-ids.ts";
import { readTemplate, type Template, TemplateNotUnderstood } from "./template/read-template.ts";

/** What is run: the product, or the small app of the tests. */
export interface App {
  /** Synthesizes it, and returns the folder of the cloud assembly (cdk.out). */
  assembly(): Promise<string>;
  /** Once per start, before the first request: what a fresh data folder needs. */
  prepare?(access: RootAccess): Promise<void>;
  /** What answers below this machine's own addresses, before any route: its own page, its clock. */
  control?(services: Services, access: RootAccess): HttpControl;
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
  faults?: Faults;
}

export interface RunningSystem
  extends Pick<
    Services,
    "s3" | "ses" | "stepFunctions" | "scheduler" | "queues" | "lambda" | "cloudWatch" | "publish"
  > {
  url: string;
  s3Url: string;
  clock: RunningClock;
  root: RootAccess;
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
  const { app, dataDir } = options;
  const clock = openDataDir(options, rooms);
  const port = options.port ?? (await freePortPair());
  const url = `http://127.0.0.1:${port}`;
  const template = readTemplate(await app.assembly(), { baseUrl: url });
  const plan = whatTheTemplateAllows(template);

  const refusals: Refusal[] = [];
  const services = await startServices(
    {
      ...plan,
      dataDir,
      clock,
      template,
      onRefusal: (refusal) => {
        refusals.push(refusal);
        console.error(`403 A grant is missing in infra/: ${refusal.message}`);
      },
      s3Port: port + 1,
      logToConsole: options.logToConsole ?? false,
      poolSize: options.poolSize ?? 4,
      faults: options.faults ?? {},
    },
    rooms,
  );
  const root = rootAccess(template, clock, { aws: services.gatewayUrl, s3: `http://127.0.0.1:${port + 1}` });
  await app.prepare?.(root);

  const http = await startHttpApi({
    port,
    clock,
    invoker: services.lambda,
    routes: routesOf(template),
    apiId: template.ofType("AWS::ApiGatewayV2::Api")[0]?.ref ?? "",
    onAnswered: accessLogCounter(template, services.cloudWatch),
    control: app.control?.(services, root) ?? (() => false),
  });
  rooms.defer(() => http.stop());
  const { aws, s3: objects } = root;
  const tables = tablesOf(template).map(({ name }) => name);
  const access = leaveAccess(dataDir, { url, aws, s3: { endpoint: objects.endpoint }, tables });
  rooms.defer(() => access.remove());
  goOn(services, plan.functions.find(({ label }) => label === app.sweep)?.arn);

  const { s3, ses, stepFunctions, scheduler, queues, lambda, cloudWatch, publish } = services;
  return {
    ...{ s3, ses, stepFunctions, scheduler, queues, lambda, cloudWatch, publish },
    url,
    s3Url: root.s3.endpoint,
    clock,
    root,
    refusals,
    async stop() {
      await http.stop();
      await settledWithin(clock.idle(), stopPatienceMs);
      await rooms.disposeAsync();
    },
    kill: () => rooms.disposeAsync(),
  };
}

/** Takes the data folder for this process, and starts the clock where an earlier run left it. */
function openDataDir({ dataDir, fresh, clock }: SystemOptions, rooms: AsyncDisposableStack): RunningClock {
  const lock = lockDataDir(dataDir);
  rooms.defer(() => lock.release());
  if (fresh) emptyDataDir(dataDir, lock.file);
  prepareDataDir(dataDir);
  const running = startClock({
    mode: "ticking",
    offsetMs: readSavedOffset(dataDir),
    onOffsetChange: (offsetMs) => saveOffset(dataDir, offsetMs),
    ...clock,
  });
  rooms.defer(() => running.stop());
  return running;
}

/** Functions and roles; throws where what the services do by themselves is not granted. */
function whatTheTemplateAllows(template: Template) {
  const functions = functionsOf(template);
  const authority = createAuthority(template);
  const errors = [...unknownDenials(template), ...missingStandingGrants(template, functions, authority)];
  if (errors.length > 0) throw new TemplateNotUnderstood(errors);
  return { functions, authority };
}

/** Takes up what an earlier run left: executions, events and messages not yet told, overdue schedules, and the app's own sweep. */
function goOn(
  { stepFunctions, lambda, ses, scheduler, mappings, pipes, cloudWatch }: Services,
  sweepArn: string | undefined,
): void {
  cloudWatch.resume();
  stepFunctions.resume();
  lambda.resume();
  ses.resume();
  scheduler.resume();
  mappings.resume();
  pipes.resume();
  if (sweepArn !== undefined) lambda.invokeAsync(sweepArn, {});
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
