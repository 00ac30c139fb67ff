import { writeLogLine } from "../../../contracts/log-line.ts";
import { counted, type MetricName } from "../../../contracts/metrics.ts";

/** Counts something that happened, in the function's own log (contracts/metrics.ts). */
export function count(metric: MetricName, value = 1): void {
  writeLogLine(
    "INFO",
    metric,
    counted(metric, { stage: process.env["STAGE"] ?? "", value, now: Date.now() }),
  );
}
