import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  type Chain,
  Choice,
  Condition,
  JsonPath,
  Map as MapState,
  Pass,
  Succeed,
} from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { duesExecution, RUN_WAITS } from "../shared/contracts/dues.ts";
import { workflowKit } from "./workflow-kit.ts";

/** The functions of the run's steps, by the names of their folders. */
export const DUES_STEPS = [
  "plan-dues-run",
  "plan-run-wake",
  "store-run-token",
  "start-charging",
  "charge-chunk",
  "report-run",
  "hold-run",
] as const;
export type DuesStep = (typeof DUES_STEPS)[number];

/** Chunks charged at once. Invoice numbers are taken one by one, so more would only wait for each other. */
const CHUNKS_AT_ONCE = 4;

/**
 * A year's dues: planned from a snapshot, shown to a person, an hour in which anybody can stop it, then charged chunk
 * by chunk and reported. The table says what is charged, so every step may run twice; a plan that is to be made again
 * ends the execution, and the next attempt makes it.
 */
export function annualDues(scope: Construct, tasks: Readonly<Record<DuesStep, LambdaFunction>>): Chain {
  const { step, wait } = workflowKit(scope, {
    input: Object.keys(duesExecution.shape),
    planNextWake: tasks["plan-run-wake"],
    storeTaskToken: tasks["store-run-token"],
    hold: tasks["hold-run"],
    holding: "Hold the run for a person",
  });
  const decidedElsewhere = new Succeed(scope, "The plan is not confirmed");
  const stopped = new Succeed(scope, "Stopped before it sent");
  const start = step("Begin to send", { fn: tasks["start-charging"], answerAt: "$.charging" });
  start
    .next(chargeEveryChunk(scope, tasks["charge-chunk"], step))
    .next(step("Report the run", { fn: tasks["report-run"], timeoutSeconds: 330 }))
    .next(new Succeed(scope, "Charged and reported"));
  const hour = wait({
    wait: RUN_WAITS.sending,
    awaited: "the hour in which it can be stopped",
    passed: start,
    closed: stopped,
  });
  const confirmed = wait({
    wait: RUN_WAITS.confirmation,
    awaited: "a person's confirmation",
    passed: hour,
    closed: decidedElsewhere,
  });
  return step("Plan the dues", { fn: tasks["plan-dues-run"], timeoutSeconds: 330 }).next(confirmed);
}

/**
 * Over the chunks' numbers, inline: a distributed Map costs a transition a child, and 1,000 numbers fit. What a chunk
 * answers is thrown away; one that breaks for good leaves its lines to the report and the next run.
 */
function chargeEveryChunk(
  scope: Construct,
  fn: LambdaFunction,
  step: ReturnType<typeof workflowKit>["step"],
): MapState {
  const map = new MapState(scope, "Charge every chunk", {
    itemsPath: "$.charging.chunks",
    itemSelector: {
      "runId.$": "$.runId",
      chunk: JsonPath.numberAt("$$.Map.Item.Value"),
    },
    maxConcurrency: CHUNKS_AT_ONCE,
    resultPath: JsonPath.DISCARD,
  });
  const gone = new Pass(scope, "Leave the chunk to the report");
  const charge = step("Charge a chunk", {
    fn,
    input: { chunk: JsonPath.stringAt("$.chunk") },
    answerAt: "$.charged",
    timeoutSeconds: 330,
    onError: gone,
  });
  charge.next(
    new Choice(scope, "Are lines left?")
      .when(Condition.numberGreaterThan("$.charged.left", 0), charge)
      .otherwise(new Pass(scope, "The chunk is charged")),
  );
  return map.itemProcessor(charge);
}
