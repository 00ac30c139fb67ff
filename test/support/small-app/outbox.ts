import { Duration, type Stack } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { CfnPipe } from "aws-cdk-lib/aws-pipes";
import { Queue } from "aws-cdk-lib/aws-sqs";

/** From the table's stream through a pipe and a queue to a function, as the product does it. */
export function driveByStream(
  stack: Stack,
  { table, run, undelivered }: { table: Table; run: LambdaFunction; undelivered: Queue },
): void {
  const behind = new Queue(stack, "ErrandsBehind", { fifo: true });
  const queue = new Queue(stack, "Errands", {
    fifo: true,
    visibilityTimeout: Duration.minutes(1),
    deadLetterQueue: { queue: behind, maxReceiveCount: 2 },
  });
  const stream = table.tableStreamArn ?? "";
  const role = new Role(stack, "PipeRole", { assumedBy: new ServicePrincipal("pipes.amazonaws.com") });
  role.addToPolicy(
    new PolicyStatement({
      actions: ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map(
        (action) => `dynamodb:${action}`,
      ),
      resources: [stream],
    }),
  );
  queue.grantSendMessages(role);
  undelivered.grantSendMessages(role);
  new CfnPipe(stack, "Pipe", {
    roleArn: role.roleArn,
    source: stream,
    sourceParameters: {
      filterCriteria: {
        filters: [
          {
            pattern: JSON.stringify({
              eventName: ["INSERT"],
              dynamodb: { Keys: { sk: { S: [{ prefix: "OUTBOX#" }] } } },
            }),
          },
        ],
      },
      dynamoDbStreamParameters: {
        startingPosition: "TRIM_HORIZON",
        batchSize: 10,
        maximumRetryAttempts: 3,
        onPartialBatchItemFailure: "AUTOMATIC_BISECT",
        deadLetterConfig: { arn: undelivered.queueArn },
      },
    },
    target: queue.queueArn,
    targetParameters: {
      sqsQueueParameters: {
        messageGroupId: "$.dynamodb.NewImage.owner.S",
        messageDeduplicationId: "$.eventID",
      },
      inputTemplate: '{"owner": <$.dynamodb.NewImage.owner.S>}',
    },
  });
  run.addEventSource(new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true }));
}
