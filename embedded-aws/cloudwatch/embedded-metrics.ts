import * as z from "zod";
import type { Metric } from "./metric.ts";

const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/**
 * The metrics that a line of a function's log holds, in the Embedded Metric Format; none for any other line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsIn(line: string): { metric: Metric; value: number; atMs: number }[] {
  if (!line.startsWith("{") || !line.includes('"_aws"')) return [];
  const read = embedded.safeParse(jsonOf(line));
  if (!read.success) return [];
  const { _aws, ...members } = read.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) => {
        const value = members[Name];
        const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
        const metric = { namespace: Namespace, name: Name, dimensions };
        return typeof value === "number" ? [{ metric, value, atMs: _aws.Timestamp }] : [];
      }),
    ),
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
