import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { Queues } from "./queues.ts";
import { type NextDue, parseSchedule } from "./schedule-expression.ts";
import { deliverOrKeep } from "./undelivered.ts";

export interface Scheduler {
  /** Sets the timers; a time that passed while the system was down fires at once, once. Call it when all is up. */
  resume(): void;
  stop(): void;
}

export interface SchedulerOptions {
  /** Where `schedules.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  invoker: LambdaInvoker;
  queues: Queues;
  /** The template's AWS::Scheduler::Schedule resources, resolved. */
  schedules: readonly { arn: string; properties: unknown }[];
}

const scheduleProperties = z.strictObject({
  Name: z.string().optional(),
  GroupName: z.string().optional(),
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default("UTC"),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  StartDate: z.iso.datetime({ offset: true }).optional(),
  EndDate: z.iso.datetime({ offset: true }).optional(),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal("OFF", "only exact times are run here") }),
  Target: z.strictObject({
    Arn: z.string().regex(/^arn:[^:]+:lambda:/, "only functions are reached here"),
    RoleArn: z.string(),
    Input: z.string().optional(),
    DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
    // Handing over to Lambda succeeds or fails for good at once: there is nothing between to retry.
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: z.int().optional(),
        MaximumEventAgeInSeconds: z.int().optional(),
      })
      .optional(),
  }),
});

interface Schedule {
  arn: string;
  expression: string;
  timeZone: string;
  nextDue: NextDue;
  target: z.infer<typeof scheduleProperties>["Target"];
}

/** EventBridge Scheduler on the local clock. Throws, naming the schedule, for what can't be run here. */
export function createScheduler({ dataDir, clock, invoker, queues, schedules }: SchedulerOptions): Scheduler {
  const enabled = schedules.flatMap(({ arn, properties }) => readSchedule(arn, properties, clock.now()));
  const due = openDueTimes(dataDir);
  const timers = new Map<string, { cancel(): void }>();
  let stopped = false;

  const setTimer = (schedule: Schedule, dueMs: number | undefined) => {
    due.write(schedule, dueMs);
    if (dueMs === undefined) return;
    timers.set(
      schedule.arn,
      clock.at(dueMs, schedule.arn, () => {
        fire(schedule, dueMs);
        setTimer(schedule, schedule.nextDue(clock.now()));
      }),
    );
  };

  const fire = ({ arn, target }: Schedule, dueMs: number) => {
    const payload = payloadOf(target.Input, arn, dueMs);
    deliverOrKeep(() => invoker.invokeAsync(target.Arn, payload), queues, {
      deadLetterArn: target.DeadLetterConfig?.Arn,
      from: { SCHEDULE_ARN: arn },
      targetArn: target.Arn,
      payload,
    });
  };

  return {
    resume() {
      for (const schedule of enabled) setTimer(schedule, due.read(schedule) ?? schedule.nextDue(clock.now()));
    },
    stop() {
      if (stopped) return;
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
      due.close();
    },
  };
}

function readSchedule(arn: string, properties: unknown, nowMs: number): Schedule[] {
  try {
    const { ScheduleExpression, ScheduleExpressionTimezone, State, StartDate, EndDate, Target } =
      scheduleProperties.parse(properties);
    if (State === "DISABLED") return [];
    const startMs = StartDate === undefined ? nowMs : Date.parse(StartDate);
    const endMs = EndDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(EndDate);
    const unbounded = parseSchedule(ScheduleExpression, ScheduleExpressionTimezone, startMs);
    const nextDue: NextDue = (afterMs) => {
      const dueMs = unbounded(StartDate === undefined ? afterMs : Math.max(afterMs, startMs - 1));
      return dueMs !== undefined && dueMs <= endMs ? dueMs : undefined;
    };
    return [
      { arn, expression: ScheduleExpression, timeZone: ScheduleExpressionTimezone, nextDue, target: Target },
    ];
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`The schedule ${arn} can't be run: ${reason}`, { cause: error });
  }
}

/** The Input with Scheduler's context attributes filled in, or the event it sends without one. */
function payloadOf(input: string | undefined, arn: string, dueMs: number): unknown {
  const id = randomUUID();
  const time = `${new Date(dueMs).toISOString().slice(0, 19)}Z`;
  if (input !== undefined) {
    return JSON.parse(
      input
        .replaceAll("<aws.scheduler.schedule-arn>", arn)
        .replaceAll("<aws.scheduler.scheduled-time>", time)
        .replaceAll("<aws.scheduler.execution-id>", id)
        .replaceAll("<aws.scheduler.attempt-number>", "1"),
    );
  }
  return {
    version: "0",
    id,
    "detail-type": "Scheduled Event",
    source: "aws.scheduler",
    account: "000000000000",
    time,
    region: "eu-north-1",
    resources: [arn],
    detail: "{}",
  };
}

/** When each schedule is due next, kept so that no time is lost while the system is down. */
function openDueTimes(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(path.join(dataDir, "schedules.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS due (arn TEXT PRIMARY KEY, expression TEXT NOT NULL, dueMs REAL) STRICT`);
  const select = database.prepare("SELECT dueMs FROM due WHERE arn = ? AND expression = ?");
  const replace = database.prepare("INSERT OR REPLACE INTO due VALUES (?, ?, ?)");
  const worded = ({ expression, timeZone }: Schedule) => `${expression} ${timeZone}`;
  return {
    /** Undefined for a schedule that is new or has been worded anew. */
    read(schedule: Schedule): number | undefined {
      const row = select.get(schedule.arn, worded(schedule));
      return row ? (z.object({ dueMs: z.number().nullable() }).parse(row).dueMs ?? undefined) : undefined;
    },
    write(schedule: Schedule, dueMs: number | undefined) {
      replace.run(schedule.arn, worded(schedule), dueMs ?? null);
    },
    close: () => database.close(),
  };
}
