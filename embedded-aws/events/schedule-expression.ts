import { Cron } from "croner";
import { Temporal } from "temporal-polyfill";

/** When a schedule is next due after an instant, epoch ms; undefined when never again. */
export type NextDue = (afterMs: number) => number | undefined;

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `cron(…)`, `rate(…)` and `at(…)` as EventBridge Scheduler does. Throws for what is none of them.
 * A rate counts from `startMs`. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseSchedule(expression: string, timeZone: string, startMs: number): NextDue {
  const [, kind, body = ""] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === "cron") return cron(body, timeZone, expression);
  if (kind === "rate") return rate(body, startMs, expression);
  if (kind === "at") return at(body, timeZone);
  throw new Error(`'${expression}' is no schedule that is run here`);
}

function cron(body: string, timeZone: string, expression: string): NextDue {
  const fields = body.trim().split(/\s+/);
  const [minute, hour, day = "", month, weekday = "", year] = fields;
  if (fields.length !== 6 || (day === "?") === (weekday === "?")) {
    throw new Error(`'${expression}' needs six fields, and ? for one of the day and the weekday`);
  }
  const any = (field: string) => (field === "?" ? "*" : field);
  // AWS counts weekdays from Sunday = 1, everybody else from 0.
  const days = weekday.replaceAll(/(?<![#/\d])\d/g, (number) => String(Number(number) - 1));
  const pattern = `0 ${minute} ${hour} ${any(day)} ${month} ${any(days)} ${year}`;
  const job = new Cron(pattern, { timezone: timeZone, mode: "7-part", paused: true });
  return (afterMs) => job.nextRun(new Date(afterMs))?.getTime();
}

function rate(body: string, startMs: number, expression: string): NextDue {
  const [, value, unit = ""] = /^(\d+) (minute|hour|day)s?$/.exec(body.trim()) ?? [];
  const everyMs = Number(value) * (UNIT_MS[unit] ?? 0);
  if (!(everyMs > 0)) throw new Error(`'${expression}' is no rate`);
  return (afterMs) => startMs + (Math.floor(Math.max(afterMs - startMs, 0) / everyMs) + 1) * everyMs;
}

function at(body: string, timeZone: string): NextDue {
  const dueMs = Temporal.PlainDateTime.from(body).toZonedDateTime(timeZone).epochMilliseconds;
  return (afterMs) => (dueMs > afterMs ? dueMs : undefined);
}
