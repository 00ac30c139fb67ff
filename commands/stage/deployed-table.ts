import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { StageSettings } from "../../infra/stage-settings.ts";
import { systemChance } from "../../shared/adapters/aws/clock.ts";
import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { deployedStageOf } from "./deployed-stage.ts";

/** A deployed stage's table. @param named where it isn't the one that the stage's functions use */
export async function deployedTable(
  { stage, region }: StageSettings,
  named: string | undefined,
): Promise<TableOptions> {
  const tableName = named ?? (await deployedStageOf(new LambdaClient({ region }), stage)).TABLE_NAME;
  return { client: new DynamoDBClient({ region }), tableName, chance: systemChance };
}
