import * as z from "zod/mini";
import { provision } from "./provide.ts";

/** How long a confirmed run waits before it sends, in milliseconds: the stage says it in minutes. */
export const runWaitMs = provision(
  { RUN_WAIT_MINUTES: z.coerce.number().check(z.int(), z.nonnegative()) },
  ({ RUN_WAIT_MINUTES }) => RUN_WAIT_MINUTES * 60_000,
);
