import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  Choice,
  Condition,
  Errors,
  Fail,
  type IChainable,
  IntegrationPattern,
  JsonPath,
  Pass,
  Result,
  type RetryProps,
  Succeed,
  TaskInput,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import { heldBecause, PLANNED } from "../shared/contracts/waits.ts";
import { INSIST, RIDE_OUT_AN_OUTAGE, TRY_AGAIN_SOON, TRY_TO_WAIT_AGAIN_SOON } from "./retry-policies.ts";

/** What a workflow hands the kit, once. */
export interface KitProps {
  /** Every step gets these fields of the execution's own input. */
  input: readonly string[];
  planNextWake: LambdaFunction;
  storeTaskToken: LambdaFunction;
  hold: LambdaFunction;
  /** How the holding state is named: "Hold the case for a person". */
  holding: string;
}

export interface StepProps {
  fn: LambdaFunction;
  /** What the step gets beside the execution's input. */
  input?: Readonly<Record<string, string>>;
  /** Where its answer goes; default: nowhere, the step only does something. */
  answerAt?: string;
  /** Longer than the function's own time-out, so that Lambda is the first to give up. Default 60. */
  timeoutSeconds?: number;
  /** Where an error leads that no retry mended; default: to holding. Within a Map, an end of its own. */
  onError?: IChainable;
}

export interface WaitProps {
  /** What is waited for, as the plan knows it. */
  wait: string;
  /** How the loop's states are named: "the secretariat's decision". */
  awaited: string;
  /** Where each end of the wait leads; what is not said leads to holding. */
  passed: IChainable;
  closed: IChainable;
  expired?: IChainable;
}

/** Steps and waits of one workflow; knows neither what they do nor whose they are. */
export interface WorkflowKit {
  /** A step that runs one function: it may run twice, ends in time, and cannot fail without somebody being told. */
  step(name: string, props: StepProps): LambdaInvoke;
  /**
   * The one loop that every wait is: plan the next wake from what the table says, sleep until then or until an
   * answer comes, plan again. An answer carries nothing: what was decided is read from the table, so a lost,
   * late or doubled one does no harm. Answers the loop's first state.
   */
  wait(props: WaitProps): IChainable;
}

/**
 * Whatever can't go on is held: a person is told, and the execution ends, so that no definition lives longer than its
 * work. Resolving the task starts the next attempt, under the definition of that day.
 */
export function workflowKit(scope: Construct, props: KitProps): WorkflowKit {
  const executionInput = Object.fromEntries(
    props.input.map((field) => [field, JsonPath.stringAt(`$.${field}`)]),
  );
  const invoke = (name: string, { fn, input, answerAt, timeoutSeconds = 60 }: StepProps) =>
    new LambdaInvoke(scope, name, {
      lambdaFunction: fn,
      payload: TaskInput.fromObject({ ...executionInput, ...input }),
      payloadResponseOnly: true,
      resultPath: answerAt ?? JsonPath.DISCARD,
      // CDK's own retry (6 tries in 126 s) would stand before ours and hide it.
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(Duration.seconds(timeoutSeconds)),
    });
  const hold = caught(
    invoke(props.holding, { fn: props.hold, input: { error: JsonPath.stringAt("$.error.Error") } }),
    [INSIST],
    nobodyTold(scope),
  );
  hold.next(new Succeed(scope, "Held for a person"));
  const step = (name: string, stepProps: StepProps) =>
    caught(invoke(name, stepProps), [RIDE_OUT_AN_OUTAGE, TRY_AGAIN_SOON], stepProps.onError ?? hold);

  const sleep = ({ wait, awaited }: WaitProps) => {
    const task = new LambdaInvoke(scope, `Wait for ${awaited}`, {
      lambdaFunction: props.storeTaskToken,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: TaskInput.fromObject({ ...executionInput, wait, taskToken: JsonPath.taskToken }),
      resultPath: JsonPath.DISCARD,
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.at("$.plan.wake.seconds"),
    });
    // A repeat makes a new token, and a new token for the same wait replaces the old one.
    for (const retry of [RIDE_OUT_AN_OUTAGE, TRY_TO_WAIT_AGAIN_SOON]) task.addRetry(retry);
    return task;
  };

  return {
    step,
    wait(waitProps) {
      const { wait, awaited, passed, closed, expired } = waitProps;
      const plan = step(`Plan the next wake for ${awaited}`, {
        fn: props.planNextWake,
        input: { wait },
        answerAt: "$.plan",
      });
      const asleep = sleep(waitProps);
      // Planned time is up: the clock striking is no failure, but a reason to plan again.
      asleep.addCatch(plan, { errors: [Errors.TIMEOUT], resultPath: JsonPath.DISCARD });
      asleep.addCatch(hold, { resultPath: "$.error" });
      asleep.next(plan);
      const noteWhy = new Pass(scope, `Note that ${awaited} cannot go on`, {
        result: Result.fromObject({ Error: heldBecause(wait) }),
        resultPath: "$.error",
      });
      const outcome = (value: string) => Condition.stringEquals("$.plan.outcome", value);
      const whatNow = new Choice(scope, `Has ${awaited} come?`)
        .when(outcome(PLANNED.wait), asleep)
        .when(outcome(PLANNED.passed), passed)
        .when(outcome(PLANNED.closed), closed);
      if (expired) whatNow.when(outcome(PLANNED.expired), expired);
      whatNow.otherwise(noteWhy);
      noteWhy.next(hold);
      plan.next(whatNow);
      return plan;
    },
  };
}

function caught(task: LambdaInvoke, retries: readonly RetryProps[], onError: IChainable): LambdaInvoke {
  for (const retry of retries) task.addRetry(retry);
  task.addCatch(onError, { resultPath: "$.error" });
  return task;
}

/** Failing is for the one thing that must ring. */
function nobodyTold(scope: Construct): Fail {
  return new Fail(scope, "Nobody could be told", {
    error: "NobodyCouldBeTold",
    cause: "The work could not be held for a person; the sweep starts it again.",
  });
}
