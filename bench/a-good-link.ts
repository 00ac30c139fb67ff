import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startDynamoDb } from "../embedded-aws/dynamodb/dynoxide.ts";
import { createTables } from "../embedded-aws/dynamodb/tables.ts";
import { seedLocalSettings } from "../local/seed-local-settings.ts";
import { systemChance, systemClock } from "../shared/adapters/aws/clock.ts";
import { DynamoDbCases } from "../shared/adapters/aws/dynamodb/cases.ts";
import { SignedLinkTokens } from "../shared/adapters/aws/link-tokens.ts";
import { anOpening } from "../test/support/builders/an-application.ts";

const KEY_RING = JSON.stringify({ current: "k1", k1: "a key that is only ever used by a benchmark" });

/** A case with a status link that leads to it, on an AWS small enough to measure a function against. */
export interface GoodLink {
  token: string;
  environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function aGoodLink(tableProperties: unknown, tableName: string): Promise<GoodLink> {
  const database = await startDynamoDb();
  const secrets = await secretsManagerWith(KEY_RING);
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: "eu-north-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  });
  await createTables(client, [{ name: tableName, properties: tableProperties }]);
  const table = { client, tableName, chance: systemChance };
  const now = systemClock.now();
  await seedLocalSettings(table, now);
  const tokens = new SignedLinkTokens({
    loadKeyRing: async () => KEY_RING,
    clock: systemClock,
    chance: systemChance,
  });
  const { token, linkHash } = await tokens.mint("status");
  const opening = anOpening({ now });
  await new DynamoDbCases(table).open({ ...opening, statusLink: { ...opening.statusLink, linkHash } });
  return {
    token,
    environment: {
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    },
    stop: async () => {
      client.destroy();
      // The database's process keeps nobody alive, so the server has to until it is gone.
      await database.stop();
      secrets.stop();
    },
  };
}

/** Answers every question with one secret. */
async function secretsManagerWith(text: string): Promise<{ endpoint: string; stop(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ Name: "link-keys", SecretString: text }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
