import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { agreementIntake, INTAKE_STEPS, type IntakeStep } from "../../workflows/agreement-intake.ts";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction, type AppFunctionProps } from "./app-function.ts";
import { WatchedWorkflow } from "./watched-workflow.ts";

/** What stands still when a step does, for whoever the alarm wakes. */
const STEPS: Readonly<Record<IntakeStep, Omit<AppFunctionProps, "runbook">>> = {
  "register-upload": { failureImpact: "An uploaded agreement is not taken in.", timeoutSeconds: 45 },
  "judge-document": {
    failureImpact: "An uploaded agreement is not judged, so nobody is asked about it.",
    memoryMb: 2048,
    timeoutSeconds: 60,
  },
  "reject-upload": { failureImpact: "A submitter is not told what to mend.", timeoutSeconds: 45 },
  "open-round": { failureImpact: "Nobody is asked to decide a case.", timeoutSeconds: 45 },
  "plan-next-wake": { failureImpact: "A case neither goes on nor expires.", timeoutSeconds: 45 },
  "store-task-token": { failureImpact: "A case goes on later than it could.", timeoutSeconds: 45 },
  "archive-agreement": {
    failureImpact: "An approved agreement is not archived, so nobody is admitted.",
    timeoutSeconds: 45,
  },
  "admit-member": { failureImpact: "An approved authority is not yet a member.", timeoutSeconds: 45 },
  "hold-case": { failureImpact: "A case that broke has no task, so nobody is told.", timeoutSeconds: 45 },
};

interface IntakeProps {
  context: AppContext;
  data: StatefulStack;
}

/** agreement-intake and the functions of its steps, each with exactly what it reads and writes. */
export class Intake extends Construct {
  readonly workflow: WatchedWorkflow;

  constructor(scope: Construct, id: string, { context, data }: IntakeProps) {
    super(scope, id);
    const steps = this.makeSteps(context);
    for (const [name, step] of Object.entries(steps)) {
      // The judge reads what anybody sends: to it there is no register.
      if (name !== "judge-document") data.register.letWrite(step, "cases");
    }
    data.register.letWrite(steps["admit-member"], "members");
    data.documents.letReadIncoming(steps["register-upload"]);
    data.documents.letWriteBesideUploads(steps["register-upload"]);
    data.documents.letReadIncoming(steps["judge-document"]);
    data.documents.letWriteBesideUploads(steps["judge-document"]);
    data.documents.letReadBesideUploads(steps["reject-upload"]);
    data.documents.letReadBesideUploads(steps["plan-next-wake"]);
    data.documents.letReadScanVerdict(steps["plan-next-wake"]);
    data.documents.letReadIncoming(steps["archive-agreement"]);
    data.documents.letArchive(steps["archive-agreement"]);
    this.workflow = new WatchedWorkflow(this, "agreement-intake", {
      alarms: context.alarms,
      logRetentionDays: context.settings.logRetentionDays,
      definition: agreementIntake(this, lambdasOf(steps)),
      failureImpact: "A case stands still and nobody has been told; the next sweep starts it again.",
      runbook: "agreement-intake",
    });
    // What is waited for may have come already: the wait is then answered at once.
    this.workflow.letAnswer(steps["store-task-token"]);
  }

  private makeSteps(context: AppContext): Record<IntakeStep, AppFunction> {
    const made = INTAKE_STEPS.map(
      (name) =>
        [
          name,
          new AppFunction(this, name, context, {
            ...STEPS[name],
            runbook: name,
            environment: environmentOf(name, context),
          }),
        ] as const,
    );
    return Object.fromEntries(made) as Record<IntakeStep, AppFunction>;
  }
}

function lambdasOf(steps: Readonly<Record<IntakeStep, AppFunction>>): Record<IntakeStep, LambdaFunction> {
  const lambdas = INTAKE_STEPS.map((name) => [name, steps[name].lambda] as const);
  return Object.fromEntries(lambdas) as Record<IntakeStep, LambdaFunction>;
}

/** Only the judge is told whom the stage trusts besides. */
function environmentOf(step: IntakeStep, { settings }: AppContext): Record<string, string> {
  return step === "judge-document" && settings.trustAnchors.length > 0
    ? { TRUST_ANCHORS: JSON.stringify(settings.trustAnchors) }
    : {};
}
