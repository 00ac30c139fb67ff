import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) })).min(1);

/**
 * What of AWS::DynamoDB::Table and GlobalTable shapes the data; the rest (billing, encryption, recovery,
 * replicas, protection) has no meaning on one machine.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
const tableProperties = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  LocalSecondaryIndexes: z.undefined("local secondary indexes are not run here").optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]) })
    .optional(),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
});

/** A table of the template with everything resolved. */
export interface TableDefinition {
  /** Physical name, as functions get it in their environment. */
  name: string;
  properties: unknown;
}

export class TableChanged extends Error {
  override name = "TableChanged";
  constructor(table: string) {
    super(
      `The table ${table} has other keys, indexes or another stream than the template now says: begin anew with --fresh.`,
    );
  }
}

/**
 * Creates the template's tables that are not there yet.
 * @throws TableChanged when one is there with other keys, indexes or another stream.
 */
export async function createTables(
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
): Promise<void> {
  for (const table of tables) await createTable(client, table);
}

async function createTable(client: DynamoDBClient, table: TableDefinition): Promise<void> {
  const wanted = tableProperties.parse(table.properties);
  const existing = await describe(client, table.name);
  if (existing !== undefined) {
    if (shapeOf(existing) !== shapeOf(wanted)) throw new TableChanged(table.name);
    await giveStream(client, table.name, existing, wanted.StreamSpecification);
    return;
  }
  await client.send(
    new CreateTableCommand({
      TableName: table.name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: wanted.AttributeDefinitions,
      KeySchema: wanted.KeySchema,
      ...streamOf(wanted.StreamSpecification),
      ...(wanted.GlobalSecondaryIndexes === undefined
        ? {}
        : {
            GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes.map((index) => ({
              IndexName: index.IndexName,
              KeySchema: index.KeySchema,
              Projection: {
                ProjectionType: index.Projection.ProjectionType,
                ...(index.Projection.NonKeyAttributes === undefined
                  ? {}
                  : { NonKeyAttributes: index.Projection.NonKeyAttributes }),
              },
            })),
          }),
    }),
  );
}

type StreamSpecification = z.infer<typeof tableProperties>["StreamSpecification"];

const streamOf = (wanted: StreamSpecification) =>
  wanted && { StreamSpecification: { StreamEnabled: true, StreamViewType: wanted.StreamViewType } };

export function hasStream({ properties }: TableDefinition): boolean {
  return tableProperties.parse(properties).StreamSpecification !== undefined;
}

/** A table of before there was a stream gets one; another kind of stream is another table's. */
async function giveStream(
  client: DynamoDBClient,
  TableName: string,
  existing: unknown,
  wanted: StreamSpecification,
): Promise<void> {
  const has = z
    .object({ StreamSpecification: z.object({ StreamViewType: z.string() }).optional() })
    .parse(existing).StreamSpecification?.StreamViewType;
  if (has === wanted?.StreamViewType) return;
  if (has !== undefined) throw new TableChanged(TableName);
  await client.send(new UpdateTableCommand({ TableName, ...streamOf(wanted) }));
}

async function describe(client: DynamoDBClient, name: string): Promise<unknown> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const shape = z.object({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema: keySchema })).optional(),
});

function shapeOf(table: unknown): string {
  const { KeySchema, GlobalSecondaryIndexes } = shape.parse(table);
  const indexes = [...(GlobalSecondaryIndexes ?? [])].sort((a, b) => a.IndexName.localeCompare(b.IndexName));
  return JSON.stringify({ KeySchema, indexes });
}
