import type { LocalClock } from "../clock/clock.ts";

/** How long after a failure the untold is tried again, local clock. */
const AGAIN_AFTER_MS = 1000;

/** Tells what lies on somebody's list of news, one call at a time. */
export interface Telling {
  /** Tells all there is, after whatever is being told now. Tracked by the clock. */
  tell(): void;
  /** Nothing more is told after what is being told now. */
  stop(): Promise<void>;
}

/**
 * Runs `drain` whenever asked, never twice at once. A drain that throws leaves its news on the list, says so, and
 * is tried again: a service that took something must not forget to tell of it.
 */
export function toldInOrder(who: string, clock: LocalClock, drain: () => Promise<void>): Telling {
  let telling = Promise.resolve();
  let stopped = false;
  const tell = () => {
    if (stopped) return;
    telling = telling.then(drain).catch((error: unknown) => {
      if (stopped) return;
      console.error(`${who} could not tell its news and will try again:`, error);
      clock.at(clock.now() + AGAIN_AFTER_MS, `${who}: news again`, tell);
    });
    void clock.track(telling);
  };
  return {
    tell,
    stop: async () => {
      stopped = true;
      await telling;
    },
  };
}
