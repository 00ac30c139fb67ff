import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { NoDynamoDbHere, startDynamoDb } from "../../../embedded-aws/dynamodb/dynoxide.ts";
import { createTables, TableChanged } from "../../../embedded-aws/dynamodb/tables.ts";
import { startTestTable } from "../../support/dynamodb.ts";

const properties = {
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
    { AttributeName: "due", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "work",
      KeySchema: [{ AttributeName: "due", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    },
  ],
};

function clientOf(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: "eu-north-1",
    credentials: { accessKeyId: "AKIALOCALROOT", secretAccessKey: "local" },
  });
}

const folder = () => mkdtempSync(join(tmpdir(), "dynamodb-"));

test("two tests get a table each in the same worker", async () => {
  const first = await startTestTable();
  const second = await startTestTable();
  expect(second.client).toBe(first.client);
  expect(second.tableName).not.toBe(first.tableName);
});

test("what was written is there after a restart on the same folder", async () => {
  const dataDir = folder();
  const key = { pk: { S: "CASE#1" }, sk: { S: "CASE" } };
  const first = await startDynamoDb({ dataDir });
  await createTables(clientOf(first.endpoint), [{ name: "register", properties }]);
  await clientOf(first.endpoint).send(new PutItemCommand({ TableName: "register", Item: key }));
  await first.stop();

  const second = await startDynamoDb({ dataDir });
  onTestFinished(() => second.stop());
  await createTables(clientOf(second.endpoint), [{ name: "register", properties }]);
  const { Item } = await clientOf(second.endpoint).send(
    new GetItemCommand({ TableName: "register", Key: key }),
  );
  expect(Item).toEqual(key);
});

test("a table of before there was a stream gets one, and another kind of stream is refused", async () => {
  const { endpoint, stop } = await startDynamoDb();
  onTestFinished(stop);
  const client = clientOf(endpoint);
  const following = (StreamViewType: string) => [
    { name: "register", properties: { ...properties, StreamSpecification: { StreamViewType } } },
  ];
  await createTables(client, [{ name: "register", properties }]);
  await createTables(client, following("NEW_IMAGE"));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "register" }));
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
  await createTables(client, following("NEW_IMAGE"));
  await expect(createTables(client, following("OLD_IMAGE"))).rejects.toThrow(TableChanged);
});

test("a table whose indexes no longer fit the template is refused with advice", async () => {
  const { endpoint, stop } = await startDynamoDb();
  onTestFinished(stop);
  await createTables(clientOf(endpoint), [{ name: "register", properties }]);
  const { GlobalSecondaryIndexes: _, ...withoutIndex } = properties;
  await expect(
    createTables(clientOf(endpoint), [{ name: "register", properties: withoutIndex }]),
  ).rejects.toThrow(TableChanged);
});

test("a killed start leaves no database behind, and the next one opens the file alone", async () => {
  const dataDir = folder();
  const module = fileURLToPath(new URL("../../../embedded-aws/dynamodb/dynoxide.ts", import.meta.url));
  const parent = spawn(
    process.execPath,
    [
      "--input-type=module-typescript",
      "-e",
      `import { startDynamoDb } from ${JSON.stringify(module)};
       await startDynamoDb({ dataDir: ${JSON.stringify(dataDir)} });
       console.log("ready");
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(parent.stdout, "data");
  const orphan = Number(readFileSync(join(dataDir, "dynamodb.pid"), "utf8"));
  parent.kill("SIGKILL");
  await once(parent, "exit");

  const next = await startDynamoDb({ dataDir });
  onTestFinished(() => next.stop());
  expect(() => process.kill(orphan, 0)).toThrow("ESRCH");
});

test("an orphan that still holds the file is ended before the next one opens it", async () => {
  const dataDir = folder();
  const binary = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/dynoxide");
  const orphan = spawn(binary, ["serve", "--port", "0", "--db-path", join(dataDir, "dynamodb.sqlite")]);
  await once(orphan.stderr, "data");
  writeFileSync(join(dataDir, "dynamodb.pid"), String(orphan.pid));
  const ended = once(orphan, "exit");

  const next = await startDynamoDb({ dataDir });
  onTestFinished(() => next.stop());
  expect(await ended).toEqual([null, "SIGKILL"]);
});

test("a lock that names somebody else's process harms nobody", async () => {
  const dataDir = folder();
  const innocent = spawn(process.execPath, ["--eval", "setTimeout(() => {}, 60_000)"]);
  onTestFinished(() => {
    innocent.kill();
  });
  writeFileSync(join(dataDir, "dynamodb.pid"), String(innocent.pid));
  const next = await startDynamoDb({ dataDir });
  onTestFinished(() => next.stop());
  expect(innocent.exitCode).toBeNull();
  expect(innocent.signalCode).toBeNull();
});

test("a machine without the program is told what to set", async () => {
  expect(new NoDynamoDbHere().message).toContain("DYNAMODB_BINARY");
  const { endpoint } = await startDynamoDb({ env: { DYNAMODB_ENDPOINT: "http://127.0.0.1:1" } });
  expect(endpoint).toBe("http://127.0.0.1:1");
  await expect(startDynamoDb({ env: { DYNAMODB_BINARY: "/nowhere/dynoxide" } })).rejects.toThrow(
    "did not start",
  );
});
