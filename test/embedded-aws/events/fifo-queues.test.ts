import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openQueues } from "../../../embedded-aws/events/queues.ts";
import { createSqs } from "../../../embedded-aws/events/sqs.ts";
import { clientSettings, hostService } from "../../support/one-service.ts";
import { IN_ORDER, LAST_IN_ORDER, LAST_RESORT, NOON, openRoom, QUEUE, type Room } from "./room.ts";

let room: Room;
beforeEach(() => {
  room = openRoom();
});
afterEach(() => room.close());

let numbered = 0;
const send = (groupId: string, body: string, deduplicationId = `d${numbered++}`) =>
  room.queues.send(IN_ORDER, body, {}, { groupId, deduplicationId });
const receive = (most = 10) => room.queues.receive(IN_ORDER, most);
const bodies = (most?: number) => receive(most).map(({ body }) => body);

describe("messages of one group", () => {
  it("come in the order they were sent, together with those of other groups", () => {
    for (const [group, body] of [
      ["a", "a1"],
      ["b", "b1"],
      ["a", "a2"],
    ] as const)
      send(group, body);
    expect(bodies()).toEqual(["a1", "b1", "a2"]);
  });

  it("wait while somebody has an earlier one; other groups' do not", () => {
    send("a", "a1");
    send("a", "a2");
    send("b", "b1");
    const [held] = receive(1);
    expect(held?.body).toBe("a1");
    expect(bodies()).toEqual(["b1"]);
    room.queues.remove(IN_ORDER, held?.receipt ?? "");
    expect(bodies()).toEqual(["a2"]);
  });

  it("begin again with the first when its time is over", async () => {
    send("a", "a1");
    send("a", "a2");
    receive(1);
    await room.clock.advanceTo(NOON + 60_000);
    expect(bodies()).toEqual(["a1", "a2"]);
  });

  it("go on when one that was received too often went to the queue behind", async () => {
    send("a", "poison");
    send("a", "a2");
    for (let time = 0; time < 2; time++) {
      receive(1);
      await room.clock.advanceTo(room.clock.now() + 60_000);
    }
    expect(bodies()).toEqual(["a2"]);
    expect(room.queues.receive(LAST_IN_ORDER, 1)).toMatchObject([{ body: "poison", fifo: { groupId: "a" } }]);
  });
});

describe("a message that is sent twice", () => {
  it("is taken once within five minutes, even after it was received and removed", async () => {
    const first = send("a", "once", "same");
    const [received] = receive();
    room.queues.remove(IN_ORDER, received?.receipt ?? "");
    await room.clock.advanceTo(NOON + 299_999);
    expect(send("a", "once", "same").id).toBe(first.id);
    expect(bodies()).toEqual([]);
    await room.clock.advanceTo(NOON + 300_000);
    send("a", "once", "same");
    expect(bodies()).toEqual(["once"]);
  });

  it("is taken once over a kill", () => {
    send("a", "once", "same");
    const { dataDir } = room;
    room.queues.close();
    room = openRoom({ dataDir });
    send("a", "once", "same");
    expect(bodies()).toEqual(["once"]);
  });
});

describe("what was in flight when a run ended", () => {
  it("is given back at once and has not been tried, in every group", () => {
    send("a", "a1");
    send("a", "a2");
    receive(1);
    room.queues.release(IN_ORDER);
    expect(receive()).toMatchObject([
      { body: "a1", receiveCount: 1 },
      { body: "a2", receiveCount: 1 },
    ]);
  });
});

describe("a FIFO queue, asked over its API,", () => {
  it("hands out group, deduplication id and a growing number", async () => {
    const host = await hostService(createSqs(room.queues));
    const client = new SQSClient(clientSettings(host.endpoint));
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: "in-order.fifo" }));
    for (const MessageDeduplicationId of ["x", "y"])
      await client.send(
        new SendMessageCommand({ QueueUrl, MessageBody: "m", MessageGroupId: "a", MessageDeduplicationId }),
      );
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ["All"],
      }),
    );
    expect(Messages.map(({ Attributes }) => Attributes)).toMatchObject([
      { MessageGroupId: "a", MessageDeduplicationId: "x" },
      { MessageGroupId: "a", MessageDeduplicationId: "y" },
    ]);
    const [first, second] = Messages.map(({ Attributes }) => Attributes?.["SequenceNumber"] ?? "");
    expect(first && second && first < second).toBe(true);
    await expect(
      client.send(new SendMessageCommand({ QueueUrl, MessageBody: "m", MessageDeduplicationId: "z" })),
    ).rejects.toMatchObject({ name: "MissingParameter" });
    client.destroy();
    await host.close();
  });

  it.each([
    ["a message without a group", {}, "must contain the parameter MessageGroupId"],
    ["a message it can't tell from others", { groupId: "a" }, "ContentBasedDeduplication"],
    ["a message that is to wait", { groupId: "a", deduplicationId: "d", delaySeconds: 1 }, "DelaySeconds"],
  ])("refuses %s", (_, options, why) => {
    expect(() => room.queues.send(IN_ORDER, "m", {}, options)).toThrow(why);
  });
});

describe("a template's queues", () => {
  it.each([
    ["a FIFO queue that gives up into a standard one", LAST_RESORT, { FifoQueue: true }],
    ["a standard queue that gives up into a FIFO one", LAST_IN_ORDER, {}],
  ])("are refused where %s", (_, deadLetterTargetArn, kind) => {
    const redrive = { RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 2 } };
    const queues = [
      { arn: QUEUE, properties: { ...kind, ...redrive } },
      { arn: LAST_RESORT, properties: {} },
      { arn: LAST_IN_ORDER, properties: { FifoQueue: true } },
    ];
    const open = () => openQueues({ dataDir: room.dataDir, clock: room.clock, queues });
    expect(open).toThrow("its dead-letter queue must be of the same kind");
  });
});

describe("a data folder of before there were FIFO queues", () => {
  it("keeps its dead letters, and takes groups from now on", () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "events-"));
    const old = new DatabaseSync(path.join(dataDir, "queues.sqlite"));
    old.exec(`CREATE TABLE message (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, queue TEXT NOT NULL,
      body TEXT NOT NULL, attributes TEXT NOT NULL, sentAt REAL NOT NULL, visibleAt REAL NOT NULL,
      receipt TEXT, firstReceivedAt REAL, receiveCount INTEGER NOT NULL DEFAULT 0) STRICT;
      INSERT INTO message (id, queue, body, attributes, sentAt, visibleAt)
        VALUES ('1', '${LAST_RESORT}', 'old', '{}', ${NOON}, ${NOON})`);
    old.close();
    room.close();
    room = openRoom({ dataDir });
    send("a", "new");
    expect(room.queues.receive(LAST_RESORT, 1)).toMatchObject([{ body: "old" }]);
    expect(bodies()).toEqual(["new"]);
  });
});
