import * as z from "zod";
import type { Demand } from "../gateway/service.ts";

const one = z.object({ TableName: z.string(), IndexName: z.string().optional() });
const transactWrite = z.object({
  TransactItems: z.array(
    z.record(
      z.enum(["Put", "Update", "Delete", "ConditionCheck"]),
      z.object({ TableName: z.string() }).optional(),
    ),
  ),
});
const transactGet = z.object({ TransactItems: z.array(z.object({ Get: one })) });

const TABLE_OPERATIONS = [
  "GetItem",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
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
 * A read through an index demands the index.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 *
 * @param arnOf the ARN of a table by its name.
 * @throws OperationNotRunHere for an operation that isn't listed.
 */
export function demandsOf(operation: string, input: unknown, arnOf: (table: string) => string): Demand[] {
  const demand = (action: string, table: string): Demand => ({
    action: `dynamodb:${action}`,
    resource: table.startsWith("arn:") ? table : arnOf(table),
  });
  switch (operation) {
    case "TransactGetItems":
      return transactGet.parse(input).TransactItems.map((item) => demand("GetItem", item.Get.TableName));
    case "TransactWriteItems":
      return transactWrite.parse(input).TransactItems.flatMap((item) =>
        (["Put", "Update", "Delete", "ConditionCheck"] as const).flatMap((kind) => {
          const part = item[kind];
          return part === undefined ? [] : [demand(ACTION_OF_TRANSACTION[kind], part.TableName)];
        }),
      );
  }
  if (!TABLE_OPERATIONS.includes(operation)) {
    throw new OperationNotRunHere(
      `DynamoDB's ${operation} is not run here: embedded-aws/dynamodb/demands.ts`,
    );
  }
  const { TableName, IndexName } = one.parse(input);
  const { action, resource } = demand(operation, TableName);
  return [{ action, resource: IndexName === undefined ? resource : `${resource}/index/${IndexName}` }];
}
