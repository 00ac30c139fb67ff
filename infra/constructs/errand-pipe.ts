import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { CfnPipe } from "aws-cdk-lib/aws-pipes";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { AppContext } from "./app-context.ts";
import type { Register } from "./register.ts";
import { undeliveredQueue, whatLiesIn } from "./undelivered-queue.ts";

/** An errand is an item that has just been committed; what becomes of it later is its own run's doing. */
const NEW_ERRAND = { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: [{ prefix: "OUTBOX#" }] } } } };
const OWNER = "$.dynamodb.NewImage.owner.S";

/** Every new errand in the table's stream becomes a message in the queue, in the group of its owner. No code of ours. */
export class ErrandPipe extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { context, register, queue }: { context: AppContext; register: Register; queue: Queue },
  ) {
    super(scope, id);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("pipes.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    });
    const stream = register.letFollow(role);
    const undelivered = undeliveredQueue(this);
    const log = this.log(context);
    const mayDo = [queue, undelivered].map((each) => each.grant(role, "sqs:SendMessage"));
    const pipe = new CfnPipe(this, "Pipe", {
      description: "New errands of the register to the outbox, one group an owner",
      roleArn: role.roleArn,
      source: stream,
      sourceParameters: {
        filterCriteria: { filters: [{ pattern: JSON.stringify(NEW_ERRAND) }] },
        dynamoDbStreamParameters: {
          // Nothing committed before the pipe stood may be missed.
          startingPosition: "TRIM_HORIZON",
          // SQS takes ten at a time.
          batchSize: 10,
          parallelizationFactor: 1,
          // A record that cannot be sent is found by halving, tried four times, and set aside: it holds up its shard
          // for seconds. After six hours the sweep has run what it tells of.
          onPartialBatchItemFailure: "AUTOMATIC_BISECT",
          maximumRetryAttempts: 3,
          maximumRecordAgeInSeconds: Duration.hours(6).toSeconds(),
          deadLetterConfig: { arn: undelivered.queueArn },
        },
      },
      target: queue.queueArn,
      targetParameters: {
        sqsQueueParameters: { messageGroupId: OWNER, messageDeduplicationId: "$.eventID" },
        inputTemplate: `{"owner": <${OWNER}>}`,
      },
      logConfiguration: {
        level: "ERROR",
        cloudwatchLogsLogDestination: { logGroupArn: log.logGroupArn },
      },
    });
    // The pipe starts reading the moment it is made. On the permissions alone: it names the role already.
    for (const grant of mayDo) grant.applyBefore(pipe);
    const counted = ["ExecutionFailed", "ExecutionTimeout", "ExecutionThrottled"].map(
      (metricName) =>
        new Metric({
          namespace: "AWS/EventBridge/Pipes",
          metricName,
          dimensionsMap: { PipeName: pipe.ref },
          statistic: "Sum",
        }),
    );
    context.alarms.onFirst("outbox-pipe", [...counted, whatLiesIn(undelivered)], {
      failureImpact:
        "Mails and decisions are recorded but nobody is told to send them, until the next sweep.",
      runbook: "outbox-pipe",
      places: [
        ["Log group", log.logGroupName],
        ["Queue", undelivered.queueName],
      ],
    });
  }

  /** Errors only, and without the records, which hold addresses. */
  private log({ settings }: AppContext): LogGroup {
    return new LogGroup(this, "Log", {
      logGroupName: `/aws/vendedlogs/pipes/${Stack.of(this).stackName}-errands`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
