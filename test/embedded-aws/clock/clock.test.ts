import { afterEach, describe, expect, it, vi } from "vitest";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;

describe("a clock that stands still", () => {
  const stillAtNoon = () => startClock({ mode: "still", startMs: NOON });

  it("tells the same time until it is moved", async () => {
    const clock = stillAtNoon();
    expect(clock.now()).toBe(NOON);
    await clock.advanceTo(NOON + DAY);
    expect(clock.now()).toBe(NOON + DAY);
  });

  it("fires what is due on the way in order, each at its own time", async () => {
    const clock = stillAtNoon();
    const fired: [string, number][] = [];
    for (const [label, days] of [
      ["third", 3],
      ["first", 1],
      ["beyond", 9],
      ["second", 2],
    ] as const) {
      clock.at(NOON + days * DAY, label, () => void fired.push([label, clock.now()]));
    }
    await clock.advanceTo(NOON + 8 * DAY);
    expect(fired).toEqual([
      ["first", NOON + DAY],
      ["second", NOON + 2 * DAY],
      ["third", NOON + 3 * DAY],
    ]);
    expect(clock.timers()).toEqual([{ dueMs: NOON + 9 * DAY, label: "beyond" }]);
  });

  it("lets all work settle, also what that work begets, before it takes the next timer", async () => {
    const clock = stillAtNoon();
    const story: string[] = [];
    const slowly = async (text: string, turns: number): Promise<void> => {
      for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
      story.push(text);
    };
    clock.at(NOON + 1, "a", () => {
      void clock.track(slowly("work of a", 5).then(() => void clock.track(slowly("work of its work", 5))));
    });
    clock.at(NOON + 2, "b", () => void story.push("b"));
    await clock.advanceTo(NOON + 2);
    expect(story).toEqual(["work of a", "work of its work", "b"]);
  });

  it("takes timers that were set on the way, and leaves cancelled ones", async () => {
    const clock = stillAtNoon();
    const fired: string[] = [];
    const cancelled = clock.at(NOON + 3, "cancelled", () => void fired.push("cancelled"));
    clock.at(NOON + 1, "outer", () => {
      cancelled.cancel();
      clock.at(NOON + 2, "inner", () => void fired.push("inner"));
    });
    await clock.advanceTo(NOON + 5);
    expect(fired).toEqual(["inner"]);
  });

  it("fires at once what is already past", async () => {
    const clock = stillAtNoon();
    let fired = false;
    clock.at(NOON - DAY, "overdue", () => {
      fired = true;
    });
    await clock.idle();
    expect(fired).toBe(true);
  });

  it("never goes back", async () => {
    const clock = stillAtNoon();
    await expect(clock.advanceTo(NOON - 1)).rejects.toThrow(RangeError);
    await expect(clock.advanceTo(Number.NaN)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe(NOON);
  });

  it("takes two moves one after the other", async () => {
    const clock = stillAtNoon();
    const moves = await Promise.allSettled([clock.advanceTo(NOON + 2), clock.advanceTo(NOON + 1)]);
    expect(moves.map((move) => move.status)).toEqual(["fulfilled", "rejected"]);
    expect(clock.now()).toBe(NOON + 2);
  });

  it("goes on after work that failed", async () => {
    const clock = stillAtNoon();
    clock.track(Promise.reject(new Error("a function failed"))).catch(() => undefined);
    await clock.advanceTo(NOON + 1);
    expect(clock.now()).toBe(NOON + 1);
  });
});

describe("a clock that ticks", () => {
  let clock: RunningClock | undefined;
  afterEach(() => {
    clock?.stop();
    vi.useRealTimers();
  });

  const tickingAtNoon = (
    options: { offsetMs?: number; onOffsetChange?: (offsetMs: number) => void } = {},
  ) => {
    vi.useFakeTimers({ now: NOON, toFake: ["setTimeout", "clearTimeout", "Date"] });
    clock = startClock({ mode: "ticking", ...options });
    return clock;
  };

  it("goes with real time, from the offset it was given", async () => {
    const ahead = tickingAtNoon({ offsetMs: 5 * DAY });
    await vi.advanceTimersByTimeAsync(1000);
    expect(ahead.now()).toBe(NOON + 5 * DAY + 1000);
  });

  it("keeps timers longer than the 24.8 days that setTimeout can hold", async () => {
    const fired: number[] = [];
    const ticking = tickingAtNoon();
    ticking.at(NOON + 60 * DAY, "the round expires", () => void fired.push(ticking.now()));
    await vi.advanceTimersByTimeAsync(59 * DAY);
    expect(fired).toEqual([]);
    await vi.advanceTimersByTimeAsync(DAY);
    expect(fired).toEqual([NOON + 60 * DAY]);
  });

  it("jumps, reports the new offset, and ticks on from there", async () => {
    const offsets: number[] = [];
    const ticking = tickingAtNoon({ onOffsetChange: (offsetMs) => void offsets.push(offsetMs) });
    await ticking.advanceTo(NOON + 30 * DAY);
    await vi.advanceTimersByTimeAsync(500);
    expect(ticking.now()).toBe(NOON + 30 * DAY + 500);
    expect(offsets).toEqual([30 * DAY]);
  });

  it("shows a timer its own due time during a jump", async () => {
    const ticking = tickingAtNoon();
    const seen: number[] = [];
    ticking.at(NOON + DAY, "tomorrow", () => void seen.push(ticking.now()));
    await ticking.advanceTo(NOON + 30 * DAY);
    expect(seen).toEqual([NOON + DAY]);
  });
});
