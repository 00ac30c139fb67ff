import { LambdaClient } from "@aws-sdk/client-lambda";
import { LambdaErrandRunner } from "../lambda-errand-runner.ts";
import { report } from "./step-handler.ts";

/** Has errands run by the function that a function's environment names. */
export function errandsOf(env: { DELIVER_OUTBOX_FUNCTION: string }): LambdaErrandRunner {
  return new LambdaErrandRunner({
    client: new LambdaClient(),
    functionName: env.DELIVER_OUTBOX_FUNCTION,
    onLost: (caseId, error) => report("ERRANDS_LEFT_TO_THE_SWEEP", { caseId }, error),
  });
}
