import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

export async function handler(): Promise<void> {
  await new DynamoDBClient({}).send(
    new PutItemCommand({
      TableName: process.env["TABLE_NAME"],
      Item: { pk: { S: "SWEEP" }, sk: { S: new Date().toISOString() } },
    }),
  );
}
