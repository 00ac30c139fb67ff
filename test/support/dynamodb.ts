import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { startDynamoDb } from "../../embedded-aws/dynamodb/dynoxide.ts";
import { createTables } from "../../embedded-aws/dynamodb/tables.ts";
import { synthesize } from "../../infra/app.ts";

const ASSEMBLIES = fileURLToPath(new URL("../../.build/assemblies", import.meta.url));

const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().optional() })),
});

/** Where before-all-tests.ts put the app for this whole run; else the newest there is, so that one test starts at once. */
async function assemblyOfRun(): Promise<string> {
  const made = process.env["TEST_ASSEMBLY"];
  if (made !== undefined) return made;
  const kept = existsSync(ASSEMBLIES)
    ? readdirSync(ASSEMBLIES)
        .filter((name) => name.startsWith("local-"))
        .map((name) => join(ASSEMBLIES, name))
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    : [];
  return kept[0] ?? synthesize({ stage: "local" });
}

/** The properties of the one table in the app's template. */
async function tableOfTemplate(): Promise<unknown> {
  const assembly = await assemblyOfRun();
  const files = readdirSync(assembly).filter((name) => name.endsWith(".template.json"));
  const tables = files
    .flatMap((file) =>
      Object.values(template.parse(JSON.parse(readFileSync(join(assembly, file), "utf8"))).Resources),
    )
    .filter(({ Type }) => Type === "AWS::DynamoDB::GlobalTable" || Type === "AWS::DynamoDB::Table");
  if (tables[0] === undefined || tables.length > 1)
    throw new Error(`${tables.length} tables in the template`);
  return tables[0].Properties;
}

const shared = globalThis as typeof globalThis & {
  testDynamoDb?: Promise<DynamoDBClient>;
  testTables?: number;
  testTableProperties?: Promise<unknown>;
};

async function startClient(): Promise<DynamoDBClient> {
  const { endpoint } = await startDynamoDb();
  return new DynamoDBClient({
    endpoint,
    region: "eu-north-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
}

/** A fresh table, shaped as the synthesized template says, on this worker's in-memory DynamoDB. */
export async function startTestTable(): Promise<{ client: DynamoDBClient; tableName: string }> {
  shared.testDynamoDb ??= startClient();
  shared.testTableProperties ??= tableOfTemplate();
  const [client, properties] = await Promise.all([shared.testDynamoDb, shared.testTableProperties]);
  shared.testTables = (shared.testTables ?? 0) + 1;
  const tableName = `test-table-${process.pid}-${shared.testTables}`;
  await createTables(client, [{ name: tableName, properties }]);
  return { client, tableName };
}
