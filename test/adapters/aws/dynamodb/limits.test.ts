import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it } from "vitest";
import { stageSettings } from "../../../../infra/stage-settings.ts";
import { DynamoDbLimits } from "../../../../shared/adapters/aws/dynamodb/limits.ts";
import { seededChance } from "../../../support/fakes/seeded-chance.ts";

/** 23 November 2026, 10:20 UTC. */
const now = Date.UTC(2026, 10, 23, 10, 20);

describe("A counter", () => {
  it("keeps no address, and is cleared away a day after its hour", async () => {
    const client = new DynamoDBClient({ region: "eu-north-1" });
    const mock = mockClient(client);
    mock.on(UpdateItemCommand).resolves({});
    const ceilings = stageSettings("prod").limits;
    const options = { client, tableName: "register", chance: seededChance("limits"), ceilings };
    await new DynamoDbLimits(options).hit("forms-per-address", "192.0.2.17", now);
    const [call] = mock.commandCalls(UpdateItemCommand);
    const input = call?.args[0].input;
    expect(JSON.stringify(input)).not.toContain("192.0.2.17");
    expect(input?.Key?.["pk"]?.S).toMatch(/^LIMIT#forms-per-address#[0-9a-f]{64}#\d+$/);
    const clearedAt = Date.UTC(2026, 10, 24, 11) / 1000;
    expect(input?.ExpressionAttributeValues?.[":ttl"]).toEqual({ N: String(clearedAt) });
  });
});
