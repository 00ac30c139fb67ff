import type { Metric } from "./metric.ts";

/** AWS's own metrics that alarms may watch here, and where each is measured, or why it never is. */
const ofAws: Readonly<Record<string, string>> = {
  "AWS/Lambda Errors": "after each invocation",
  "AWS/Lambda Invocations": "after each invocation",
  "AWS/Lambda Throttles": "never: an invocation waits for its worker, and nobody else uses this machine's",
  "AWS/SQS ApproximateNumberOfMessagesVisible": "whenever a queue's content changes",
  "AWS/SQS ApproximateAgeOfOldestMessage": "never: what is sent here is received at once",
  "AWS/EventBridge/Pipes ExecutionFailed": "never: the pipe here is this process",
  "AWS/EventBridge/Pipes ExecutionTimeout": "never: the pipe here is this process",
  "AWS/EventBridge/Pipes ExecutionThrottled": "never: the pipe here is this process",
  "AWS/States ExecutionsFailed": "when an execution ends",
  "AWS/States ExecutionsTimedOut": "when an execution ends",
  "AWS/States ExecutionsAborted": "when an execution ends",
  "AWS/Events FailedInvocations": "when a rule's target can't be reached",
  "AWS/SES Reputation.BounceRate": "never: SES reckons it over many mails of many days",
  "AWS/SES Reputation.ComplaintRate": "never: SES reckons it over many mails of many days",
};

/** Where a metric comes from; undefined for one that would never come, and whose alarm would pass for well. */
export function whereMeasured({ namespace, name }: Metric): string | undefined {
  if (!namespace.startsWith("AWS/")) return "in the functions' own logs and the API's access log";
  return ofAws[`${namespace} ${name}`];
}
