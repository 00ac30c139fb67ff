import { type LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { StageName } from "../../infra/stage-settings.ts";

/** What a deployed stage told its functions; deliver-outbox is told most. */
const deployedStage = z.object({
  TABLE_NAME: z.string(),
  BASE_URL: z.url(),
  LINK_KEYS_SECRET_ARN: z.string(),
  CONFIGURATION_SET: z.string(),
});
export type DeployedStage = z.output<typeof deployedStage>;

/** No such stack in this account and region: deploy first, or look at the credentials. */
export class StageNotDeployed extends Error {
  override readonly name = "StageNotDeployed";
}

/** Reads a stage's addresses from the environment of its deployed function, so that nobody has to type them. */
export async function deployedStageOf(client: LambdaClient, stage: StageName): Promise<DeployedStage> {
  const prefix = `OS2aftale-${stage}-app-OutboxDeliverOutbox`;
  for await (const page of paginateListFunctions({ client }, {})) {
    const found = page.Functions?.find(({ FunctionName }) => FunctionName?.startsWith(prefix));
    if (found) return deployedStage.parse(found.Environment?.Variables);
  }
  throw new StageNotDeployed(
    `no function begins with ${prefix}: is ${stage} deployed to this account and region?`,
  );
}
