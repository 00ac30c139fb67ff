import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DeleteItemCommand, PutItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEventSourceMappings } from "../../../embedded-aws/lambda/event-source-mappings.ts";
import { readPipes } from "../../../embedded-aws/pipes/pipe-definition.ts";
import { GIVEN_UP, NOON, OUTBOX, openPipeRoom, PIPE, type PipeRoom, pipeProperties } from "./room.ts";

const folder = () => mkdtempSync(join(tmpdir(), "pipes-"));

let dataDir: string;
let room: PipeRoom;
beforeEach(async () => {
  dataDir = folder();
  room = await openPipeRoom(dataDir);
});
afterEach(() => room.close());

/** Everything in the queue, group by group as it would be handed out. */
async function messages(of = room) {
  await of.clock.idle();
  const received = [];
  for (;;) {
    const batch = of.queues.receive(OUTBOX, 10);
    if (batch.length === 0) return received;
    for (const one of batch) of.queues.remove(OUTBOX, one.receipt);
    received.push(...batch);
  }
}

describe("an errand that is committed", () => {
  it("is a message in its owner's group when the write's answer has come and the clock is idle", async () => {
    await room.commit("case_1", 100);
    const [message] = await messages();
    expect(message).toMatchObject({ body: '{"owner": "case_1"}', fifo: { groupId: "case_1" } });
    expect(message?.fifo?.deduplicationId).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is one alone or among others, in a transaction or by itself, each owner's in order", async () => {
    const errand = (owner: string, sequence: string) => ({
      pk: { S: `CASE#${owner}` },
      sk: { S: `OUTBOX#${sequence}` },
      owner: { S: `case_${owner}` },
      sequence: { N: sequence },
    });
    const put = (owner: string, sequence: string) => ({
      Put: { TableName: "register", Item: errand(owner, sequence) },
    });
    await room.client.send(
      new TransactWriteItemsCommand({ TransactItems: [put("1", "1"), put("2", "1"), put("1", "2")] }),
    );
    await room.clock.idle();
    expect(room.queues.counts(OUTBOX)).toMatchObject({ visible: 3 });
    await room.client.send(new PutItemCommand({ TableName: "register", Item: errand("2", "2") }));
    expect((await messages()).map(({ fifo }) => fifo?.groupId)).toEqual([
      "case_1",
      "case_2",
      "case_1",
      "case_2",
    ]);
  });

  it("is told of once: neither its change nor its end is news, nor is anything that is no errand", async () => {
    await room.commit("case_1", 100);
    await room.commit("case_1", 100);
    await room.client.send(
      new DeleteItemCommand({
        TableName: "register",
        Key: { pk: { S: "CASE#1" }, sk: { S: "OUTBOX#00000100" } },
      }),
    );
    const Item = { pk: { S: "CASE#1" }, sk: { S: "CASE" }, owner: { S: "case_1" } };
    await room.client.send(new PutItemCommand({ TableName: "register", Item }));
    expect(await messages()).toHaveLength(1);
  });

  it("that nobody owns is set aside with where it stands, and the others go on", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const Item = { pk: { S: "CASE#1" }, sk: { S: "OUTBOX#1" } };
    await room.client.send(new PutItemCommand({ TableName: "register", Item }));
    await room.commit("case_2", 200);
    expect((await messages()).map(({ fifo }) => fifo?.groupId)).toEqual(["case_2"]);
    const [left] = room.queues.receive(GIVEN_UP, 10);
    expect(JSON.parse(left?.body ?? "")).toMatchObject({
      context: { partnerResourceArn: PIPE, condition: "RetryAttemptsExhausted" },
      DDBStreamBatchInfo: { startSequenceNumber: "1", endSequenceNumber: "1", batchSize: 1 },
    });
  });

  it("is found behind more than one read can hold", async () => {
    room.pipes.stop();
    const many = Array.from({ length: 120 }, (_, index) => index);
    for (let at = 0; at < many.length; at += 25) {
      const TransactItems = many.slice(at, at + 25).map((index) => ({
        Put: {
          TableName: "register",
          Item: {
            pk: { S: `CASE#${index}` },
            sk: { S: index === 119 ? "OUTBOX#1" : "CASE" },
            owner: { S: `case_${index}` },
          },
        },
      }));
      await room.client.send(new TransactWriteItemsCommand({ TransactItems }));
    }
    await room.close();
    room = await openPipeRoom(dataDir);
    expect((await messages()).map(({ fifo }) => fifo?.groupId)).toEqual(["case_119"]);
  });
});

