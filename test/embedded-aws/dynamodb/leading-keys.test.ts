import { describe, expect, it } from "vitest";
import { demandsOf } from "../../../embedded-aws/dynamodb/demands.ts";
import { judge, type Statement } from "../../../embedded-aws/gateway/policies.ts";

const arn = "arn:aws:dynamodb:eu-north-1:000000000000:table/register";
const tableOf = () => ({ arn, partitionKey: "pk" });
const holding = (Effect: "Allow" | "Deny", operator: string, partitions: string[]): Statement => ({
  Effect,
  Action: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
  Resource: [arn],
  Condition: { [operator]: { "dynamodb:LeadingKeys": partitions } },
});
const role = [
  holding("Allow", "ForAllValues:StringLike", ["CASE#*", "SETTING#*"]),
  holding("Deny", "ForAnyValue:StringLike", ["SETTING#*"]),
];
const of = (pk: string) => ({ pk: { S: pk }, sk: { S: "AUDIT#1" } });
const verdicts = (operation: string, input: object) =>
  demandsOf(operation, input, tableOf).map((demand) => judge(role, demand));

describe("a role that is held to some partitions", () => {
  it.each([
    ["CASE#1", "allowed"],
    ["MEMBER#1", "not granted"],
    ["SETTING#people", "denied"],
  ])("may write in %s: %s", (pk, verdict) => {
    const TableName = "register";
    expect(verdicts("PutItem", { TableName, Item: of(pk) })).toEqual([verdict]);
    expect(verdicts("UpdateItem", { TableName, Key: of(pk) })).toEqual([verdict]);
    expect(verdicts("DeleteItem", { TableName, Key: of(pk) })).toEqual([verdict]);
  });

  it("is asked item by item in a transaction", () => {
    const TableName = "register";
    const TransactItems = [
      { Put: { TableName, Item: of("CASE#1") } },
      { Update: { TableName, Key: of("MEMBER#1") } },
      { Delete: { TableName, Key: of("SETTING#people") } },
    ];
    expect(verdicts("TransactWriteItems", { TransactItems })).toEqual(["allowed", "not granted", "denied"]);
  });
});
