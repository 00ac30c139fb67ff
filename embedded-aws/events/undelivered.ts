import type { Queues } from "./queues.ts";

/** What a rule or schedule sends where, when its target can't be reached. */
export interface Undelivered {
  deadLetterArn: string | undefined;
  /** The rule's or schedule's ARN, and the target's. */
  from: { RULE_ARN: string } | { SCHEDULE_ARN: string };
  targetArn: string;
  payload: unknown;
}

/**
 * Hands a payload over; what can't be handed over goes to the dead-letter queue with the reason, as EventBridge
 * writes it (user guide, "Using dead-letter queues"). Without a queue the error is the caller's.
 */
export function deliverOrKeep(
  deliver: () => void,
  queues: Queues,
  undelivered: Undelivered,
  onFailed: () => void = () => undefined,
): void {
  try {
    deliver();
  } catch (error) {
    onFailed();
    const { deadLetterArn, from, targetArn, payload } = undelivered;
    if (deadLetterArn === undefined) throw error;
    queues.send(deadLetterArn, JSON.stringify(payload), {
      ...from,
      TARGET_ARN: targetArn,
      ERROR_CODE: "INVOCATION_FAILED",
      ERROR_MESSAGE: String(error),
    });
  }
}
