import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  type IChainable,
  JsonPath,
  type RetryProps,
  TaskInput,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import type { IntakeExecution } from "../shared/contracts/intake.ts";
import { RIDE_OUT_AN_OUTAGE, TRY_AGAIN_SOON } from "./retry-policies.ts";

/** The execution's own input, which every step gets. */
export const EXECUTION_INPUT = {
  caseId: JsonPath.stringAt("$.caseId"),
  key: JsonPath.stringAt("$.key"),
  versionId: JsonPath.stringAt("$.versionId"),
} as const satisfies Record<keyof IntakeExecution, string>;

export interface StepProps {
  fn: LambdaFunction;
  /** What the step gets beside the execution's input. */
  input?: Readonly<Record<string, string>>;
  /** Where its answer goes; default: nowhere, the step only does something. */
  answerAt?: string;
  /** Longer than the function's own time-out, so that Lambda is the first to give up. */
  timeoutSeconds: number;
  /** Where everything goes that the retries did not mend; the error's name is at `$.error.Error`. */
  onError: IChainable;
  retries?: readonly RetryProps[];
}

/** A step that runs one function: it may run twice, ends in time, and cannot fail without somebody being told. */
export function step(scope: Construct, name: string, props: StepProps): LambdaInvoke {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: props.fn,
    payload: TaskInput.fromObject({ ...EXECUTION_INPUT, ...props.input }),
    payloadResponseOnly: true,
    resultPath: props.answerAt ?? JsonPath.DISCARD,
    // CDK's own retry (6 tries in 126 s) would stand before ours and hide it.
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(Duration.seconds(props.timeoutSeconds)),
  });
  for (const retry of props.retries ?? [RIDE_OUT_AN_OUTAGE, TRY_AGAIN_SOON]) task.addRetry(retry);
  task.addCatch(props.onError, { resultPath: "$.error" });
  return task;
}
