import type { AlarmDefinition } from "./alarm-definition.ts";
import type { DataPoints } from "./data-points.ts";

export type AlarmState = "OK" | "ALARM";

/**
 * An alarm's state at a time, from what is known now. The period that has just begun counts once something was
 * measured in it; periods before the alarm was made count for neither side.
 */
export function stateAt(alarm: AlarmDefinition, data: DataPoints, atMs: number, madeMs: number): AlarmState {
  const { periodMs, periods, toAlarm, isBreaching, breachingWhenMissing } = alarm;
  const present = Math.floor(atMs / periodMs);
  const first = Math.floor(madeMs / periodMs);
  const last = isMeasured(alarm, data, present) ? present : present - 1;
  let breaching = 0;
  for (let period = last; period > last - periods && period >= first; period -= 1) {
    const value = alarm.value((id) => datumOf(alarm, data, id, period));
    if (value === undefined ? breachingWhenMissing : isBreaching(value)) breaching += 1;
  }
  return breaching >= toAlarm ? "ALARM" : "OK";
}

/** When the state will change if nothing more is measured; undefined where it stays as it is. */
export function nextChange(
  alarm: AlarmDefinition,
  data: DataPoints,
  nowMs: number,
  madeMs: number,
): number | undefined {
  const state = stateAt(alarm, data, nowMs, madeMs);
  const present = Math.floor(nowMs / alarm.periodMs);
  // One more than are looked at: after so many empty periods all are alike.
  for (let ahead = 1; ahead <= alarm.periods + 1; ahead += 1) {
    const atMs = (present + ahead) * alarm.periodMs;
    if (stateAt(alarm, data, atMs, madeMs) !== state) return atMs;
  }
  return undefined;
}

function isMeasured(alarm: AlarmDefinition, data: DataPoints, period: number): boolean {
  return alarm.series.some(({ id }) => datumOf(alarm, data, id, period) !== undefined);
}

function datumOf({ series, periodMs }: AlarmDefinition, data: DataPoints, id: string, period: number) {
  const found = series.find((one) => one.id === id);
  return found && data.between(found.key, found.statistic, period * periodMs, (period + 1) * periodMs);
}
