import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePortPair } from "../../embedded-aws/free-ports.ts";
import { tablesOf } from "../../embedded-aws/resources.ts";
import { type RunningSystem, startSystem } from "../../embedded-aws/system.ts";
import { synthesize } from "../../infra/app.ts";
import { product } from "../../local/product.ts";
import { Visitor } from "../../local/rehearsal/visitor.ts";
import { aMonday } from "../support/system.ts";

const RESTORED = "OS2aftale-local-restored-20270201";
const restored = {
  ...product,
  assembly: () => synthesize({ stage: "local", restored: { table: RESTORED } }),
};

let dataDir: string;
let port: number;
let system: RunningSystem;
const start = async (app: typeof product) => {
  system = await startSystem({ app, dataDir, port, clock: { mode: "still", startMs: aMonday } });
};
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "restored-"));
  port = await freePortPair();
  await start(product);
}, 90_000);
afterAll(async () => {
  await system.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everything in the register's table. */
async function itemsOf(client: DynamoDBClient, table: string) {
  const items = [];
  for await (const page of paginateScan({ client }, { TableName: table })) items.push(...(page.Items ?? []));
  return items;
}

/** As a restore to a point in time does it: the same items in a table of another name. */
async function copyInto(client: DynamoDBClient, table: string, items: Awaited<ReturnType<typeof itemsOf>>) {
  for (const Item of items) await client.send(new PutItemCommand({ TableName: table, Item }));
}

describe("a register restored to a table of another name", () => {
  it("is taken up by its name: an open case goes on under the link that was mailed", async () => {
    const opened = await new Visitor(system.url).apply({
      kind: "member",
      name: "Aarhus Kommune",
      cvr: "55133018",
      gln: "5790000423408",
      email: "bo@aarhus.example",
    });
    await system.clock.idle();
    expect(await new Visitor(system.url).confirm("bo@aarhus.example", opened.caseNumber)).toBeDefined();
    await system.clock.idle();
    const [before] = tablesOf(system.root.template);
    const kept = await itemsOf(new DynamoDBClient(system.root.aws), before?.name ?? "");
    await system.stop();

    await start(restored);
    const [after] = tablesOf(system.root.template);
    expect(after?.name).toBe(RESTORED);
    await copyInto(new DynamoDBClient(system.root.aws), RESTORED, kept);
    expect((await new Visitor(system.url).status(opened.statusUrl)).status).toBe("awaiting-upload");
    await system.clock.advanceTo(aMonday + 8 * 24 * 3_600_000);
    expect((await new Visitor(system.url).status(opened.statusUrl)).status).toBe("expired");
    expect(system.refusals).toEqual([]);
  });

  it("has all that the first one has: keys, lists, time to live, restoring, protection, its key", () => {
    const properties = (template: RunningSystem["root"]["template"]) => {
      const { TableName, ...others } = tablesOf(template)[0]?.properties ?? {};
      return [TableName, Object.keys(others).sort()];
    };
    expect(properties(system.root.template)).toEqual([
      RESTORED,
      expect.arrayContaining([
        "DeletionProtectionEnabled",
        "GlobalSecondaryIndexes",
        "KeySchema",
        "PointInTimeRecoverySpecification",
        "SSESpecification",
        "TimeToLiveSpecification",
      ]),
    ]);
  });
});
