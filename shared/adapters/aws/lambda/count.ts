import { Logger } from "@aws-lambda-powertools/logger";
import { counted, type MetricName } from "../../../contracts/metrics.ts";

const logger = new Logger();

/** Counts something that happened, in the function's own log (contracts/metrics.ts). */
export function count(metric: MetricName, value = 1): void {
  logger.info(metric, counted(metric, { stage: process.env["STAGE"] ?? "", value, now: Date.now() }));
}
