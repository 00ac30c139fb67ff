import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tablesOf } from "../../../embedded-aws/resources.ts";
import { smallApp, startTestSystem, type TestSystem } from "../../support/system.ts";

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ app: smallApp, startMs: Date.parse("2027-02-01T07:30:00+01:00") });
}, 120_000);
afterAll(() => system.stop());

async function get(path: string): Promise<unknown> {
  const response = await fetch(system.now.url + path);
  return response.json();
}
const items = (pk: string) => get(`/things/x?do=query&pk=${pk}`);

describe("an app on the embedded AWS", () => {
  it("is swept once at its start", async () => {
    await system.now.clock.idle();
    expect(await items("SWEEP")).toEqual(["2027-02-01T06:30:00.000Z"]);
  });

  it("runs a two-step workflow from an upload: rule, function, object, register", async () => {
    expect(await get("/things/x?do=put&key=uploads/1")).toEqual({ stored: "uploads/1" });
    await system.now.clock.idle();
    expect(await items("DONE")).toEqual(["done/1"]);
    expect(system.now.refusals).toEqual([]);
  });

  it("keeps its schedule in Copenhagen's time", async () => {
    await system.now.clock.advanceTo(Date.parse("2027-02-03T07:59:59+01:00"));
    expect(await items("TICK")).toEqual(["2027-02-01T07:00:00.000Z", "2027-02-02T07:00:00.000Z"]);
    await system.now.clock.advanceTo(Date.parse("2027-02-03T08:00:00+01:00"));
    expect(await items("TICK")).toHaveLength(3);
  });

  it.each([
    ["an object outside its folder", "/things/x?do=put&key=elsewhere/1", "AccessDenied", "s3:PutObject"],
    [
      "a secret it was never given",
      "/things/x?do=secret",
      "AccessDeniedException",
      "secretsmanager:GetSecretValue",
    ],
  ])("refuses a function %s, and says which grant is missing", async (_what, path, name, action) => {
    const before = system.now.refusals.length;
    expect(await get(path)).toMatchObject({ refused: name });
    expect(system.now.refusals.slice(before)).toMatchObject([
      { caller: { principal: expect.stringContaining("web") }, demand: { action } },
    ]);
  });

  it("loses nothing when it is killed, and goes on when it is started again", async () => {
    await get("/things/x?do=put&key=uploads/2");
    await system.restartAfterKill();
    await system.now.clock.idle();
    expect(await items("DONE")).toEqual(["done/1", "done/2"]);
    expect(await items("SWEEP")).toHaveLength(2);
  });

  it("runs an owner's errands from the table's stream; one that stalls holds up nobody, and a kill loses it not", async () => {
    const client = new DynamoDBClient(system.now.root.aws);
    const [table] = tablesOf(system.now.root.template);
    const commit = (owner: string, sequence: number) => {
      const Item = { pk: { S: owner }, sk: { S: `OUTBOX#${sequence}` }, owner: { S: owner } };
      return client.send(new PutItemCommand({ TableName: table?.name, Item }));
    };
    const until = async (pk: string, owner: string) => {
      for (;;) if (((await items(pk)) as string[]).includes(owner)) return;
    };
    await commit("case_stalled", 1);
    await until("STALLED", "case_stalled");
    await commit("case_other", 1);
    await until("RUN", "case_other");
    expect(await items("RUN")).toEqual(["case_other"]);
    client.destroy();

    await system.restartAfterKill();
    await system.now.clock.idle();
    expect(await items("RUN")).toEqual(["case_other", "case_stalled"]);
    const { queues } = system.now;
    for (const arn of queues.arns())
      expect([arn, queues.counts(arn)]).toEqual([arn, { visible: 0, inFlight: 0, delayed: 0 }]);
  });

  it("puts what a function could not do into its dead letters", async () => {
    const sqs = new SQSClient({ ...system.now.root.aws, maxAttempts: 1 });
    await expect(sqs.send(new ListQueuesCommand({}))).resolves.toBeDefined();
  });

  it("answers what the template routes, and 404 to the rest", async () => {
    expect(await get("/things/new")).toMatchObject({ routeKey: "GET /things/new" });
    expect(await get("/things/a%20b/parts")).toMatchObject({ pathParameters: { key: "a b" } });
    expect((await fetch(`${system.now.url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${system.now.url}/things/x`, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(`${system.now.url}/things/new`, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(system.now.url, { method: "HEAD" })).status).toBe(404);
  });
});
