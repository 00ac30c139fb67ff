import { Duration } from "aws-cdk-lib";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

/**
 * Keeps what could not be delivered to a function (a rule's or schedule's dead letters) and what it could not
 * finish (its onFailure records). `npm run replay -- <queue>` sends it back.
 *
 * @param keptFor default 14 days, SQS's longest
 */
export function undeliveredQueue(
  scope: Construct,
  { keptFor = Duration.days(14), fifo = false }: { keptFor?: Duration; fifo?: boolean } = {},
): Queue {
  const queue = new Queue(scope, "Undelivered", {
    // What a FIFO queue gives up on can only go to another one.
    ...(fifo ? { fifo } : {}),
    // SQS's own key: EventBridge and Scheduler can write to it without a key policy that lets them in.
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: keptFor,
  });
  acknowledge(queue, {
    "AwsSolutions-SQS3": "This is itself the dead-letter queue; an alarm rings on the first message.",
  });
  return queue;
}

/** How much lies in a queue; an alarm on it rings until somebody has emptied it. */
export function whatLiesIn(queue: IQueue): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum" });
}
