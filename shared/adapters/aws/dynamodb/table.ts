import type {
  ConditionalCheckFailedException,
  DynamoDBClient,
  QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Chance } from "../../../ports/clock.ts";
import { clientOf, isFailure, type LoadedClient } from "../sdk/loaded-client.ts";
import type { Key } from "./keys.ts";

const sdk = () => import("../sdk/dynamodb.ts");

/** An item as it lies in the table, before anybody has parsed it. */
export type RawItem = Record<string, unknown>;

/** A condition on the item as it stands; every attribute is named `#x`, for many words are reserved. */
export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

export const absent: Condition = { expression: "attribute_not_exists(#pk)", names: { "#pk": "pk" } };

/** One part of a transaction, with a label by which its refusal is recognised. */
export type Part = { label: string; condition?: Condition } & (
  | { put: RawItem & Key }
  | { delete: Key }
  | { check: Key }
  | { update: Key; set: Condition }
);

/** Written, or refused by conditions: by label, with the item that stood in the way. */
export type Written =
  | { written: true }
  | { written: false; refused: ReadonlyMap<string, RawItem | undefined> };

export interface TableOptions {
  client: LoadedClient<DynamoDBClient>;
  tableName: string;
  chance: Chance;
  /** Waits between two tries, milliseconds. */
  pause?: (ms: number) => Promise<void>;
}

/** The table was busy through every try: whoever called is called again. */
export class TableIsBusy extends Error {
  override readonly name = "TableIsBusy";
  constructor(operation: string, cause: unknown) {
    super(`${operation}: still throttled or in conflict after ${TRIES} tries`, { cause });
  }
}

