import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { ALARM_PERIOD, type Alarms } from "./alarms.ts";

/**
 * Keeps what could not be delivered to a function (a rule's or schedule's dead letters) and what it could not
 * finish (its onFailure records), for 14 days, SQS's longest. `npm run replay -- <queue>` sends it back.
 */
export function undeliveredQueue(
  scope: Construct,
  name: string,
  alarms: Alarms,
  { fifo = false }: { fifo?: boolean } = {},
): Queue {
  const queue = new Queue(scope, "Undelivered", {
    // What a FIFO queue gives up on can only go to another one.
    ...(fifo ? { fifo } : {}),
    // SQS's own key: EventBridge and Scheduler can write to it without a key policy that lets them in.
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, {
    "AwsSolutions-SQS3": "This is itself the dead-letter queue; its alarm rings on the first message.",
  });
  alarms.ringOnFirst(
    scope,
    "HasUndelivered",
    queue.metricApproximateNumberOfMessagesVisible({ period: ALARM_PERIOD, statistic: "Maximum" }),
    {
      failureImpact: `Something was not delivered to ${name}, or it gave up on it; it waits in a queue for 14 days.`,
      runbook: `undelivered-${name}`,
    },
  );
  return queue;
}
