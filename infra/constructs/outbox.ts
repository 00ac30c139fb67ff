import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction } from "./app-function.ts";
import { ErrandPipe } from "./errand-pipe.ts";
import type { MailSender } from "./mail-sender.ts";
import { undeliveredQueue, whatLiesIn } from "./undelivered-queue.ts";

const TIMEOUT_SECONDS = 120;

/** As Lambda advises: a run that was throttled or cut off is over before its message shows again. */
const VISIBILITY = Duration.seconds(6 * TIMEOUT_SECONDS);

/** 5 tries × 12 minutes ≈ an hour, longer than most outages of what is called. */
const TRIES = 5;

/** An errand that is this old has failed once, and its next try is not enough. */
const OLD_SECONDS = 15 * 60;

/**
 * What reaches the outside world: mails are sent and waits answered by the one function that drives the outbox. The
 * table's stream tells it of new errands, through a queue with a group an owner; what has to wait comes back through
 * a second queue, for a FIFO queue holds nothing back message by message.
 */
export class Outbox extends Construct {
  readonly deliver: AppFunction;
  private readonly later: Queue;

  constructor(
    scope: Construct,
    id: string,
    { context, data, mailSender }: { context: AppContext; data: StatefulStack; mailSender: MailSender },
  ) {
    super(scope, id);
    this.deliver = new AppFunction(this, "deliver-outbox", context, {
      failureImpact: "Mails and decisions are recorded but go out late, or not until the next sweep.",
      runbook: "deliver-outbox",
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: { LIMITS: JSON.stringify(context.settings.limits) },
    });
    data.register.letWrite(this.deliver, "anybodys", "links", "limits");
    data.linkKeys.letRead(this.deliver);
    mailSender.letSend(this.deliver);
    const fresh = this.queue("Fresh", { fifo: true });
    this.later = this.queue("Later");
    this.letRunLater(this.deliver);
    new ErrandPipe(this, "Pipe", { context, register: data.register, queue: fresh });
    this.empty(fresh, 10);
    this.empty(this.later, 2);
    ringWhenOld(context, "outbox-queue", fresh);
    ringWhenOld(context, "outbox-later-queue", this.later);
  }

  /** Lets a function have an owner's errands run again, up to 15 minutes from now. */
  letRunLater(fn: AppFunction): void {
    fn.allow(["sqs:SendMessage"], [this.later.queueArn]);
    fn.set("OUTBOX_LATER_QUEUE_URL", this.later.queueUrl);
  }

  private queue(id: string, { fifo = false }: { fifo?: boolean } = {}): Queue {
    const room = new Construct(this, id);
    const undelivered = undeliveredQueue(room, { fifo });
    this.deliver.alarm.also(whatLiesIn(undelivered), ["Queue", undelivered.queueName]);
    return new Queue(room, "Queue", {
      ...(fifo ? { fifo } : {}),
      // SQS's own key: a message says no more than the owner's opaque id.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: undelivered, maxReceiveCount: TRIES },
    });
  }

  /**
   * One message a run: in a batch, the slowest owner would hold up the others' groups until the whole batch is done.
   */
  private empty(queue: Queue, maxConcurrency: number): void {
    this.deliver.lambda.addEventSource(
      new SqsEventSource(queue, { batchSize: 1, maxConcurrency, reportBatchItemFailures: true }),
    );
  }
}

/** Not a word of any other alarm: a mapping that is switched off fails nothing. */
function ringWhenOld({ alarms }: AppContext, name: string, queue: Queue): void {
  const age = queue.metricApproximateAgeOfOldestMessage({ statistic: "Maximum" });
  alarms.onMoreThan(name, age, OLD_SECONDS, {
    failureImpact: "Somebody's mail or decision has waited for a quarter of an hour to be sent on.",
    runbook: name,
    places: [["Queue", queue.queueName]],
  });
}
