import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  Choice,
  Condition,
  Errors,
  type IChainable,
  IntegrationPattern,
  JsonPath,
  Pass,
  Result,
  TaskInput,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import { HELD_BECAUSE, PLANNED, type WaitName } from "../shared/contracts/intake.ts";
import { RIDE_OUT_AN_OUTAGE, TRY_TO_WAIT_AGAIN_SOON } from "./retry-policies.ts";
import { EXECUTION_INPUT, step } from "./step.ts";

export interface WaitProps {
  wait: WaitName;
  /** How the loop's three states are named: "the secretariat's decision". */
  awaited: string;
  planNextWake: LambdaFunction;
  storeTaskToken: LambdaFunction;
  /** Where each end of the wait leads; what is not said leads to `hold`. */
  passed: IChainable;
  closed: IChainable;
  expired?: IChainable;
  hold: IChainable;
}

/**
 * The one loop that every wait is: plan the next wake from what the table says, sleep until then or until an
 * answer comes, plan again. An answer carries nothing: what was decided is read from the table, so a lost,
 * late or doubled one does no harm.
 *
 * @returns the loop's first state
 */
export function waitForDecision(scope: Construct, props: WaitProps): IChainable {
  const { wait, awaited, hold } = props;
  const plan = step(scope, `Plan the next wake for ${awaited}`, {
    fn: props.planNextWake,
    input: { wait },
    answerAt: "$.plan",
    timeoutSeconds: 60,
    onError: hold,
  });
  const noteWhy = new Pass(scope, `Note that ${awaited} cannot go on`, {
    result: Result.fromObject({ Error: HELD_BECAUSE[wait] }),
    resultPath: "$.error",
  });
  const sleep = sleepUntilWoken(scope, props);
  sleep.addCatch(plan, { errors: [Errors.TIMEOUT], resultPath: JsonPath.DISCARD });
  sleep.addCatch(hold, { resultPath: "$.error" });
  sleep.next(plan);
  const outcome = (value: string) => Condition.stringEquals("$.plan.outcome", value);
  const whatNow = new Choice(scope, `Has ${awaited} come?`)
    .when(outcome(PLANNED.wait), sleep)
    .when(outcome(PLANNED.passed), props.passed)
    .when(outcome(PLANNED.closed), props.closed);
  if (props.expired) whatNow.when(outcome(PLANNED.expired), props.expired);
  whatNow.otherwise(noteWhy);
  noteWhy.next(hold);
  plan.next(whatNow);
  return plan;
}

/** Stores a token to be woken by, and sleeps no longer than planned. */
function sleepUntilWoken(scope: Construct, { wait, awaited, storeTaskToken }: WaitProps): LambdaInvoke {
  const sleep = new LambdaInvoke(scope, `Wait for ${awaited}`, {
    lambdaFunction: storeTaskToken,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({ ...EXECUTION_INPUT, wait, taskToken: JsonPath.taskToken }),
    resultPath: JsonPath.DISCARD,
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.at("$.plan.wake.seconds"),
  });
  // A repeat makes a new token, and a new token for the same wait replaces the old one.
  sleep.addRetry(RIDE_OUT_AN_OUTAGE);
  sleep.addRetry(TRY_TO_WAIT_AGAIN_SOON);
  return sleep;
}
