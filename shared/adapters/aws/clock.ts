import { randomBytes } from "node:crypto";
import type { Chance, Clock } from "../../ports/clock.ts";
import { given } from "./lambda/provide.ts";

/** The machine's own time. */
export const systemClock: Clock = { now: () => Date.now() };

/** The machine's own randomness, fit for secrets. */
export const systemChance: Chance = { bytes: (count) => randomBytes(count) };

/** For a handler. */
export const clock = given(() => systemClock);
