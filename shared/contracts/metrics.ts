/**
 * What the code counts about itself, by the names that its alarms and the dashboard read. Infra watches a metric by
 * this list and functions write to it, so a name that one of them does not know does not compile.
 */
export const metrics = {
  /** A page answered its "something broke" page: to Lambda that is a success. */
  requestFailed: { name: "RequestFailed", unit: "Count", by: "function" },
  /** A sweep went on past a case, a mail or an upload that it could not look after. */
  sweepFailed: { name: "SweepFailed", unit: "Count", by: "function" },
  /** A sweep went through to its end. */
  heartbeat: { name: "Heartbeat", unit: "Count", by: "stage" },
  /** How long the oldest of an owner's errands had waited since it was committed, when they were run. */
  errandWaited: { name: "ErrandWaited", unit: "Seconds", by: "stage" },
  /** SES refused us and not the message: paused, sandbox, not verified, no right, or what nobody here has heard of. */
  mailRefusedUnknown: { name: "MailRefusedUnknown", unit: "Count", by: "stage" },
  applied: { name: "Applied", unit: "Count", by: "stage" },
  confirmed: { name: "Confirmed", unit: "Count", by: "stage" },
  decided: { name: "Decided", unit: "Count", by: "stage" },
  admitted: { name: "Admitted", unit: "Count", by: "stage" },
  /** From a decision's being asked for to its being made. */
  hoursWaited: { name: "HoursWaited", unit: "None", by: "stage" },
} as const satisfies Record<string, Metric>;

interface Metric {
  name: string;
  unit: "Count" | "Seconds" | "None";
  /** Whether it is told apart by the function that wrote it, or counted for the stage as a whole. */
  by: "function" | "stage";
}

export type MetricName = keyof typeof metrics;

/** The dimension that a log line's own `service` member gives: the function's name. */
export const FUNCTION_DIMENSION = "service";

/** Two stages may share an account, so each has a namespace of its own. */
export function metricNamespace(stage: string): string {
  return `OS2aftale/${stage}`;
}

/**
 * What makes a line of a function's log count: members to add to its JSON, from which CloudWatch Logs takes
 * the metric. Nobody is called, nothing is waited for.
 *
 * @param now epoch milliseconds
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function counted(
  metric: MetricName,
  { stage, value = 1, now }: { stage: string; value?: number; now: number },
): Readonly<Record<string, unknown>> {
  const { name, unit, by } = metrics[metric];
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace(stage),
          Dimensions: by === "function" ? [[FUNCTION_DIMENSION]] : [[]],
          Metrics: [{ Name: name, Unit: unit }],
        },
      ],
    },
    [name]: value,
  };
}
