import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  type Conditions,
  Effect,
  type Policy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { CountingAlarm, Failure } from "./alarms.ts";
import type { AppContext } from "./app-context.ts";
import { undeliveredQueue, whatLiesIn } from "./undelivered-queue.ts";

export interface AppFunctionProps extends Failure {
  /** Default 15 s: under the API's 29, over any DynamoDB retry. */
  timeoutSeconds?: number;
  /** Default 512 MB: CPU follows memory, and a page's cold start is CPU. */
  memoryMb?: number;
  environment?: Record<string, string>;
  /** What it fails to do is kept in a queue of its own, to be replayed (rules, schedules, async invokes). */
  asynchronous?: boolean;
  /** How long that queue keeps it; default 14 days. */
  undeliveredKeptFor?: Duration;
}

/**
 * One function of `functions/<name>`: Node 24 on arm64, a role with nothing but its own log, a log group with
 * retention, and an alarm that says what people notice and where the runbook begins.
 */
export class AppFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly undelivered: Queue | undefined;
  /** The one alarm for whatever can go wrong with it: what is counted elsewhere about it is added to it. */
  readonly alarm: CountingAlarm;
  private readonly role: Role;

  constructor(scope: Construct, name: string, context: AppContext, props: AppFunctionProps) {
    super(scope, pascalCase(name));
    const { settings, bundles, alarms } = context;
    const logGroup = new LogGroup(this, "Log", {
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    this.undelivered = props.asynchronous
      ? undeliveredQueue(this, props.undeliveredKeptFor && { keptFor: props.undeliveredKeptFor })
      : undefined;
    this.lambda = new LambdaFunction(this, "Function", {
      description: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(bundleOf(name, bundles.folder)),
      role,
      logGroup,
      memorySize: props.memoryMb ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds ?? 15),
      environment: {
        TABLE_NAME: context.tableName,
        STAGE: settings.stage,
        BASE_URL: context.baseUrl,
        POWERTOOLS_SERVICE_NAME: name,
        ...props.environment,
      },
      ...(this.undelivered
        ? {
            onFailure: new SqsDestination(this.undelivered),
            retryAttempts: 2,
            maxEventAge: Duration.hours(6),
          }
        : {}),
    });
    this.role = role;
    this.alarm = alarms.onFirst(
      name,
      [this.lambda.metricErrors(), ...(this.undelivered ? [whatLiesIn(this.undelivered)] : [])],
      {
        ...props,
        places: [
          ["Log group", logGroup.logGroupName],
          ...(this.undelivered ? [["Queue", this.undelivered.queueName] as const] : []),
        ],
      },
    );
  }

  /** Allows exactly these actions on exactly these resources, where the conditions hold. */
  allow(actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): void {
    this.state(Effect.ALLOW, actions, resources, conditions);
  }

  /** Forbids, whatever else allows it. */
  deny(actions: readonly string[], resources: readonly string[], conditions: Conditions): void {
    this.state(Effect.DENY, actions, resources, conditions);
  }

  private state(
    effect: Effect,
    actions: readonly string[],
    resources: readonly string[],
    conditions: Conditions,
  ): void {
    this.lambda.addToRolePolicy(
      new PolicyStatement({ effect, actions: [...actions], resources: [...resources], conditions }),
    );
  }

  /** Attaches a policy that another construct keeps. */
  attach(policy: Policy): void {
    this.role.attachInlinePolicy(policy);
  }

  /** Hands the function a setting; names are those its own env schema reads. */
  set(name: string, value: string): void {
    this.lambda.addEnvironment(name, value);
  }
}

/** Infra has a function for which nobody wrote a handler. */
class FunctionWithoutHandler extends Error {
  override readonly name = "FunctionWithoutHandler";

  constructor(functionName: string) {
    super(`functions/${functionName}/handler.ts is missing`);
  }
}

function bundleOf(name: string, folder: string): string {
  const bundle = join(folder, name);
  if (!existsSync(bundle)) throw new FunctionWithoutHandler(name);
  return bundle;
}

function pascalCase(kebab: string): string {
  return kebab.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase());
}
