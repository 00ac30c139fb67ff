import * as z from "zod";
import type { Demand } from "../gateway/service.ts";

const attributes = z.record(z.string(), z.unknown());
/** A write names its item's partition in the item or in its key. */
const written = z.object({ TableName: z.string(), Item: attributes.optional(), Key: attributes.optional() });
const one = written.extend({ IndexName: z.string().optional() });
const transactWrite = z.object({
  TransactItems: z.array(z.record(z.enum(["Put", "Update", "Delete", "ConditionCheck"]), written.optional())),
});
const transactGet = z.object({ TransactItems: z.array(z.object({ Get: one })) });

/** Operations on one item, whose partition a role may be held to. */
const ITEM_OPERATIONS = ["GetItem", "PutItem", "UpdateItem", "DeleteItem"];

const TABLE_OPERATIONS = [
  ...ITEM_OPERATIONS,
  "Query",
  "Scan",
  "DescribeTable",
  "DescribeTimeToLive",
  "UpdateTimeToLive",
  "DescribeContinuousBackups",
  "UpdateContinuousBackups",
];

const ACTION_OF_TRANSACTION = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
} as const;

/** An operation the product has no business calling, or one that we don't answer. */
export class OperationNotRunHere extends Error {
  override name = "OperationNotRunHere";
}

/**
 * What a role must allow for a call. A transaction has no action of its own: each item demands what it does.
 * A read through an index demands the index. An item's partition is the condition key dynamodb:LeadingKeys; a query
 * or a scan brings none, so no policy may hold reads to partitions before that is judged here too.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 *
 * @param tableOf the ARN of a table and the name of its partition key, by its name.
 * @throws OperationNotRunHere for an operation that isn't listed.
 */
export function demandsOf(
  operation: string,
  input: unknown,
  tableOf: (table: string) => TableNamed,
): Demand[] {
  const demand = (action: string, { TableName, Item, Key }: z.infer<typeof written>): Demand => {
    const { arn, partitionKey } = tableOf(TableName);
    const partition = partitionIn(Item ?? Key, partitionKey);
    return {
      action: `dynamodb:${action}`,
      resource: TableName.startsWith("arn:") ? TableName : arn,
      ...(partition !== undefined && { context: { "dynamodb:LeadingKeys": [partition] } }),
    };
  };
  switch (operation) {
    case "TransactGetItems":
      return transactGet.parse(input).TransactItems.map((item) => demand("GetItem", item.Get));
    case "TransactWriteItems":
      return transactWrite.parse(input).TransactItems.flatMap((item) =>
        (["Put", "Update", "Delete", "ConditionCheck"] as const).flatMap((kind) => {
          const part = item[kind];
          return part === undefined ? [] : [demand(ACTION_OF_TRANSACTION[kind], part)];
        }),
      );
  }
  if (!TABLE_OPERATIONS.includes(operation)) {
    throw new OperationNotRunHere(
      `DynamoDB's ${operation} is not run here: embedded-aws/dynamodb/demands.ts`,
    );
  }
  const { IndexName, ...call } = one.parse(input);
  const demanded = demand(operation, call);
  if (IndexName === undefined) return [demanded];
  return [{ ...demanded, resource: `${demanded.resource}/index/${IndexName}` }];
}

export interface TableNamed {
  arn: string;
  partitionKey: string;
}

/** Partition keys are strings here; any other type would be a key that no pattern of a policy is written for. */
function partitionIn(item: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  return z.object({ S: z.string() }).safeParse(item?.[name]).data?.S;
}
