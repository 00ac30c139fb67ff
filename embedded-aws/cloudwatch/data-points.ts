import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";

const MINUTE_MS = 60_000;
/** The longest that an alarm may look back. Source: CloudWatch user guide, "Evaluating an alarm". */
const KEPT_MS = 7 * 24 * 60 * MINUTE_MS;

interface Minute {
  sum: number;
  maximum: number;
}
const row = z.object({ metric: z.string(), minuteMs: z.number(), sum: z.number(), maximum: z.number() });

/** What was counted, by the minute, and how high things stand, until they stand otherwise. */
export interface DataPoints {
  add(metric: string, value: number, atMs: number): void;
  /** A level holds from now on; what it was so far counts for the minute in which it changes. */
  setLevel(metric: string, value: number, atMs: number): void;
  levelOf(metric: string): number | undefined;
  /** The sum or the highest value from `fromMs` until `toMs`; undefined where there was none. */
  between(metric: string, statistic: "Sum" | "Maximum", fromMs: number, toMs: number): number | undefined;
}

export function openDataPoints(database: DatabaseSync, nowMs: number): DataPoints {
  database.exec(`CREATE TABLE IF NOT EXISTS datum (metric TEXT NOT NULL, minuteMs REAL NOT NULL,
    sum REAL NOT NULL, maximum REAL NOT NULL, PRIMARY KEY (metric, minuteMs)) STRICT, WITHOUT ROWID`);
  database.prepare("DELETE FROM datum WHERE minuteMs < ?").run(nowMs - KEPT_MS);
  const write = database.prepare("INSERT OR REPLACE INTO datum VALUES (?, ?, ?, ?)");
  const byMetric = new Map<string, Map<number, Minute>>();
  const levels = new Map<string, { value: number; sinceMs: number }>();
  for (const found of database.prepare("SELECT * FROM datum").all()) {
    const { metric, minuteMs, sum, maximum } = row.parse(found);
    minutesOf(metric).set(minuteMs, { sum, maximum });
  }

  function minutesOf(metric: string): Map<number, Minute> {
    const known = byMetric.get(metric) ?? new Map<number, Minute>();
    byMetric.set(metric, known);
    return known;
  }

  const add: DataPoints["add"] = (metric, value, atMs) => {
    const minutes = minutesOf(metric);
    const minuteMs = minuteOf(atMs);
    const before = minutes.get(minuteMs);
    const after = {
      sum: (before?.sum ?? 0) + value,
      maximum: Math.max(before?.maximum ?? value, value),
    };
    minutes.set(minuteMs, after);
    write.run(metric, minuteMs, after.sum, after.maximum);
    for (const old of minutes.keys()) {
      if (old >= atMs - KEPT_MS) break;
      minutes.delete(old);
    }
  };

  return {
    add,
    setLevel(metric, value, atMs) {
      const before = levels.get(metric);
      if (before?.value === value) return;
      if (before !== undefined) add(metric, before.value, atMs);
      add(metric, value, atMs);
      levels.set(metric, { value, sinceMs: minuteOf(atMs) });
    },
    levelOf: (metric) => levels.get(metric)?.value,
    between(metric, statistic, fromMs, toMs) {
      const values: number[] = [];
      for (const [minuteMs, { sum, maximum }] of byMetric.get(metric) ?? [])
        if (minuteMs >= fromMs && minuteMs < toMs) values.push(statistic === "Sum" ? sum : maximum);
      const level = levels.get(metric);
      if (level !== undefined && level.sinceMs < toMs) values.push(level.value);
      if (values.length === 0) return undefined;
      return statistic === "Sum" ? values.reduce((total, value) => total + value, 0) : Math.max(...values);
    },
  };
}

const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
