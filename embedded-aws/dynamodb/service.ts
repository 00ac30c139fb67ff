import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { AwsRequest, AwsResponse, Service } from "../gateway/service.ts";
import { streamArnOf } from "../template/physical-ids.ts";
import { demandsOf, OperationNotRunHere } from "./demands.ts";
import { type DynamoDbOptions, startDynamoDb } from "./dynoxide.ts";
import { createForwarder } from "./forward.ts";
import { openTableStream, type TableStream } from "./table-stream.ts";
import { createTables, hasStream, type TableDefinition } from "./tables.ts";

export interface LocalDynamoDb {
  service: Service;
  /** Where the database itself answers, without permissions: for the local control. */
  endpoint: string;
  /** One of each table that has a stream. */
  streams: readonly TableStream[];
  /** Tells of each call that may have changed an item, before its caller is answered. */
  onWrite(look: () => void): void;
  stop(): Promise<void>;
}

/**
 * The embedded DynamoDB: `dynoxide` with the template's tables, behind a service that says what each call
 * demands of the caller's role.
 */
export async function createDynamoDb(
  options: DynamoDbOptions & { tables: readonly (TableDefinition & { arn: string })[] },
): Promise<LocalDynamoDb> {
  const { endpoint, stop } = await startDynamoDb(options);
  const client = new DynamoDBClient({
    endpoint,
    region: "eu-north-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    await createTables(client, options.tables);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    client.destroy();
  }
  const tables = new Map(
    options.tables.map(({ name, arn, properties }) => [
      name,
      { arn, partitionKey: partitionKeyOf(properties) },
    ]),
  );
  const tableOf = (table: string) =>
    tables.get(table) ?? { arn: `arn:aws:dynamodb:eu-north-1:000000000000:table/${table}`, partitionKey: "" };
  const forwarder = createForwarder(endpoint);
  const timeToLive = new Map(options.tables.map((table) => [table.name, timeToLiveOf(table.properties)]));

  let look: () => void = () => undefined;

  return {
    endpoint,
    streams: options.tables
      .filter(hasStream)
      .map(({ name, arn }) => openTableStream({ endpoint, table: name, arn: streamArnOf(arn) })),
    onWrite(told) {
      look = told;
    },
    stop: async () => {
      forwarder.stop();
      await stop();
    },
    service: {
      signingNames: ["dynamodb"],
      demands: (request) => {
        try {
          return demandsOf(operationOf(request), JSON.parse(request.body.toString()), tableOf);
        } catch (error) {
          // handle() answers 501 for it, so there is nothing to allow.
          if (error instanceof OperationNotRunHere) return [];
          throw error;
        }
      },
      handle: async (request) => {
        const operation = operationOf(request);
        const input: unknown = JSON.parse(request.body.toString());
        try {
          demandsOf(operation, input, tableOf);
        } catch (error) {
          if (error instanceof OperationNotRunHere)
            return json(501, { __type: error.name, message: error.message });
          throw error;
        }
        const answered = answerHere(operation, input, timeToLive) ?? (await forwarder.forward(request));
        if (WRITES.has(operation) && answered.status === 200) look();
        return answered;
      },
    },
  };
}

const WRITES: ReadonlySet<string> = new Set([
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
]);

function operationOf(request: AwsRequest): string {
  return request.headers["x-amz-target"]?.split(".")[1] ?? "";
}

function partitionKeyOf(properties: unknown): string {
  const { KeySchema } = z
    .object({ KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })) })
    .parse(properties);
  return KeySchema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "";
}

function timeToLiveOf(properties: unknown): string | undefined {
  const specification = z
    .object({
      TimeToLiveSpecification: z
        .object({ AttributeName: z.string().optional(), Enabled: z.boolean() })
        .optional(),
    })
    .parse(properties).TimeToLiveSpecification;
  return specification?.Enabled ? specification.AttributeName : undefined;
}

/**
 * Backups and TTL are answered from the template and never reach the database. It would delete by the real
 * clock, and AWS promises no time for it either: TTL is housekeeping, never a rule.
 */
function answerHere(
  operation: string,
  input: unknown,
  timeToLive: ReadonlyMap<string, string | undefined>,
): AwsResponse | undefined {
  switch (operation) {
    case "DescribeContinuousBackups":
    case "UpdateContinuousBackups":
      return json(200, {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: "ENABLED",
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED" },
        },
      });
    case "DescribeTimeToLive": {
      const { TableName } = z.object({ TableName: z.string() }).parse(input);
      const AttributeName = timeToLive.get(TableName);
      return json(200, {
        TimeToLiveDescription:
          AttributeName === undefined
            ? { TimeToLiveStatus: "DISABLED" }
            : { TimeToLiveStatus: "ENABLED", AttributeName },
      });
    }
    case "UpdateTimeToLive":
      return json(200, z.object({ TimeToLiveSpecification: z.unknown() }).parse(input));
    default:
      return undefined;
  }
}

function json(status: number, body: unknown): AwsResponse {
  return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(body) };
}
