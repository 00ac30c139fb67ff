import { Temporal } from "temporal-polyfill";

/** What `POST /_local/clock` takes: an ISO 8601 duration, or an instant with its offset. */
export type ClockMove = { advance: string } | { to: string };

/**
 * Where a move of the clock ends, epoch ms. Days, weeks, months and years of a duration are Copenhagen calendar
 * ones (`P1D` over a DST change is 23 or 25 hours); hours and below are exact. RangeError where the text is no
 * duration or instant. It may lie before `nowMs`: refusing that is the caller's.
 */
export function resolveClockMove(nowMs: number, move: ClockMove): number {
  if ("to" in move) return Temporal.Instant.from(move.to).epochMilliseconds;
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs))
    .toZonedDateTimeISO("Europe/Copenhagen")
    .add(Temporal.Duration.from(move.advance)).epochMilliseconds;
}
