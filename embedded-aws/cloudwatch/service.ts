import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { Resource } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";
import { type AlarmDefinition, readAlarm } from "./alarm-definition.ts";
import { type AlarmState, nextChange, stateAt } from "./alarm-state.ts";
import { openDataPoints } from "./data-points.ts";
import { keyOf, type Metric } from "./metric.ts";
import { whereMeasured } from "./where-measured.ts";

/** An alarm as it stands. */
export interface ShownAlarm {
  name: string;
  description: string;
  state: AlarmState;
  /** Since when it has been in this state: epoch ms, local clock. */
  sinceMs: number;
}

/** What an alarm says to the topics that it is to tell. */
export interface Ring {
  alarmArn: string;
  name: string;
  description: string;
  atMs: number;
}

export interface CloudWatchOptions {
  /** Where `alarms.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  /** The template's AWS::CloudWatch::Alarm resources, resolved. */
  alarms: readonly Resource[];
  /** Tells a topic that an alarm has begun to ring. */
  publish: (topicArn: string, ring: Ring) => void;
}

/** The embedded CloudWatch: counts what an alarm watches, and looks at the alarm when something is counted or due. */
export interface CloudWatch {
  /** Something happened; `atMs` where it did so earlier than now. What no alarm watches is not kept. */
  count(metric: Metric, value?: number, atMs?: number): void;
  /** How high something stands from now on. */
  level(metric: Metric, value: number): void;
  alarms(): ShownAlarm[];
  /** Sets the timers. Call it when all is up. */
  resume(): void;
  close(): void;
}

interface Watched {
  definition: AlarmDefinition;
  madeMs: number;
  state: AlarmState;
  sinceMs: number;
  timer?: { cancel(): void };
}

const row = z.object({ state: z.enum(["OK", "ALARM"]), sinceMs: z.number(), madeMs: z.number() });

/** Throws TemplateError for an alarm that can't be evaluated, or on a metric that nothing here measures. */
export function createCloudWatch({ dataDir, clock, alarms, publish }: CloudWatchOptions): CloudWatch {
  const definitions = alarms.map(understoodAlarm);
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(join(dataDir, "alarms.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS alarm (name TEXT PRIMARY KEY, state TEXT NOT NULL, sinceMs REAL NOT NULL,
      madeMs REAL NOT NULL) STRICT`);
  const select = database.prepare("SELECT state, sinceMs, madeMs FROM alarm WHERE name = ?");
  const replace = database.prepare("INSERT OR REPLACE INTO alarm VALUES (?, ?, ?, ?)");
  const data = openDataPoints(database, clock.now());
  let open = true;

  const watched = definitions.map((definition): Watched => {
    const kept = select.get(definition.name);
    const now = clock.now();
    const { state, sinceMs, madeMs } = kept
      ? row.parse(kept)
      : { state: "OK" as const, sinceMs: now, madeMs: now };
    return { definition, state, sinceMs, madeMs };
  });
  const byMetric = new Map<string, Watched[]>();
  for (const alarm of watched)
    for (const { key } of alarm.definition.series) byMetric.set(key, [...(byMetric.get(key) ?? []), alarm]);

  const write = ({ definition, state, sinceMs, madeMs }: Watched) =>
    replace.run(definition.name, state, sinceMs, madeMs);

  const look = (alarm: Watched) => {
    const { definition, madeMs } = alarm;
    const now = clock.now();
    const state = stateAt(definition, data, now, madeMs);
    if (state !== alarm.state) {
      alarm.state = state;
      alarm.sinceMs = now;
      write(alarm);
      if (state === "ALARM") ring(definition, now);
    }
    alarm.timer?.cancel();
    const due = nextChange(definition, data, now, madeMs);
    if (due === undefined) delete alarm.timer;
    else alarm.timer = clock.at(due, `alarm ${definition.name}`, () => look(alarm));
  };

  const ring = ({ arn, name, description, topics }: AlarmDefinition, atMs: number) => {
    for (const topic of topics) publish(topic, { alarmArn: arn, name, description, atMs });
  };

  const lookAtAll = (key: string) => {
    for (const alarm of byMetric.get(key) ?? []) look(alarm);
  };

  return {
    count(metric, value = 1, atMs = clock.now()) {
      const key = keyOf(metric);
      if (!open || !byMetric.has(key)) return;
      data.add(key, value, atMs);
      lookAtAll(key);
    },
    level(metric, value) {
      const key = keyOf(metric);
      if (!open || !byMetric.has(key) || data.levelOf(key) === value) return;
      data.setLevel(key, value, clock.now());
      lookAtAll(key);
    },
    alarms: () =>
      watched.map(({ definition: { name, description }, state, sinceMs }) => ({
        name,
        description,
        state,
        sinceMs,
      })),
    resume() {
      for (const alarm of watched) {
        write(alarm);
        look(alarm);
      }
    },
    close() {
      if (!open) return;
      open = false;
      for (const { timer } of watched) timer?.cancel();
      database.close();
    },
  };
}

function understoodAlarm(resource: Resource): AlarmDefinition {
  const definition = readAlarm(resource);
  const { stack, logicalId } = resource;
  for (const { metric } of definition.series)
    if (whereMeasured(metric) === undefined)
      throw new TemplateError(
        { stack, logicalId, property: "" },
        `nothing here measures ${metric.namespace} ${metric.name}`,
      );
  return definition;
}
