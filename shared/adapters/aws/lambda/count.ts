import * as z from "zod/mini";
import { writeLogLine } from "../../../contracts/log-line.ts";
import { counted, type MetricName } from "../../../contracts/metrics.ts";
import { systemClock } from "../clock.ts";
import { provision } from "./provide.ts";

const settings = { STAGE: z.string().check(z.minLength(1)) };

/** For a handler: counts something that happened, in the function's own log (contracts/metrics.ts). */
export const count = provision(settings, ({ STAGE }) => (metric: MetricName, value = 1): void => {
  writeLogLine("INFO", metric, counted(metric, { stage: STAGE, value, now: systemClock.now() }));
});

/** For a handler behind the API: what makes the line about a failed request count. */
export const failedRequest = provision(
  settings,
  ({ STAGE }) =>
    () =>
      counted("requestFailed", { stage: STAGE, now: systemClock.now() }),
);
