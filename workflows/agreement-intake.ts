import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  Chain,
  Choice,
  Condition,
  Fail,
  type IChainable,
  JsonPath,
  Succeed,
} from "aws-cdk-lib/aws-stepfunctions";
import type { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import {
  JUDGED,
  OPENED,
  REGISTERED,
  ROUND_STAGES,
  type RoundStage,
  WAITS,
} from "../shared/contracts/intake.ts";
import { INSIST } from "./retry-policies.ts";
import { type StepProps, step } from "./step.ts";
import { waitForDecision } from "./wait-for-decision.ts";

/** The functions of the intake's steps, by the names of their folders. */
export const INTAKE_STEPS = [
  "register-upload",
  "judge-document",
  "reject-upload",
  "open-round",
  "plan-next-wake",
  "store-task-token",
  "expire-case",
  "archive-agreement",
  "admit-member",
  "hold-case",
] as const;
export type IntakeStep = (typeof INTAKE_STEPS)[number];

/**
 * From one uploaded version to a member, or to a named end. The table is the truth: every step reads it, does
 * its part if it is not done, and says what it found; so a step may run twice, and the whole may begin again.
 */
export function agreementIntake(
  scope: Construct,
  tasks: Readonly<Record<IntakeStep, LambdaFunction>>,
): Chain {
  const ends = namedEnds(scope);
  const hold = step(scope, "Hold the case for a person", {
    fn: tasks["hold-case"],
    input: { error: JsonPath.stringAt("$.error.Error") },
    timeoutSeconds: 60,
    retries: [INSIST],
    onError: ends.nobodyTold,
  });
  const build: Builder = {
    scope,
    tasks,
    hold,
    ends,
    run: (name, props) => step(scope, name, { timeoutSeconds: 60, onError: hold, ...props }),
  };
  const chair = askFor(build, {
    stage: ROUND_STAGES.chair,
    ask: "Ask the chair to countersign",
    question: "Is a countersignature needed?",
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
  const start = readDocument(build, scanned(build, secretariat));
  hold.next(retriedByAPerson(build, start));
  return Chain.start(start);
}

interface Builder {
  scope: Construct;
  tasks: Readonly<Record<IntakeStep, LambdaFunction>>;
  hold: IChainable;
  ends: ReturnType<typeof namedEnds>;
  /** A step that is given up after a minute, unless it says otherwise, and then held. */
  run: (name: string, props: Pick<StepProps, "fn"> & Partial<StepProps>) => LambdaInvoke;
}

/** Every way an execution can end. Failing is for the one thing that must ring: nobody could be told. */
function namedEnds(scope: Construct) {
  return {
    admitted: new Succeed(scope, "Member admitted"),
    superseded: new Succeed(scope, "Another upload took over"),
    rejected: new Succeed(scope, "Another file is asked for"),
    closed: new Succeed(scope, "The case is decided elsewhere"),
    expired: new Succeed(scope, "Nobody decided in time"),
    nobodyTold: new Fail(scope, "Nobody could be told", {
      error: "NobodyCouldBeTold",
      cause: "The case could not be held for a person; the sweep starts it again.",
    }),
  };
}

/** Registers the bytes and judges them; a rejection wins over whatever the scan will say. */
function readDocument({ scope, tasks, run, ends }: Builder, accepted: IChainable): Chain {
  const outcomeIs = (outcome: string) => Condition.stringEquals("$.step.outcome", outcome);
  const register = run("Register the upload", { fn: tasks["register-upload"], answerAt: "$.step" });
  const judge = run("Judge the document", {
    fn: tasks["judge-document"],
    answerAt: "$.step",
    timeoutSeconds: 90,
  });
  const tellSubmitter = run("Tell the submitter what to mend", { fn: tasks["reject-upload"] });
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
function scanned({ scope, tasks, hold, ends }: Builder, clean: IChainable): IChainable {
  return waitForDecision(scope, {
    wait: WAITS.scan,
    awaited: "the malware verdict",
    planNextWake: tasks["plan-next-wake"],
    storeTaskToken: tasks["store-task-token"],
    passed: clean,
    closed: ends.closed,
    hold,
  });
}

interface Ask {
  stage: RoundStage;
  ask: string;
  question: string;
  awaited: string;
  approved: IChainable;
}

/** One stage of approval: opens its round, unless the kind of agreement skips it, and waits for the decision. */
function askFor({ scope, tasks, hold, ends, run }: Builder, stage: Ask): Chain {
  const decided = waitForDecision(scope, {
    wait: stage.stage,
    awaited: stage.awaited,
    planNextWake: tasks["plan-next-wake"],
    storeTaskToken: tasks["store-task-token"],
    passed: stage.approved,
    closed: ends.closed,
    expired: run(`Expire the case without ${stage.awaited}`, { fn: tasks["expire-case"] }).next(ends.expired),
    hold,
  });
  return run(stage.ask, {
    fn: tasks["open-round"],
    input: { stage: stage.stage },
    answerAt: "$.step",
  }).next(
    new Choice(scope, stage.question)
      .when(Condition.stringEquals("$.step.outcome", OPENED.skipped), stage.approved)
      .otherwise(decided),
  );
}

/** The archived agreement and its evidence exist before anybody is a member. */
function admit({ tasks, ends, run }: Builder): Chain {
  return run("Archive the agreement", { fn: tasks["archive-agreement"] })
    .next(run("Admit the member", { fn: tasks["admit-member"] }))
    .next(ends.admitted);
}

/**
 * Waits until a person has resolved the task, then begins again from the first step, which finds what is done
 * already. Where even this wait breaks, holding again would only turn in circles, so the execution fails and
 * rings.
 */
function retriedByAPerson({ scope, tasks, ends }: Builder, start: IChainable): IChainable {
  return waitForDecision(scope, {
    wait: WAITS.person,
    awaited: "a person's answer",
    planNextWake: tasks["plan-next-wake"],
    storeTaskToken: tasks["store-task-token"],
    passed: start,
    closed: ends.closed,
    hold: ends.nobodyTold,
  });
}
