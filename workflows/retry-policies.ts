import { Duration } from "aws-cdk-lib";
import { Errors, type RetryProps } from "aws-cdk-lib/aws-stepfunctions";

/** Lambda's own failures, in which the function may or may not have run. */
const LAMBDA_IS_UNWELL = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.TooManyRequestsException",
];

/**
 * Rides out an outage of Lambda itself. Waits 10 s, doubled up to 10 min, 24 times:
 * 10 + 20 + 40 + 80 + 160 + 320 = 630 s, then 18 × 600 s = 10,800 s; together ≈ 3 h 10 min.
 * Only for steps that may run twice; all steps of the intake may.
 */
export const RIDE_OUT_AN_OUTAGE: RetryProps = {
  errors: LAMBDA_IS_UNWELL,
  interval: Duration.seconds(10),
  backoffRate: 2,
  maxDelay: Duration.minutes(10),
  maxAttempts: 24,
};

/**
 * Tries a step again that broke, for a throttle or a network's hiccup passes: 2 + 6 + 18 + 54 = 80 s.
 * What is broken for longer is a person's to see, so the next thing is the catch.
 */
export const TRY_AGAIN_SOON: RetryProps = {
  errors: [Errors.ALL],
  interval: Duration.seconds(2),
  backoffRate: 3,
  maxAttempts: 4,
};

/**
 * As TRY_AGAIN_SOON, for a wait: its time-out is the clock striking and goes straight to the catch.
 * (States.TaskFailed is every error but a time-out.)
 */
export const TRY_TO_WAIT_AGAIN_SOON: RetryProps = { ...TRY_AGAIN_SOON, errors: [Errors.TASKS_FAILED] };

/**
 * Insists, where giving up would leave nobody told: 5 s, doubled up to 10 min, 30 times:
 * 5 + 10 + 20 + 40 + 80 + 160 + 320 = 635 s, then 23 × 600 s = 13,800 s; together ≈ 4 h.
 */
export const INSIST: RetryProps = {
  errors: [Errors.ALL],
  interval: Duration.seconds(5),
  backoffRate: 2,
  maxDelay: Duration.minutes(10),
  maxAttempts: 30,
};
