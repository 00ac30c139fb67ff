import { Duration, TimeZone } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import { annualDues, DUES_STEPS, type DuesStep } from "../../workflows/annual-dues.ts";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import { acknowledge } from "./acknowledge.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction, type AppFunctionProps } from "./app-function.ts";
import { WatchedWorkflow } from "./watched-workflow.ts";

/** What stands still when a step does, for whoever the alarm wakes. */
const STEPS: Readonly<Record<DuesStep, Omit<AppFunctionProps, "runbook">>> = {
  "plan-dues-run": {
    failureImpact: "The year's dues are not planned, so nobody is asked to confirm them.",
    timeoutSeconds: 300,
    memoryMb: 1024,
  },
  "plan-run-wake": { failureImpact: "A confirmed dues run does not go on.", timeoutSeconds: 45 },
  "store-run-token": { failureImpact: "A dues run goes on later than it could.", timeoutSeconds: 45 },
  "start-charging": { failureImpact: "A confirmed dues run does not begin to send.", timeoutSeconds: 45 },
  "charge-chunk": {
    failureImpact: "Some payers of a confirmed run are not invoiced; the report counts them.",
    timeoutSeconds: 300,
    memoryMb: 1024,
  },
  "report-run": {
    failureImpact: "The secretariat is not told what a dues run sent.",
    timeoutSeconds: 300,
    memoryMb: 1024,
  },
  "hold-run": { failureImpact: "A dues run that broke has no task, so nobody is told.", timeoutSeconds: 45 },
};

interface DuesProps {
  context: AppContext;
  data: StatefulStack;
}

/** annual-dues with the functions of its steps, and the calendar that begins it. */
export class Dues extends Construct {
  readonly workflow: WatchedWorkflow;
  readonly begin: AppFunction;

  constructor(scope: Construct, id: string, { context, data }: DuesProps) {
    super(scope, id);
    const { register, documents } = data;
    const steps = this.makeSteps(context);
    for (const [name, step] of Object.entries(steps))
      register.letWrite(step, name === "charge-chunk" ? "members" : "runs");
    documents.letWritePlans(steps["plan-dues-run"]);
    documents.letReadPlans(steps["charge-chunk"]);
    documents.letReadPlans(steps["report-run"]);
    this.workflow = new WatchedWorkflow(this, "annual-dues", {
      alarms: context.alarms,
      logRetentionDays: context.settings.logRetentionDays,
      definition: annualDues(this, lambdasOf(steps)),
      failureImpact: "The year's dues stand still and nobody has been told.",
      runbook: "annual-dues",
    });
    this.workflow.letAnswer(steps["store-run-token"]);
    this.begin = new AppFunction(this, "begin-dues-run", context, {
      failureImpact: "The year's dues are not planned on the first working day.",
      runbook: "begin-dues-run",
      timeoutSeconds: 60,
      asynchronous: true,
    });
    register.letWrite(this.begin, "runs");
    this.everyMorningInJanuary();
  }

  /**
   * From the first to the tenth, so that a day on which nothing worked is made up for; the function knows which day
   * is the first working one, and a run begins once.
   */
  private everyMorningInJanuary(): void {
    const { begin } = this;
    const role = new Role(this, "SchedulerRole", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com"),
    });
    acknowledge(role, {
      "AwsSolutions-IAM5[Resource::….Arn>:*]": "Versions and aliases of the function it invokes.",
    });
    new Schedule(this, "January", {
      description: "Plans the year's dues on the first working day",
      schedule: ScheduleExpression.cron({
        minute: "0",
        hour: "8",
        day: "1-10",
        month: "1",
        timeZone: TimeZone.of("Europe/Copenhagen"),
      }),
      target: new LambdaInvoke(begin.lambda, {
        role,
        input: ScheduleTargetInput.fromObject({}),
        ...(begin.undelivered ? { deadLetterQueue: begin.undelivered } : {}),
        retryAttempts: 24,
        maxEventAge: Duration.hours(20),
      }),
    });
  }

  private makeSteps(context: AppContext): Record<DuesStep, AppFunction> {
    const made = DUES_STEPS.map(
      (name) => [name, new AppFunction(this, name, context, { ...STEPS[name], runbook: name })] as const,
    );
    return Object.fromEntries(made) as Record<DuesStep, AppFunction>;
  }
}

function lambdasOf(steps: Readonly<Record<DuesStep, AppFunction>>): Record<DuesStep, LambdaFunction> {
  const lambdas = DUES_STEPS.map((name) => [name, steps[name].lambda] as const);
  return Object.fromEntries(lambdas) as Record<DuesStep, LambdaFunction>;
}
