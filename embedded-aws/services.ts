import type { RunningClock } from "./clock/clock.ts";
import { metricsIn } from "./cloudwatch/embedded-metrics.ts";
import { measuredQueues } from "./cloudwatch/measured-queues.ts";
import { type CloudWatch, createCloudWatch } from "./cloudwatch/service.ts";
import { createDynamoDb } from "./dynamodb/service.ts";
import { createEventBus, type EventBus } from "./events/event-bus.ts";
import { openQueues, type Queues } from "./events/queues.ts";
import { createScheduler, type Scheduler } from "./events/scheduler.ts";
import { createSqs } from "./events/sqs.ts";
import type { Authority, Refusal } from "./gateway/authority.ts";
import { startGateway } from "./gateway/gateway.ts";
import type { Demand } from "./gateway/service.ts";
import { createEventSourceMappings, type EventSourceMappings } from "./lambda/event-source-mappings.ts";
import type { FunctionDefinition } from "./lambda/function-definition.ts";
import { createFunctionLogs } from "./lambda/function-logs.ts";
import { createLambda, type LocalLambda } from "./lambda/local-lambda.ts";
import { createPipes, type Pipes } from "./pipes/pipes.ts";
import { bucketsOf, machinesOf, mailOf, tablesOf } from "./resources.ts";
import type { Scan } from "./s3/news.ts";
import { createS3, type LocalS3 } from "./s3/server.ts";
import { createSecretsManager } from "./secrets-manager/service.ts";
import { createSes, type LocalSes, type SesOptions } from "./ses/service.ts";
import { createTopics } from "./sns/topics.ts";
import { createStepFunctions, type StepFunctions } from "./step-functions/step-functions.ts";
import type { Template } from "./template/read-template.ts";

/** What tests let go wrong: other malware verdicts, mails refused or lost, functions that break. */
export interface Faults {
  scan?: Scan;
  mail?: NonNullable<SesOptions["fault"]>;
  /** Whether a function, by its label, breaks off before its handler is reached. */
  breaks?: (label: string) => boolean;
  /** What a function is told otherwise than the template says: a table that is not there. */
  environment?: (label: string) => Readonly<Record<string, string>>;
}

export interface ServicesOptions {
  dataDir: string;
  clock: RunningClock;
  template: Template;
  functions: readonly FunctionDefinition[];
  authority: Authority;
  onRefusal: (refusal: Refusal) => void;
  /** S3 answers here, another origin than the pages'. */
  s3Port: number;
  logToConsole: boolean;
  poolSize: number;
  faults: Faults;
}

/** The embedded services, up and wired to each other. */
export interface Services {
  gatewayUrl: string;
  lambda: LocalLambda;
  stepFunctions: StepFunctions;
  scheduler: Scheduler;
  queues: Queues;
  pipes: Pipes;
  mappings: EventSourceMappings;
  ses: LocalSes;
  s3: LocalS3;
  cloudWatch: CloudWatch;
  /** Puts an event on the default bus, as a service of AWS would. */
  publish: EventBus["put"];
}

/**
 * Starts every service on the template's resources: tables, secrets, queues → functions → workflows → pipes,
 * rules and schedules → mail → buckets. Each is closed by `rooms` in the opposite order: a workflow before the functions it
 * would take for failed, functions before what they call.
 */
