import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { startTestTable } from "./dynamodb.ts";
import { seededChance } from "./fakes/seeded-chance.ts";

let tables = 0;

/** A fresh table for one test; the adapters' pauses take no time. */
export async function aTable(): Promise<TableOptions & { client: DynamoDBClient }> {
  tables += 1;
  const { client, tableName } = await startTestTable();
  return { client, tableName, chance: seededChance(`table ${tables}`), pause: async () => {} };
}
