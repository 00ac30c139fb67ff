import {
  BatchGetItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createDynamoDb, type LocalDynamoDb } from "../../../embedded-aws/dynamodb/service.ts";
import { clientSettings, hostService, type OneService } from "../../support/one-service.ts";

const arn = "arn:aws:dynamodb:eu-north-1:000000000000:table/register";
let database: LocalDynamoDb;
let host: OneService;
let client: DynamoDBClient;

beforeAll(async () => {
  database = await createDynamoDb({
    tables: [
      {
        name: "register",
        arn,
        properties: {
          AttributeDefinitions: [
            { AttributeName: "pk", AttributeType: "S" },
            { AttributeName: "due", AttributeType: "S" },
          ],
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
          GlobalSecondaryIndexes: [
            {
              IndexName: "work",
              KeySchema: [{ AttributeName: "due", KeyType: "HASH" }],
              Projection: { ProjectionType: "ALL" },
            },
          ],
          TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        },
      },
    ],
  });
  host = await hostService(database.service);
  client = new DynamoDBClient(clientSettings(host.endpoint));
});

afterAll(async () => {
  await host.close();
  await database.stop();
});

beforeEach(() => {
  host.demanded.length = 0;
});

test("a query through an index demands the index, not the table", async () => {
  await client.send(
    new QueryCommand({
      TableName: "register",
      IndexName: "work",
      KeyConditionExpression: "due = :due",
      ExpressionAttributeValues: { ":due": { S: "2026-11-23" } },
    }),
  );
  expect(host.demanded).toEqual([{ action: "dynamodb:Query", resource: `${arn}/index/work` }]);
});

test("a transaction demands what each of its items does", async () => {
  const Key = { pk: { S: "CASE#2" } };
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: "register", Item: { pk: { S: "CASE#1" } } } },
        {
          Update: {
            TableName: "register",
            Key,
            UpdateExpression: "SET due = :d",
            ExpressionAttributeValues: { ":d": { S: "x" } },
          },
        },
        { Delete: { TableName: "register", Key: { pk: { S: "CASE#3" } } } },
        {
          ConditionCheck: {
            TableName: "register",
            Key: { pk: { S: "CASE#4" } },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
      ],
    }),
  );
  expect(host.demanded.map((demand) => demand.action)).toEqual([
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
  ]);
});

test("a transaction whose condition fails says which item and what was there", async () => {
  await client.send(new PutItemCommand({ TableName: "register", Item: { pk: { S: "OPEN#member#1" } } }));
  const again = client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Put: {
            TableName: "register",
            Item: { pk: { S: "OPEN#member#1" } },
            ConditionExpression: "attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          },
        },
      ],
    }),
  );
  const error = await again.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransactionCanceledException);
  expect((error as TransactionCanceledException).CancellationReasons).toMatchObject([
    { Code: "ConditionalCheckFailed", Item: { pk: { S: "OPEN#member#1" } } },
  ]);
});

test("an item whose time to live has passed stays: expiry is never a rule", async () => {
  await client.send(
    new PutItemCommand({ TableName: "register", Item: { pk: { S: "LIMIT#1" }, ttl: { N: "1" } } }),
  );
  const { TimeToLiveDescription } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: "register" }),
  );
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "ttl" });
  const { Item } = await client.send(
    new GetItemCommand({ TableName: "register", Key: { pk: { S: "LIMIT#1" } } }),
  );
  expect(Item).toBeDefined();
});

test("backups answer as the template says", async () => {
  const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName: "register" }));
  expect(backups.ContinuousBackupsDescription?.ContinuousBackupsStatus).toBe("ENABLED");
  expect(host.demanded).toEqual([{ action: "dynamodb:DescribeContinuousBackups", resource: arn }]);
});

test("an operation the product does not use is refused loudly", async () => {
  await expect(
    client.send(new ExecuteStatementCommand({ Statement: "SELECT * FROM register" })),
  ).rejects.toThrow("ExecuteStatement is not run here");
  await expect(
    client.send(new BatchGetItemCommand({ RequestItems: { register: { Keys: [{ pk: { S: "CASE#1" } }] } } })),
  ).rejects.toThrow("BatchGetItem is not run here");
});
