import { Duration, TimeZone } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type EventPattern, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import { acknowledge } from "./acknowledge.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction, type AppFunctionProps } from "./app-function.ts";
import type { Intake } from "./intake.ts";
import type { MailSender } from "./mail-sender.ts";
import type { Outbox } from "./outbox.ts";

interface BackgroundProps {
  context: AppContext;
  data: StatefulStack;
  mailSender: MailSender;
  outbox: Outbox;
  intake: Intake;
}

/** How long a delivery is tried before it becomes a dead letter; the sweep has looked by then. */
const GIVE_UP_AFTER = Duration.hours(6);

/** What nobody clicks: events from S3, GuardDuty and SES, and the sweep every six hours. */
export class Background extends Construct {
  readonly sweep: AppFunction;
  private readonly context: AppContext;

  constructor(scope: Construct, id: string, { context, data, mailSender, outbox, intake }: BackgroundProps) {
    super(scope, id);
    this.context = context;
    this.startIntake(data, intake);
    this.receiveScanVerdict(data);
    this.settleMail(data, mailSender);
    this.sweep = this.sweepOpenWork(data, outbox, intake);
  }

  private startIntake({ documents }: StatefulStack, { workflow }: Intake): void {
    const fn = this.worker("start-intake", "An uploaded agreement waits for the next sweep.");
    documents.nameIncoming(fn);
    workflow.letStart(fn, "INTAKE");
    this.on("UploadArrives", fn, {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: {
        bucket: { name: [documents.incoming.bucketName] },
        object: { key: [{ prefix: "uploads/" }] },
      },
    });
  }

  private receiveScanVerdict({ register, documents }: StatefulStack): void {
    const fn = this.worker(
      "receive-scan-verdict",
      "Cases wait until the verdict is read from the object's tag.",
    );
    register.letWrite(fn, "cases");
    documents.nameIncoming(fn);
    this.on("ScanEnds", fn, {
      source: ["aws.guardduty"],
      detailType: ["GuardDuty Malware Protection Object Scan Result"],
      detail: { s3ObjectDetails: { bucketName: [documents.incoming.bucketName] } },
    });
  }

  private settleMail({ register }: StatefulStack, mailSender: MailSender): void {
    const fn = this.worker("settle-mail", "Bounces go unseen, and uncertain mails become tasks.", {
      // These name people: long enough for a long weekend, no longer.
      undeliveredKeptFor: Duration.days(4),
    });
    register.letWrite(fn, "anybodys");
    this.on("MailEvent", fn, {
      source: ["aws.ses"],
      detailType: ["Email Sent", "Email Delivered", "Email Bounced", "Email Complaint Received"],
      detail: { mail: { tags: { "ses:configuration-set": [mailSender.configurationSetName] } } },
    });
  }

  private sweepOpenWork(
    { register, documents }: StatefulStack,
    outbox: Outbox,
    { workflow }: Intake,
  ): AppFunction {
    const fn = this.worker("sweep-open-work", "What was lost on the way stays lost: cases, mails, uploads.", {
      timeoutSeconds: 300,
    });
    fn.alarm.also(this.context.alarms.metric("sweepFailed", "sweep-open-work"));
    register.letWrite(fn, "anybodys");
    documents.letReadIncoming(fn);
    documents.letFindIncoming(fn);
    outbox.letRunLater(fn);
    workflow.letStart(fn, "INTAKE");
    workflow.letMove(fn);
    new Schedule(this, "Sweep", {
      description: "Starts, resumes and sends what is missing",
      schedule: ScheduleExpression.cron({
        ...this.context.settings.sweepCron,
        timeZone: TimeZone.of("Europe/Copenhagen"),
      }),
      target: new LambdaInvoke(fn.lambda, {
        role: this.schedulerRole(),
        input: ScheduleTargetInput.fromObject({}),
        ...(fn.undelivered ? { deadLetterQueue: fn.undelivered } : {}),
        retryAttempts: 3,
        maxEventAge: GIVE_UP_AFTER,
      }),
    });
    return fn;
  }

  /** Of our own making, so that what the target adds to it can be acknowledged. */
  private schedulerRole(): Role {
    const role = new Role(this, "SchedulerRole", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com"),
    });
    acknowledge(role, {
      "AwsSolutions-IAM5[Resource::….Arn>:*]": "Versions and aliases of the function it invokes.",
    });
    return role;
  }

  private on(id: string, fn: AppFunction, eventPattern: EventPattern): void {
    const rule = new Rule(this, id, {
      eventPattern,
      targets: [
        new LambdaFunction(fn.lambda, {
          ...(fn.undelivered ? { deadLetterQueue: fn.undelivered } : {}),
          retryAttempts: 24,
          maxEventAge: GIVE_UP_AFTER,
        }),
      ],
    });
    fn.alarm.also(failedInvocations(rule));
  }

  private worker(
    name: string,
    failureImpact: string,
    { timeoutSeconds = 60, ...props }: Partial<AppFunctionProps> = {},
  ): AppFunction {
    return new AppFunction(this, name, this.context, {
      failureImpact,
      runbook: name,
      timeoutSeconds,
      asynchronous: true,
      ...props,
    });
  }
}

/** Events that matched and reached nobody: with its dead letters out of reach too, only this tells of them. */
function failedInvocations(rule: Rule): Metric {
  return new Metric({
    namespace: "AWS/Events",
    metricName: "FailedInvocations",
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: "Sum",
  });
}
