import { join } from "node:path";
import { App, Duration, RemovalPolicy, Stack, TimeZone } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as events from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as scheduler from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke as InvokeOnSchedule } from "aws-cdk-lib/aws-scheduler-targets";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import * as sqs from "aws-cdk-lib/aws-sqs";
import * as stepfunctions from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { build } from "esbuild";
import { driveByStream } from "./outbox.ts";

const functionNames = [
  "start-work",
  "first-step",
  "second-step",
  "tick",
  "web",
  "crash",
  "sweep-open-work",
  "run-errand",
] as const;
type FunctionName = (typeof functionNames)[number];

/**
 * A system as small as can be that still uses what the product uses: two stacks, a table, a bucket with events, a
 * secret, a workflow of two steps started from a rule, a schedule, an HTTP API, a table
 * whose stream drives a function, and a function without its grant.
 * Synthesizes it to `outdir`, with the functions beside this file as assets.
 */
export async function synthesizeSmallApp(outdir: string): Promise<void> {
  const bundles = join(outdir, ".bundles");
  await build({
    entryPoints: functionNames.map((name) => ({
      in: join(import.meta.dirname, `${name}.ts`),
      out: `${name}/handler`,
    })),
    outdir: bundles,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    mainFields: ["module", "main"],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: "error",
  });

  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const data = new Stack(app, "SmallData");
  const table = new dynamodb.Table(data, "Register", {
    partitionKey: { name: "pk", type: dynamodb.AttributeType.STRING },
    sortKey: { name: "sk", type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.RETAIN,
    stream: dynamodb.StreamViewType.NEW_IMAGE,
  });
  const bucket = new s3.Bucket(data, "Incoming", {
    versioned: true,
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  });
  (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride("NotificationConfiguration", {
    EventBridgeConfiguration: { EventBridgeEnabled: true },
  });
  const secret = new secretsmanager.Secret(data, "Keys");

  const stack = new Stack(app, "SmallApp");
  const deadLetters = new sqs.Queue(stack, "DeadLetters");
  const functions = Object.fromEntries(
    functionNames.map((name) => [
      name,
      new lambda.Function(stack, name, {
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        handler: "handler.handler",
        code: lambda.Code.fromAsset(join(bundles, name)),
        memorySize: 256,
        timeout: Duration.seconds(name === "crash" ? 1 : 10),
        onFailure: new SqsDestination(deadLetters),
        environment: {
          TABLE_NAME: table.tableName,
          INCOMING_BUCKET: bucket.bucketName,
          SECRET_ARN: secret.secretArn,
          POWERTOOLS_SERVICE_NAME: name,
        },
      }),
    ]),
  ) as Record<FunctionName, lambda.Function>;

  const invoke = (id: string, name: FunctionName) =>
    new LambdaInvoke(stack, id, { lambdaFunction: functions[name], payloadResponseOnly: true });
  const workflow = new stepfunctions.StateMachine(stack, "Workflow", {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(
      invoke("Put the object", "first-step").next(invoke("Note it in the register", "second-step")),
    ),
    timeout: Duration.days(1),
  });
  functions["start-work"].addEnvironment("WORKFLOW_ARN", workflow.stateMachineArn);
  workflow.grantStartExecution(functions["start-work"]);
  bucket.grantPut(functions["first-step"], "done/*");
  table.grantReadWriteData(functions["second-step"]);
  table.grantReadWriteData(functions.tick);
  table.grantReadWriteData(functions["sweep-open-work"]);
  bucket.grantPut(functions.web, "uploads/*");
  table.grantReadData(functions.web);

  table.grantReadWriteData(functions["run-errand"]);
  driveByStream(stack, { table, run: functions["run-errand"], undelivered: deadLetters });

  new events.Rule(stack, "OnUpload", {
    eventPattern: {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: "uploads/" }] } },
    },
    targets: [new LambdaFunction(functions["start-work"], { deadLetterQueue: deadLetters })],
  });
  new scheduler.Schedule(stack, "EveryMorning", {
    schedule: scheduler.ScheduleExpression.cron({
      minute: "0",
      hour: "8",
      timeZone: TimeZone.of("Europe/Copenhagen"),
    }),
    target: new InvokeOnSchedule(functions.tick, { deadLetterQueue: deadLetters }),
  });

  const api = new apigateway.HttpApi(stack, "Api");
  const integration = new HttpLambdaIntegration("web", functions.web);
  for (const [path, ...methods] of [
    ["/", apigateway.HttpMethod.GET],
    ["/things/{key}", apigateway.HttpMethod.GET, apigateway.HttpMethod.HEAD, apigateway.HttpMethod.POST],
    ["/things/{key}/parts", apigateway.HttpMethod.GET],
    ["/things/new", apigateway.HttpMethod.GET],
    ["/files/{rest+}", apigateway.HttpMethod.ANY],
  ] as const)
    api.addRoutes({ path, methods, integration });
  api.addRoutes({
    path: "/crash",
    methods: [apigateway.HttpMethod.GET],
    integration: new HttpLambdaIntegration("crash", functions.crash),
  });
  app.synth();
}
