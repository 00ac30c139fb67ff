import type { LocalClock } from "../clock/clock.ts";
import type { Queues } from "../events/queues.ts";
import type { CloudWatch } from "./service.ts";

/** The same queues, with CloudWatch told how much lies in each whenever that may have changed. */
export function measuredQueues(queues: Queues, cloudWatch: CloudWatch, clock: LocalClock): Queues {
  const measure = (arn: string) => {
    const metric = { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible" };
    const QueueName = arn.slice(arn.lastIndexOf(":") + 1);
    cloudWatch.level({ ...metric, dimensions: { QueueName } }, queues.counts(arn).visible);
  };
  // What was taken to be read may have been moved to a dead-letter queue instead.
  const measureAll = () => queues.arns().forEach(measure);
  const measured =
    <Arguments extends [string, ...unknown[]], Answer>(act: (...given: Arguments) => Answer) =>
    (...given: Arguments): Answer => {
      const answer = act(...given);
      measure(given[0]);
      return answer;
    };
  measureAll();
  return {
    ...queues,
    send: measured(queues.send),
    remove: measured(queues.remove),
    purge: measured(queues.purge),
    changeVisibility: measured(queues.changeVisibility),
    receive(arn, most, visibilitySeconds) {
      const received = queues.receive(arn, most, visibilitySeconds);
      measureAll();
      const hiddenSeconds = visibilitySeconds ?? queues.visibilitySeconds(arn);
      // What is neither taken out nor asked for again by then lies there again.
      if (received.length > 0)
        clock.at(clock.now() + hiddenSeconds * 1000, `seen again in ${arn}`, measureAll);
      return received;
    },
  };
}
