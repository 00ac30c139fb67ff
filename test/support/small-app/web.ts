import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";

/** Shows its event; `?do=` makes it use the register, the bucket, or a secret it was never given. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { do: what, pk, key } = event.queryStringParameters ?? {};
  if (what === "query") return { statusCode: 200, body: JSON.stringify(await query(pk ?? "")) };
  if (what === "put") return { statusCode: 200, body: JSON.stringify(await put(key ?? "")) };
  if (what === "secret") return { statusCode: 200, body: JSON.stringify(await readSecret()) };
  if (what === "shorthand") return { hello: "shorthand" } as APIGatewayProxyResultV2;
  if (what === "binary")
    return {
      statusCode: 201,
      headers: { "content-type": "image/png" },
      cookies: ["a=1; HttpOnly", "b=2"],
      body: Buffer.from([137, 80, 78, 71]).toString("base64"),
      isBase64Encoded: true,
    };
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(event) };
}

async function query(pk: string): Promise<unknown> {
  const { Items } = await new DynamoDBClient({}).send(
    new QueryCommand({
      TableName: process.env["TABLE_NAME"],
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: pk } },
    }),
  );
  return Items?.map((item) => item["sk"]?.S);
}

async function put(Key: string): Promise<unknown> {
  try {
    await new S3Client({}).send(
      new PutObjectCommand({ Bucket: process.env["INCOMING_BUCKET"], Key, Body: "x" }),
    );
    return { stored: Key };
  } catch (error) {
    return { refused: error instanceof Error ? error.name : "?" };
  }
}

async function readSecret(): Promise<unknown> {
  try {
    await new SecretsManagerClient({}).send(
      new GetSecretValueCommand({ SecretId: process.env["SECRET_ARN"] }),
    );
    return { read: true };
  } catch (error) {
    return error instanceof Error ? { refused: error.name, message: error.message } : {};
  }
}
