import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

export async function handler(event: { key: string }): Promise<void> {
  await new DynamoDBClient({}).send(
    new PutItemCommand({
      TableName: process.env["TABLE_NAME"],
      Item: { pk: { S: "DONE" }, sk: { S: event.key }, at: { S: new Date().toISOString() } },
    }),
  );
}
