/** The local world's time: one clock for timers, expiry checks and the workers' Date. */

/** The longest delay setTimeout keeps; above it fires at once (about 24.8 days). */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const OFFSET = 0;
const FROZEN_AT = 1;

export interface LocalClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Fires once when the clock reaches dueMs (at once if past). The callback's promise counts as activity. */
  at(dueMs: number, label: string, fire: () => void | Promise<void>): { cancel(): void };
  /** Work in flight: advanceTo waits until all of it has settled before taking the next timer. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves once nothing tracked is in flight and nothing is overdue. Never await it inside tracked work. */
  idle(): Promise<void>;
  /** Moves to `toMs`, firing every timer due on the way in order, each followed by idle(). Throws RangeError going back. */
  advanceTo(toMs: number): Promise<void>;
  /** Shared with workers: Float64 [offsetMs, frozenAtMs or NaN]; local/clock/preload-date.ts shifts Date from it. */
  readonly shared: SharedArrayBuffer;
}

export interface RunningClock extends LocalClock {
  /** What fires next, soonest first. */
  timers(): readonly { dueMs: number; label: string }[];
  /** Drops every timer; the process may end. */
  stop(): void;
}

export interface ClockOptions {
  /** `ticking`: real time plus an offset. `still`: moves only by advanceTo. */
  mode: "ticking" | "still";
  /** Where it begins, epoch ms; wins over offsetMs. Default: the real time plus offsetMs. */
  startMs?: number;
  /** Distance from real time, as last reported to onOffsetChange. */
  offsetMs?: number;
  /** Called after each jump, so that the offset can outlive the process. */
  onOffsetChange?: (offsetMs: number) => void;
}

interface Timer {
  dueMs: number;
  order: number;
  label: string;
  fire: () => void | Promise<void>;
}

/**
 * Starts the clock. Timers fire in order of due time, then of registration. What a callback throws ends the
 * process: a timer has nobody to answer to, and nothing may fail in silence.
 */
export function startClock(options: ClockOptions): RunningClock {
  const shared = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
  const view = new Float64Array(shared);
  const timers = new Set<Timer>();
  const inFlight = new Set<Promise<unknown>>();
  let alarm: NodeJS.Timeout | undefined;
  let registered = 0;
  let moving: Promise<void> = Promise.resolve();
  let movingNow = false;

  const startMs = options.startMs ?? Date.now() + (options.offsetMs ?? 0);
  view[OFFSET] = startMs - Date.now();
  view[FROZEN_AT] = options.mode === "still" ? startMs : Number.NaN;

  const now = () => {
    const frozenAt = view[FROZEN_AT] ?? Number.NaN;
    return Number.isNaN(frozenAt) ? Date.now() + (view[OFFSET] ?? 0) : frozenAt;
  };

  const freezeAt = (ms: number) => {
    view[FROZEN_AT] = ms;
  };

  /** Sets the offset before it thaws, so that no reader sees the old offset at work again. */
  const settleAt = (ms: number) => {
    view[OFFSET] = ms - Date.now();
    view[FROZEN_AT] = options.mode === "still" ? ms : Number.NaN;
    options.onOffsetChange?.(view[OFFSET]);
  };

  const soonest = () => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.dueMs < first.dueMs || (timer.dueMs === first.dueMs && timer.order < first.order)) {
        first = timer;
      }
    }
    return first;
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    inFlight.add(work);
    const settled = () => {
      inFlight.delete(work);
    };
    work.then(settled, settled);
    return work;
  };

  const fire = (timer: Timer) => {
    timers.delete(timer);
    track(Promise.resolve().then(timer.fire)).catch((error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    });
  };

  const fireOverdue = () => {
    for (let due = soonest(); due && due.dueMs <= now(); due = soonest()) fire(due);
    setAlarm();
  };

  /** One real timer for the soonest of ours, in pieces that setTimeout can hold. */
  const setAlarm = () => {
    clearTimeout(alarm);
    const first = soonest();
    if (!first || movingNow) return;
    const waitMs = first.dueMs - now();
    if (waitMs <= 0) alarm = setTimeout(fireOverdue, 0);
    else if (options.mode === "ticking")
      alarm = setTimeout(fireOverdue, Math.min(waitMs, LONGEST_TIMEOUT_MS));
  };

  /** A turn of the event loop: the continuations of what has just settled may track new work in it. */
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  const settle = async () => {
    do {
      await Promise.allSettled(inFlight);
      await turn();
    } while (inFlight.size > 0);
  };

  const idle = async () => {
    for (;;) {
      await settle();
      const first = soonest();
      if (movingNow || !first || first.dueMs > now()) return;
      fireOverdue();
    }
  };

  const move = async (toMs: number) => {
    if (!(toMs >= now())) throw new RangeError(`The clock never goes back: ${toMs} is before ${now()}`);
    movingNow = true;
    clearTimeout(alarm);
    try {
      freezeAt(now());
      await settle();
      for (let due = soonest(); due && due.dueMs <= toMs; due = soonest()) {
        freezeAt(Math.max(due.dueMs, now()));
        fire(due);
        await settle();
      }
      settleAt(toMs);
    } finally {
      movingNow = false;
      if (options.mode === "ticking") view[FROZEN_AT] = Number.NaN;
      setAlarm();
    }
  };

  return {
    now,
    shared,
    track,
    idle,
    at(dueMs, label, callback) {
      const timer: Timer = { dueMs, order: registered++, label, fire: callback };
      timers.add(timer);
      setAlarm();
      return {
        cancel() {
          timers.delete(timer);
          setAlarm();
        },
      };
    },
    advanceTo(toMs) {
      const moved = moving.then(() => move(toMs));
      moving = moved.catch(() => undefined);
      return moved;
    },
    timers: () =>
      [...timers]
        .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)
        .map(({ dueMs, label }) => ({ dueMs, label })),
    stop() {
      timers.clear();
      clearTimeout(alarm);
    },
  };
}
