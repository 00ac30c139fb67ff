import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { systemChance } from "../clock.ts";
import type { TableOptions } from "../dynamodb/table.ts";

/** The register's table, as a function's environment names it. */
export function tableOf(env: { TABLE_NAME: string }): TableOptions {
  return { client: new DynamoDBClient(), tableName: env.TABLE_NAME, chance: systemChance };
}
