import {
  DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it } from "vitest";
import {
  absent,
  Table,
  TableIsBusy,
  TransactionTooLarge,
} from "../../../../shared/adapters/aws/dynamodb/table.ts";
import { aTable } from "../../../support/a-table.ts";
import { seededChance } from "../../../support/fakes/seeded-chance.ts";

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

function cancelled(...codes: string[]): Error {
  return new TransactionCanceledException({
    message: "cancelled",
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

const item = (label: string) => ({ label, put: { pk: label, sk: "x" }, condition: absent });

function onMockedClient() {
  const client = new DynamoDBClient({ region: "eu-north-1" });
  const pauses: number[] = [];
  const table = new Table({
    client,
    tableName: "register",
    chance: seededChance("faults"),
    pause: async (ms) => {
      pauses.push(ms);
    },
  });
  return { table, pauses, mock: mockClient(client) };
}

describe("A transaction that AWS doesn't take at once", () => {
  it.each([
    { what: "somebody else's transaction on the same case", error: cancelled("None", "TransactionConflict") },
    { what: "a throttled part", error: cancelled("ThrottlingError", "None") },
    { what: "a throttled table", error: named("ProvisionedThroughputExceededException") },
    { what: "our own first try, still under way", error: named("TransactionInProgressException") },
  ])("is tried again after $what, under the same token", async ({ error }) => {
    const { table, mock, pauses } = onMockedClient();
    mock.on(TransactWriteItemsCommand).rejectsOnce(error).rejectsOnce(error).resolves({});
    expect(await table.write([item("a"), item("b")])).toEqual({ written: true });
    const tokens = mock
      .commandCalls(TransactWriteItemsCommand)
      .map((call) => call.args[0].input.ClientRequestToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(pauses).toHaveLength(2);
  });

  it("gives up by name after eight tries, each pause longer than the one before up to 0.4 s", async () => {
    const { table, mock, pauses } = onMockedClient();
    mock.on(TransactWriteItemsCommand).rejects(cancelled("TransactionConflict"));
    await expect(table.write([item("a")])).rejects.toThrow(TableIsBusy);
    expect(pauses).toHaveLength(7);
    const longest = [25, 50, 100, 200, 400, 400, 400];
    for (const [tried, pause] of pauses.entries()) {
      expect(pause).toBeLessThanOrEqual(longest[tried] ?? 0);
      expect(pause).toBeGreaterThanOrEqual((longest[tried] ?? 0) / 2);
    }
  });

  it("is refused for good when a condition failed, even if another part was in conflict", async () => {
    const { table, mock } = onMockedClient();
    mock.on(TransactWriteItemsCommand).rejects(cancelled("TransactionConflict", "ConditionalCheckFailed"));
    const outcome = await table.write([item("a"), item("b")]);
    expect(outcome).toEqual({ written: false, refused: new Map([["b", undefined]]) });
    expect(mock.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it.each([
    { what: "what no retry mends", error: cancelled("ValidationError") },
    { what: "a missing grant", error: named("AccessDeniedException") },
    { what: "a lost answer, which the SDK has tried to get by itself", error: named("TimeoutError") },
  ])("throws on after $what", async ({ error }) => {
    const { table, mock } = onMockedClient();
    mock.on(TransactWriteItemsCommand).rejects(error);
    await expect(table.write([item("a")])).rejects.toBe(error);
    expect(mock.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it("isn't sent at all with more than 100 parts", async () => {
    const { table, mock } = onMockedClient();
    const parts = Array.from({ length: 101 }, (_, rank) => item(`${rank}`));
    await expect(table.write(parts)).rejects.toThrow(TransactionTooLarge);
    expect(mock.calls()).toHaveLength(0);
  });
});

describe("A single write", () => {
  it("is tried again when a transaction held the item", async () => {
    const { table, mock } = onMockedClient();
    mock.on(PutItemCommand).rejectsOnce(named("TransactionConflictException")).resolves({});
    expect(await table.put({ pk: "a", sk: "x" }, absent)).toEqual({ written: true });
  });

  it("tells what stood in the way", async () => {
    const table = new Table(await aTable());
    await table.put({ pk: "a", sk: "x", colour: "red" }, absent);
    const outcome = await table.put({ pk: "a", sk: "x", colour: "blue" }, absent);
    expect(outcome).toEqual({
      written: false,
      refused: new Map([["item", { pk: "a", sk: "x", colour: "red" }]]),
    });
  });
});

describe("A partition larger than one answer", () => {
  it("is read whole, in order", async () => {
    const table = new Table(await aTable());
    // 1 MB is the most one answer holds: 30 items of 50 KB are two.
    const text = "x".repeat(50_000);
    for (let rank = 10; rank < 40; rank += 1) await table.put({ pk: "a", sk: `ITEM#${rank}`, text }, absent);
    const items = await table.partition("a");
    expect(items.map(({ sk }) => sk)).toEqual(Array.from({ length: 30 }, (_, rank) => `ITEM#${rank + 10}`));
    expect(await table.partition("a", { prefix: "ITEM#1" })).toHaveLength(10);
    expect(await table.partition("a", { upTo: "ITEM#25z", newestFirst: 1 })).toMatchObject([
      { sk: "ITEM#25" },
    ]);
  });
});
