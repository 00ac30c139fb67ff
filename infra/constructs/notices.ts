import { Duration } from "aws-cdk-lib";
import { type EventPattern, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { Alarms, Failure } from "./alarms.ts";
import { whatLiesIn } from "./undelivered-queue.ts";

interface NoticesProps extends Failure {
  alarms: Alarms;
  /** The alarm's name. */
  name: string;
  /** Each with what it says in its rule's logical id. */
  patterns: Readonly<Record<string, EventPattern>>;
}

/**
 * What AWS tells of its own services when something is wrong with them, kept in a queue until a person has read it:
 * the alarm rings on the first and goes on ringing until the queue is empty.
 */
export class Notices extends Construct {
  constructor(scope: Construct, id: string, { alarms, name, patterns, ...failure }: NoticesProps) {
    super(scope, id);
    const queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, {
      "AwsSolutions-SQS3":
        "A person reads it; nothing takes from it that could fail, so it needs no queue behind.",
    });
    for (const [what, eventPattern] of Object.entries(patterns))
      new Rule(this, what, { eventPattern, targets: [new SqsQueue(queue)] });
    alarms.onFirst(name, [whatLiesIn(queue)], { ...failure, places: [["Queue", queue.queueName]] });
  }
}
