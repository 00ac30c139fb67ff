import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

/** Notes whose errands it ran. A stalled owner's first run never ends. */
export async function handler({ Records }: { Records: { body: string }[] }) {
  for (const { body } of Records) {
    const { owner } = JSON.parse(body) as { owner: string };
    if (owner.startsWith("case_stalled") && (await isFirst(owner))) await new Promise(() => undefined);
    await client.send(put("RUN", owner));
  }
  return { batchItemFailures: [] };
}

async function isFirst(owner: string): Promise<boolean> {
  try {
    await client.send(put("STALLED", owner, "attribute_not_exists(pk)"));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function put(pk: string, sk: string, ConditionExpression?: string): PutItemCommand {
  return new PutItemCommand({
    TableName: process.env["TABLE_NAME"],
    Item: { pk: { S: pk }, sk: { S: sk } },
    ConditionExpression,
  });
}
