import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { startDynamoDb } from "../../local/dynamodb/dynoxide.ts";
import { createTables } from "../../local/dynamodb/tables.ts";

const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().optional() })),
});

/** The properties of the one table in the synthesized template. */
function tableOfTemplate(): unknown {
  const folder = fileURLToPath(new URL("../../cdk.out/", import.meta.url));
  if (!existsSync(folder)) return undefined;
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".template.json"))) {
    const { Resources } = template.parse(JSON.parse(readFileSync(`${folder}${file}`, "utf8")));
    for (const resource of Object.values(Resources)) {
      if (resource.Type === "AWS::DynamoDB::GlobalTable" || resource.Type === "AWS::DynamoDB::Table") {
        return resource.Properties;
      }
    }
  }
  return undefined;
}

const shared = globalThis as typeof globalThis & {
  testDynamoDb?: Promise<DynamoDBClient>;
  testTables?: number;
};

async function startClient(): Promise<DynamoDBClient> {
  const { endpoint } = await startDynamoDb();
  return new DynamoDBClient({
    endpoint,
    region: "eu-north-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
}

/**
 * A fresh table, shaped as the synthesized template says, on this worker's in-memory DynamoDB.
 * `fallback` are the CloudFormation properties to use while there is no template.
 */
export async function startTestTable(
  fallback?: unknown,
): Promise<{ client: DynamoDBClient; tableName: string }> {
  shared.testDynamoDb ??= startClient();
  const client = await shared.testDynamoDb;
  shared.testTables = (shared.testTables ?? 0) + 1;
  const tableName = `test-table-${process.pid}-${shared.testTables}`;
  const properties = tableOfTemplate() ?? fallback;
  if (properties === undefined) throw new Error("No table in cdk.out: synthesize first");
  await createTables(client, [{ name: tableName, properties }]);
  return { client, tableName };
}