/** More parts than one transaction takes; what belongs together must not be committed in two. */
export class TransactionTooLarge extends Error {
  override readonly name = "TransactionTooLarge";
  constructor(parts: number) {
    super(`a transaction of ${parts} parts: DynamoDB takes ${MOST_PARTS}`);
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const MOST_PARTS = 100;

/** 25 + 50 + 100 + 200 + 400 + 400 + 400 ms ≈ 1.6 s at most, well inside a function's time-out. */
const TRIES = 8;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;

const passing: readonly string[] = [
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "TransactionConflictException",
  "TransactionInProgressException",
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "InternalServerError",
];

/** DynamoDB in the few shapes the adapters need: consistent reads, conditional writes, transactions. */
export class Table {
  private readonly client: LoadedClient<DynamoDBClient>;
  private readonly name: string;
  private readonly chance: Chance;
  private readonly pause: (ms: number) => Promise<void>;

  constructor(options: TableOptions) {
    this.client = options.client;
    this.name = options.tableName;
    this.chance = options.chance;
    this.pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  /** A strongly consistent read of one item. */
  async get(key: Key): Promise<RawItem | undefined> {
    const { GetItemCommand } = await sdk();
    const { Item } = await (await clientOf(this.client)).send(
      new GetItemCommand({ TableName: this.name, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }

  /** Every item of a partition, strongly consistent, in order of sort key. */
  partition(pk: string, range?: { prefix: string } | { upTo: string; newestFirst: 1 }): Promise<RawItem[]> {
    if (range && "upTo" in range)
      return this.query({
        KeyConditionExpression: "#pk = :pk AND #sk <= :upTo",
        ExpressionAttributeNames: { "#pk": "pk", "#sk": "sk" },
        ExpressionAttributeValues: marshall({ ":pk": pk, ":upTo": range.upTo }),
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: range.newestFirst,
      });
    return this.query({
      KeyConditionExpression: range ? "#pk = :pk AND begins_with(#sk, :prefix)" : "#pk = :pk",
      ExpressionAttributeNames: { "#pk": "pk", ...(range ? { "#sk": "sk" } : {}) },
      ExpressionAttributeValues: marshall({ ":pk": pk, ...(range ? { ":prefix": range.prefix } : {}) }),
      ConsistentRead: true,
    });
  }

  /** Every item an index lists, oldest first; eventually consistent, so never what to decide by. */
  list(index: "work" | "year", pk: string, before?: string, atMost?: number): Promise<RawItem[]> {
    return this.query({
      IndexName: index,
      KeyConditionExpression: before === undefined ? "#pk = :pk" : "#pk = :pk AND #sk < :before",
      ExpressionAttributeNames: {
        "#pk": `${index}Pk`,
        ...(before === undefined ? {} : { "#sk": `${index}Sk` }),
      },
      ExpressionAttributeValues: marshall({
        ":pk": pk,
        ...(before === undefined ? {} : { ":before": before }),
      }),
      ...(atMost === undefined ? {} : { Limit: atMost }),
    });
  }

  /** All or nothing. The SDK's own retries carry the same token, so a lost answer writes nothing twice. */
  async write(parts: readonly Part[]): Promise<Written> {
    if (parts.length > MOST_PARTS) throw new TransactionTooLarge(parts.length);
    // 16 bytes are 32 letters of the 36 that a token may have.
    const token = Buffer.from(this.chance.bytes(16)).toString("hex");
    const items = parts.map((part) => this.transactItem(part));
    const { TransactWriteItemsCommand } = await sdk();
    const client = await clientOf(this.client);
    return this.persistently("TransactWriteItems", async () => {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }));
        return { written: true };
      } catch (error) {
        return refusalIn(error, parts);
      }
    });
  }

  async put(item: RawItem & Key, condition: Condition): Promise<Written> {
    const { PutItemCommand } = await sdk();
    const client = await clientOf(this.client);
    const command = new PutItemCommand({
      TableName: this.name,
      Item: marshalled(item),
      ...expressionsOf(condition),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    return this.conditionally("PutItem", async () => {
      await client.send(command);
    });
  }

  /** Answers the attributes that the update set. */
  async update(key: Key, set: Condition, condition?: Condition): Promise<Written & { changed?: RawItem }> {
    const { UpdateItemCommand } = await sdk();
    const client = await clientOf(this.client);
    const command = new UpdateItemCommand({
      TableName: this.name,
      Key: marshall(key),
      ...updateExpressions(set, condition),
      ReturnValues: "UPDATED_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    let changed: RawItem | undefined;
    const written = await this.conditionally("UpdateItem", async () => {
      const { Attributes } = await client.send(command);
      changed = Attributes && unmarshall(Attributes);
    });
    return changed ? { ...written, changed } : written;
  }

  async delete(key: Key, condition?: Condition): Promise<Written> {
    const { DeleteItemCommand } = await sdk();
    const client = await clientOf(this.client);
    const command = new DeleteItemCommand({
      TableName: this.name,
      Key: marshall(key),
      ...(condition && expressionsOf(condition)),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    return this.conditionally("DeleteItem", async () => {
      await client.send(command);
    });
  }

  private conditionally(operation: string, send: () => Promise<void>): Promise<Written> {
    return this.persistently(operation, async () => {
      try {
        await send();
        return { written: true };
      } catch (error) {
        if (!isFailure<ConditionalCheckFailedException>(error, "ConditionalCheckFailedException"))
          throw error;
        return { written: false, refused: new Map([["item", error.Item && unmarshall(error.Item)]]) };
      }
    });
  }

  /** Tries again what passes by itself: throttles, and somebody else's transaction on the same item. */
  private async persistently<Result>(operation: string, attempt: () => Promise<Result>): Promise<Result> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!passesByItself(error)) throw error;
        if (tried === TRIES) throw new TableIsBusy(operation, error);
        await this.pause(this.pauseAfter(tried));
      }
    }
  }

  /** Half fixed, half by chance, so that those who collided don't collide again. */
  private pauseAfter(tried: number): number {
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), LONGEST_PAUSE_MS);
    const [byte = 0] = this.chance.bytes(1);
    return Math.ceil((longest / 2) * (1 + byte / 255));
  }

  private async query(input: Omit<QueryCommandInput, "TableName">): Promise<RawItem[]> {
    const { QueryCommand } = await sdk();
    const client = await clientOf(this.client);
    const found: RawItem[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          ...input,
          TableName: this.name,
          ...(from && { ExclusiveStartKey: marshall(from) }),
        }),
      );
      for (const item of page.Items ?? []) found.push(unmarshall(item));
      from = page.LastEvaluatedKey && unmarshall(page.LastEvaluatedKey);
    } while (from && !(input.Limit !== undefined && found.length >= input.Limit));
    return found;
  }

  private transactItem(part: Part): TransactWriteItem {
    const common = {
      TableName: this.name,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    } as const;
    if ("put" in part)
      return {
        Put: { ...common, Item: marshalled(part.put), ...(part.condition && expressionsOf(part.condition)) },
      };
    if ("delete" in part)
      return {
        Delete: {
          ...common,
          Key: marshall(part.delete),
          ...(part.condition && expressionsOf(part.condition)),
        },
      };
    if ("update" in part)
      return {
        Update: { ...common, Key: marshall(part.update), ...updateExpressions(part.set, part.condition) },
      };
    const condition = part.condition ?? absent;
    return {
      ConditionCheck: { ...common, Key: marshall(part.check), ...expressionsOf(condition) },
    };
  }
}

function marshalled(item: RawItem) {
  return marshall(item, { removeUndefinedValues: true });
}

function expressionsOf(condition: Condition) {
  return {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: marshalled(condition.values) }),
  };
}

function updateExpressions(set: Condition, condition?: Condition) {
  const names = { ...set.names, ...condition?.names };
  const values = { ...set.values, ...condition?.values };
  return {
    UpdateExpression: set.expression,
    ...(condition && { ConditionExpression: condition.expression }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshalled(values) }),
  };
}

/** A failed condition settles the matter, whatever else was wrong at the same time. */
function refusalIn(error: unknown, parts: readonly Part[]): Written {
  if (!isCancelled(error)) throw error;
  const reasons = error.CancellationReasons ?? [];
  const refused = new Map<string, RawItem | undefined>();
  for (const [position, part] of parts.entries()) {
    const reason = reasons[position];
    if (reason?.Code === "ConditionalCheckFailed")
      refused.set(part.label, reason.Item && unmarshall(reason.Item));
  }
  if (refused.size === 0) throw error;
  return { written: false, refused };
}

function isCancelled(error: unknown): error is TransactionCanceledException {
  return isFailure<TransactionCanceledException>(error, "TransactionCanceledException");
}

function passesByItself(error: unknown): boolean {
  if (isCancelled(error)) {
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? "None");
    const causes = codes.filter((code) => code !== "None");
    return causes.length > 0 && causes.every((code) => passing.includes(code));
  }
  return error instanceof Error && passing.includes(error.name);
}
