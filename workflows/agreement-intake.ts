import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Chain, Choice, Condition, type IChainable, Succeed } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import {
  ASKED,
  intakeExecution,
  JUDGED,
  REGISTERED,
  ROUND_STAGES,
  WAITS,
} from "../shared/contracts/intake.ts";
import { type WorkflowKit, workflowKit } from "./workflow-kit.ts";

/** The functions of the intake's steps, by the names of their folders. */
export const INTAKE_STEPS = [
  "register-upload",
  "judge-document",
  "reject-upload",
  "open-round",
  "plan-next-wake",
  "store-task-token",
  "archive-agreement",
  "admit-member",
  "hold-case",
] as const;
export type IntakeStep = (typeof INTAKE_STEPS)[number];

interface Builder extends WorkflowKit {
  scope: Construct;
  tasks: Readonly<Record<IntakeStep, LambdaFunction>>;
  ends: ReturnType<typeof namedEnds>;
}

/**
 * From one uploaded version to a member, or to a named end. The table is the truth: every step reads it, does
 * its part if it is not done, and says what it found; so a step may run twice, and the whole may begin again.
 */
export function agreementIntake(
  scope: Construct,
  tasks: Readonly<Record<IntakeStep, LambdaFunction>>,
): Chain {
  const kit = workflowKit(scope, {
    input: Object.keys(intakeExecution.shape),
    planNextWake: tasks["plan-next-wake"],
    storeTaskToken: tasks["store-task-token"],
    hold: tasks["hold-case"],
    holding: "Hold the case for a person",
  });
  const build: Builder = { ...kit, scope, tasks, ends: namedEnds(scope) };
  const chair = askFor(build, {
    stage: ROUND_STAGES.chair,
    ask: "Ask the chair to approve",
    question: "Does the chair decide?",
    awaited: "the chair's decision",
    approved: admit(build),
  });
  const secretariat = askFor(build, {
    stage: ROUND_STAGES.secretariat,
    ask: "Ask the secretariat to decide",
    question: "Does the secretariat decide?",
    awaited: "the secretariat's decision",
    approved: chair,
  });
  return Chain.start(readDocument(build, scanned(build, secretariat)));
}

/** Every way an execution can end, besides being held. */
function namedEnds(scope: Construct) {
  return {
    admitted: new Succeed(scope, "Member admitted"),
    superseded: new Succeed(scope, "Another upload took over"),
    rejected: new Succeed(scope, "Another file is asked for"),
    closed: new Succeed(scope, "The case is decided elsewhere"),
    expired: new Succeed(scope, "Nobody decided in time"),
    unconfirmed: new Succeed(scope, "The contact has not confirmed"),
  };
}

/** Registers the bytes and judges them; a rejection wins over whatever the scan will say. */
function readDocument({ scope, tasks, step, ends }: Builder, accepted: IChainable): Chain {
  const outcomeIs = (outcome: string) => Condition.stringEquals("$.step.outcome", outcome);
  const register = step("Register the upload", { fn: tasks["register-upload"], answerAt: "$.step" });
  const judge = step("Judge the document", {
    fn: tasks["judge-document"],
    answerAt: "$.step",
    timeoutSeconds: 90,
  });
  const tellSubmitter = step("Tell the submitter what to mend", { fn: tasks["reject-upload"] });
  return register.next(
    new Choice(scope, "Is it the newest upload?")
      .when(
        outcomeIs(REGISTERED.registered),
        judge.next(
          new Choice(scope, "Was it rejected?")
            .when(outcomeIs(JUDGED.rejected), tellSubmitter.next(ends.rejected))
            .otherwise(accepted),
        ),
      )
      .when(outcomeIs(REGISTERED.closed), ends.closed)
      .otherwise(ends.superseded),
  );
}

/** Nothing reaches a person before the malware scan has said that it may. */
function scanned({ wait, ends }: Builder, clean: IChainable): IChainable {
  return wait({ wait: WAITS.scan, awaited: "the malware verdict", passed: clean, closed: ends.closed });
}

interface Ask {
  stage: keyof typeof ROUND_STAGES;
  ask: string;
  question: string;
  awaited: string;
  approved: IChainable;
}

/** One stage of approval: opens its round, unless the kind of agreement skips it, and waits for the decision. */
function askFor(
  { scope, tasks, step, wait, ends }: Builder,
  { stage, awaited, approved, ...names }: Ask,
): Chain {
  const decided = wait({
    wait: stage,
    awaited,
    passed: approved,
    closed: ends.closed,
    expired: ends.expired,
  });
  return step(names.ask, { fn: tasks["open-round"], input: { stage }, answerAt: "$.step" }).next(
    new Choice(scope, names.question)
      .when(Condition.stringEquals("$.step.outcome", ASKED.pass), approved)
      .when(Condition.stringEquals("$.step.outcome", ASKED.unconfirmed), ends.unconfirmed)
      .otherwise(decided),
  );
}

/** The archived agreement and its evidence exist before anybody is a member. */
function admit({ tasks, step, ends }: Builder): Chain {
  return step("Archive the agreement", { fn: tasks["archive-agreement"] })
    .next(step("Admit the member", { fn: tasks["admit-member"] }))
    .next(ends.admitted);
}