describe("over a restart", () => {
  it("what was handed on is not handed on again, even when five minutes have passed, and what is new is", async () => {
    await room.commit("case_1", 100);
    expect(await messages()).toHaveLength(1);
    await room.close();
    room = await openPipeRoom(dataDir, undefined, NOON + 3_600_000);
    await room.commit("case_2", 200);
    expect((await messages()).map(({ fifo }) => fifo?.groupId)).toEqual(["case_2"]);
  });

  it("what was committed after the pipe's last look is handed on", async () => {
    room.pipes.stop();
    await room.commit("case_1", 100);
    expect(await messages()).toEqual([]);
    await room.close();
    room = await openPipeRoom(dataDir);
    expect(await messages()).toHaveLength(1);
  });

  it.each(["before", "after"])(
    "a kill %s a message is in its queue, and before the checkpoint, loses none and sends none twice",
    async (when) => {
      const killedDir = folder();
      const script = fileURLToPath(new URL("./killed-pipe.ts", import.meta.url));
      const child = spawn(process.execPath, [script, killedDir, when], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      const [, signal] = await once(child, "exit");
      expect(signal).toBe("SIGKILL");
      const resumed = await openPipeRoom(killedDir);
      try {
        for (const [index, owner] of ["case_b", "case_a"].entries()) await resumed.commit(owner, 3 + index);
        const received = await messages(resumed);
        expect(received.map(({ fifo }) => fifo?.groupId)).toEqual([
          "case_a",
          "case_b",
          "case_a",
          "case_b",
          "case_a",
        ]);
        expect(new Set(received.map(({ fifo }) => fifo?.deduplicationId)).size).toBe(5);
      } finally {
        await resumed.close();
      }
    },
  );
});

describe("from the commit to the run", () => {
  it("an owner whose run hangs never delays another, and a still clock has no timer to wait for", async () => {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const mappings = createEventSourceMappings({
      clock: room.clock,
      queues: room.queues,
      invoker: {
        invoke: (_, payload) => {
          const owner = JSON.parse((payload as { Records: { body: string }[] }).Records[0]?.body ?? "").owner;
          begun.push(owner);
          const done = { ok: true, payload: { batchItemFailures: [] } } as const;
          if (owner === "case_quick") return Promise.resolve(done);
          return new Promise((resolve) => ends.push(() => resolve(done)));
        },
        invokeAsync: () => undefined,
      },
      mappings: [
        {
          logicalId: "Outbox",
          properties: { EventSourceArn: OUTBOX, FunctionName: "deliver", BatchSize: 1 },
        },
      ],
    });
    mappings.resume();
    const untilBegun = async (count: number) => {
      while (begun.length < count) await new Promise((resolve) => setImmediate(resolve));
    };
    await room.commit("case_stalled", 1);
    await untilBegun(1);
    await room.commit("case_stalled", 2);
    for (let sequence = 1; sequence <= 5; sequence += 1) {
      await room.commit("case_quick", sequence);
      await untilBegun(1 + sequence);
    }
    expect(begun).toEqual(["case_stalled", ...Array(5).fill("case_quick")]);
    ends.shift()?.();
    await untilBegun(7);
    ends.shift()?.();
    await room.clock.idle();
    expect(begun.at(-1)).toBe("case_stalled");
    expect(room.clock.timers()).toEqual([]);
    mappings.stop();
  });
});

describe("a pipe", () => {
  const stream = pipeProperties.SourceParameters.DynamoDBStreamParameters;
  const reading = (changed: object) => ({
    SourceParameters: { DynamoDBStreamParameters: { ...stream, ...changed } },
  });
  it.each([
    ["reads from now on only", reading({ StartingPosition: "LATEST" }), "from the beginning"],
    ["takes more than its queue does", reading({ BatchSize: 11 }), "ten messages"],
    ["tries without an end", reading({ MaximumRetryAttempts: -1 }), "without an end"],
    ["lets a bad record take its batch along", reading({ OnPartialBatchItemFailure: undefined }), "along"],
    ["goes elsewhere", { Target: "arn:aws:lambda:eu-north-1:000000000000:function:f" }, "only queues"],
    ["reads elsewhere", { Source: "arn:aws:kinesis:eu-north-1:000000000000:stream/s" }, "a table's stream"],
    ["enriches", { Enrichment: "arn:aws:lambda:eu-north-1:000000000000:function:f" }, "Enrichment"],
  ])("that %s is refused by name", (_, changed, why) => {
    const read = () =>
      readPipes([{ arn: PIPE, ref: "errands", properties: { ...pipeProperties, ...changed } }]);
    expect(read).toThrow(`The pipe ${PIPE} can't be run`);
    expect(read).toThrow(why);
  });

  it("that is stopped is not run", () => {
    const properties = { ...pipeProperties, DesiredState: "STOPPED" };
    expect(readPipes([{ arn: PIPE, ref: "errands", properties }])).toEqual([]);
  });
});
