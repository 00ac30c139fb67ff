import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction } from "./app-function.ts";

/** What reaches the outside world: mails are sent and waits answered by the one function that drives the outbox. */
export class Outbox extends Construct {
  readonly deliver: AppFunction;
  private readonly later: Queue;

  constructor(scope: Construct, id: string, { context, data }: { context: AppContext; data: StatefulStack }) {
    super(scope, id);
    this.deliver = new AppFunction(this, "deliver-outbox", context, {
      failureImpact: "Mails and decisions are recorded but do not go out until the hourly sweep.",
      runbook: "deliver-outbox",
      timeoutSeconds: 120,
      asynchronous: true,
      environment: { LIMITS: JSON.stringify(context.settings.limits) },
    });
    data.register.letWrite(this.deliver);
    data.linkKeys.letRead(this.deliver);
    data.mailSender.letSend(this.deliver);
    this.later = new Queue(this, "Later", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(this.deliver.undelivered && {
        deadLetterQueue: { queue: this.deliver.undelivered, maxReceiveCount: 5 },
      }),
    });
  }

  /** Lets a function have an owner's errands run again, up to 15 minutes from now. */
  letRunLater(fn: AppFunction): void {
    fn.allow(["sqs:SendMessage"], [this.later.queueArn]);
    fn.set("OUTBOX_LATER_QUEUE_URL", this.later.queueUrl);
  }
}