export async function startServices(
  options: ServicesOptions,
  rooms: AsyncDisposableStack,
): Promise<Services> {
  const { dataDir, clock, template, authority, onRefusal } = options;
  const logs = createFunctionLogs(dataDir, { toConsole: options.logToConsole });
  rooms.defer(() => logs.stop());
  const gateway = await startGateway({ clock, authority, onRefusal });
  rooms.defer(() => gateway.stop());

  const dynamoDb = await createDynamoDb({ dataDir, tables: tablesOf(template) });
  rooms.defer(() => dynamoDb.stop());
  const secrets = template.ofType("AWS::SecretsManager::Secret");
  const secretsManager = createSecretsManager({ dataDir, clock, secrets });
  rooms.defer(() => secretsManager.close());
  const topics = createTopics({ clock, template, mailbox: () => ses.mailbox, onRefusal: console.error });
  const alarms = template.ofType("AWS::CloudWatch::Alarm");
  const cloudWatch = createCloudWatch({ dataDir, clock, alarms, publish: topics.ring });
  rooms.defer(() => cloudWatch.close());
  const opened = openQueues({ dataDir, clock, queues: template.ofType("AWS::SQS::Queue") });
  rooms.defer(() => opened.close());
  const queues = measuredQueues(opened, cloudWatch, clock);

  const { mail: fault, scan, breaks, environment } = options.faults;
  const lambda = createLambda({
    dataDir,
    clock,
    functions: options.functions.map((definition) => ({
      ...definition,
      variables: { ...definition.variables, ...environment?.(definition.label) },
    })),
    ...(breaks && { breaks }),
    endpoints: { aws: gateway.url, s3: `http://127.0.0.1:${options.s3Port}` },
    logs: {
      ...logs,
      write(functionName, line) {
        logs.write(functionName, line);
        for (const { metric, value, atMs } of metricsIn(line)) cloudWatch.count(metric, value, atMs);
      },
    },
    onResult: (FunctionName, { ok }) => {
      const metric = { namespace: "AWS/Lambda", dimensions: { FunctionName } };
      cloudWatch.count({ ...metric, name: "Invocations" });
      if (!ok) cloudWatch.count({ ...metric, name: "Errors" });
    },
    sendToQueue: (queueArn, body) => void queues.send(queueArn, body),
    poolSize: options.poolSize,
  });
  rooms.defer(() => lambda.stop());
  const stepFunctions = createStepFunctions({
    dataDir,
    clock,
    invoker: lambda,
    machines: machinesOf(template),
    onEnded: (StateMachineArn, status) => {
      const name = metricOfEnd[status];
      if (name) cloudWatch.count({ namespace: "AWS/States", name, dimensions: { StateMachineArn } });
    },
  });
  rooms.defer(() => stepFunctions.close());

  const mappings = createEventSourceMappings({
    clock,
    queues,
    invoker: lambda,
    mappings: template.ofType("AWS::Lambda::EventSourceMapping"),
  });
  rooms.defer(() => mappings.stop());
  const pipes = createPipes({
    dataDir,
    clock,
    queues,
    streams: dynamoDb.streams,
    pipes: template.ofType("AWS::Pipes::Pipe"),
  });
  rooms.defer(() => pipes.stop());
  dynamoDb.onWrite(() => pipes.look());

  const rules = template.ofType("AWS::Events::Rule");
  const { put: publish } = createEventBus({
    clock,
    invoker: lambda,
    queues,
    rules,
    onFailed: (ruleArn) => {
      const RuleName = ruleArn.slice(ruleArn.indexOf("/") + 1);
      cloudWatch.count({ namespace: "AWS/Events", name: "FailedInvocations", dimensions: { RuleName } });
    },
  });
  const schedules = template.ofType("AWS::Scheduler::Schedule");
  const scheduler = createScheduler({ dataDir, clock, invoker: lambda, queues, schedules });
  rooms.defer(() => scheduler.stop());

  const ses = createSes({ dataDir, clock, publish, ...mailOf(template), ...(fault && { fault }) });
  rooms.defer(() => ses.close());
  const s3 = createS3({
    dataDir,
    clock,
    publish,
    buckets: bucketsOf(template),
    authorise: authoriser(authority, onRefusal),
    ...(scan && { scan }),
  });
  const services = [dynamoDb.service, secretsManager, createSqs(queues), lambda.service, stepFunctions, ses];
  for (const service of services) gateway.add(service);
  await s3.listen(options.s3Port);
  rooms.defer(() => s3.close());
  rooms.defer(() => gateway.seal());
  return {
    gatewayUrl: gateway.url,
    lambda,
    stepFunctions,
    scheduler,
    queues,
    pipes,
    mappings,
    ses,
    s3,
    cloudWatch,
    publish,
  };
}

/** How Step Functions counts an end that was no success. */
const metricOfEnd: Readonly<Record<string, string>> = {
  FAILED: "ExecutionsFailed",
  TIMED_OUT: "ExecutionsTimedOut",
  ABORTED: "ExecutionsAborted",
};

/** The gateway's question, for S3, which has a server of its own. */
function authoriser(authority: Authority, onRefusal: (refusal: Refusal) => void) {
  return (accessKeyId: string, demand: Demand): boolean => {
    const caller = authority.callerOf(accessKeyId);
    const refusal = caller && authority.refusalOf(caller, [demand]);
    if (refusal !== undefined) onRefusal(refusal);
    return caller !== undefined && refusal === undefined;
  };
}
