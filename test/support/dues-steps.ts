import { chargeChunk } from "../../functions/charge-chunk/charge-chunk.ts";
import { holdRun } from "../../functions/hold-run/hold-run.ts";
import { planDuesRun } from "../../functions/plan-dues-run/plan-dues-run.ts";
import { planRunWake } from "../../functions/plan-run-wake/plan-run-wake.ts";
import { reportRun } from "../../functions/report-run/report-run.ts";
import { startCharging } from "../../functions/start-charging/start-charging.ts";
import { storeRunToken } from "../../functions/store-run-token/store-run-token.ts";
import type { DuesStep } from "../../workflows/annual-dues.ts";

type World = Parameters<typeof planDuesRun>[1] &
  Parameters<typeof chargeChunk>[1] &
  Parameters<typeof storeRunToken>[1] &
  Parameters<typeof holdRun>[1];

/** The functions of annual-dues, as its definition names them. */
export function duesSteps(world: World): Record<DuesStep, (input: never) => Promise<unknown>> {
  return {
    "plan-dues-run": (input) => planDuesRun(input, world),
    "plan-run-wake": (input) => planRunWake(input, world),
    "store-run-token": (input) => storeRunToken(input, world),
    "start-charging": (input) => startCharging(input, world),
    "charge-chunk": (input) => chargeChunk(input, world),
    "report-run": (input) => reportRun(input, world),
    "hold-run": (input) => holdRun(input, world),
  };
}
