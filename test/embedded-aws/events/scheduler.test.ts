import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScheduler } from "../../../embedded-aws/events/scheduler.ts";
import { DAY, FUNCTION, HOUR, NOON, openRoom, QUEUE, type Room } from "./room.ts";

const SCHEDULE = "arn:aws:scheduler:eu-north-1:000000000000:schedule/default/sweep";
const ROLE = "arn:aws:iam::000000000000:role/scheduler";

let room: Room;
beforeEach(() => {
  room = openRoom();
});
afterEach(() => room.close());

function schedulerWith(properties: Record<string, unknown> = {}) {
  const { dataDir, clock, invoker, queues } = room;
  const schedule = {
    ScheduleExpression: "cron(0 * * * ? *)",
    ScheduleExpressionTimezone: "Europe/Copenhagen",
    FlexibleTimeWindow: { Mode: "OFF" },
    State: "ENABLED",
    Target: { Arn: FUNCTION, RoleArn: ROLE, Input: "{}", DeadLetterConfig: { Arn: QUEUE } },
    ...properties,
  };
  return createScheduler({
    dataDir,
    clock,
    invoker,
    queues,
    schedules: [{ arn: SCHEDULE, properties: schedule }],
  });
}

const times = () => room.calls.map(({ at }) => new Date(at).toISOString().slice(0, 16));

describe("a schedule", () => {
  it("calls its function each time it is due, also when the clock jumps over several", async () => {
    const scheduler = schedulerWith();
    scheduler.resume();
    await room.clock.advanceTo(NOON + 3 * HOUR);
    expect(times()).toEqual(["2026-11-23T13:00", "2026-11-23T14:00", "2026-11-23T15:00"]);
    expect(room.calls[0]?.payload).toEqual({});
    scheduler.stop();
  });

  it("keeps to local time when summer time begins", async () => {
    const scheduler = schedulerWith({ ScheduleExpression: "cron(0 8 27-29 3 ? 2027)" });
    scheduler.resume();
    await room.clock.advanceTo(NOON + 200 * DAY);
    expect(times()).toEqual(["2027-03-27T07:00", "2027-03-28T06:00", "2027-03-29T06:00"]);
    scheduler.stop();
  });

  it("that came due while the system was down runs at the next start, once", async () => {
    const before = schedulerWith();
    before.resume();
    before.stop();
    const { dataDir } = room;
    room.queues.close();
    room.clock.stop();
    room = openRoom({ dataDir, startMs: NOON + 5.5 * HOUR });
    const after = schedulerWith();
    after.resume();
    await room.clock.idle();
    expect(times()).toEqual(["2026-11-23T17:30"]);
    await room.clock.advanceTo(NOON + 6 * HOUR);
    expect(times()).toEqual(["2026-11-23T17:30", "2026-11-23T18:00"]);
    after.stop();
  });

  it.each([
    ["is switched off", { State: "DISABLED" }, 0],
    ["has ended", { EndDate: "2026-11-23T14:30:00Z" }, 2],
    ["has not begun", { StartDate: "2026-11-23T14:30:00Z" }, 1],
  ])("is silent while it %s", async (_, properties, calls) => {
    const scheduler = schedulerWith(properties);
    scheduler.resume();
    await room.clock.advanceTo(NOON + 3 * HOUR);
    expect(room.calls).toHaveLength(calls);
    scheduler.stop();
  });

  it("fills in what Scheduler knows of the call", async () => {
    const Input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
    const scheduler = schedulerWith({ Target: { Arn: FUNCTION, RoleArn: ROLE, Input } });
    scheduler.resume();
    await room.clock.advanceTo(NOON + HOUR);
    expect(room.calls[0]?.payload).toEqual({ at: "2026-11-23T13:00:00Z", by: SCHEDULE });
    scheduler.stop();
  });

  it("leaves what it can't deliver in its dead-letter queue", async () => {
    const scheduler = schedulerWith();
    scheduler.resume();
    room.lock();
    await room.clock.advanceTo(NOON + HOUR);
    expect(room.queues.receive(QUEUE, 1)[0]?.attributes).toMatchObject({
      SCHEDULE_ARN: SCHEDULE,
      TARGET_ARN: FUNCTION,
    });
    scheduler.stop();
  });

  it.each<[string, Record<string, unknown>]>([
    ["an expression that isn't one", { ScheduleExpression: "hourly" }],
    ["a flexible window", { FlexibleTimeWindow: { Mode: "FLEXIBLE" } }],
    [
      "a target that is no function",
      { Target: { Arn: "arn:aws:states:eu-north-1:0:stateMachine:x", RoleArn: ROLE } },
    ],
    ["a property that isn't known", { Colour: "red" }],
  ])("with %s stops the start", (_, properties) => {
    expect(() => schedulerWith(properties)).toThrow(SCHEDULE);
  });
});
