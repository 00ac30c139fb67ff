import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSqs } from "../../../embedded-aws/events/sqs.ts";
import { clientSettings, hostService, type OneService } from "../../support/one-service.ts";
import { LAST_RESORT, NOON, openRoom, QUEUE, type Room } from "./room.ts";

let room: Room;
let host: OneService;
let client: SQSClient;
let QueueUrl: string;
beforeEach(async () => {
  room = openRoom();
  host = await hostService(createSqs(room.queues));
  client = new SQSClient(clientSettings(host.endpoint));
  QueueUrl = (await client.send(new GetQueueUrlCommand({ QueueName: "undelivered" }))).QueueUrl ?? "";
});
afterEach(async () => {
  client.destroy();
  await host.close();
  room.close();
});

const receive = async () =>
  (
    await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    )
  ).Messages ?? [];
const counted = async () =>
  (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes;

describe("a message", () => {
  it("is received as it was sent, and gone once it is deleted", async () => {
    const MessageAttributes = { TARGET_ARN: { DataType: "String", StringValue: "arn:x" } };
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "æøå", MessageAttributes }));
    const [message] = await receive();
    expect(message).toMatchObject({
      Body: "æøå",
      MessageAttributes,
      Attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(NOON) },
    });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await room.clock.advanceTo(NOON + 3_600_000);
    expect(await receive()).toEqual([]);
  });

  it("is hidden while somebody has it, and comes back when that takes too long", async () => {
    room.queues.send(QUEUE, "once");
    const [first] = await receive();
    expect(await receive()).toEqual([]);
    expect(await counted()).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "1",
    });
    await room.clock.advanceTo(NOON + 60_000);
    const [second] = await receive();
    expect(second).toMatchObject({
      MessageId: first?.MessageId,
      Attributes: { ApproximateReceiveCount: "2" },
    });
    // The first receipt no longer holds.
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    expect(await counted()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
  });

  it("that is held back shows when its time has come, and counts as delayed until then", async () => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "later", DelaySeconds: 900 }));
    expect(await receive()).toEqual([]);
    expect(await counted()).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      ApproximateNumberOfMessagesDelayed: "1",
    });
    expect(room.queues.nextVisibleAt(QUEUE)).toBe(NOON + 900_000);
    await room.clock.advanceTo(NOON + 900_000);
    expect(await receive()).toMatchObject([{ Body: "later" }]);
  });

  it("may be given back at once", async () => {
    room.queues.send(QUEUE, "back");
    const [message] = await receive();
    const back = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(back));
    expect(await receive()).toHaveLength(1);
  });

  it("that was received too often goes to the queue behind", async () => {
    room.queues.send(QUEUE, "poison");
    for (let time = 0; time < 3; time++) {
      await receive();
      await room.clock.advanceTo(room.clock.now() + 60_000);
    }
    expect(room.queues.receive(LAST_RESORT, 1)).toMatchObject([{ body: "poison" }]);
    expect(room.queues.counts(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("outlives a kill", () => {
    room.queues.send(QUEUE, "kept", { a: "b" });
    const { dataDir } = room;
    room.queues.close();
    room = openRoom({ dataDir });
    expect(room.queues.receive(QUEUE, 1)).toMatchObject([{ body: "kept", attributes: { a: "b" } }]);
  });
});

describe("queues", () => {
  it("are listed and emptied", async () => {
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: "und" }));
    expect(QueueUrls).toEqual([QueueUrl]);
    room.queues.send(QUEUE, "away");
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await counted()).toMatchObject({ ApproximateNumberOfMessages: "0", QueueArn: QUEUE });
  });

  it("that aren't there are said not to be", async () => {
    await expect(client.send(new GetQueueUrlCommand({ QueueName: "none" }))).rejects.toMatchObject({
      name: "QueueDoesNotExist",
    });
  });

  it("say which queues give up into them", async () => {
    const { QueueUrl: behind } = await client.send(new GetQueueUrlCommand({ QueueName: "last-resort" }));
    const { queueUrls } = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: behind }));
    expect(queueUrls).toEqual([QueueUrl]);
  });

  it("need the right to the one that is named", async () => {
    await counted();
    expect(host.demanded.at(-1)).toEqual({ action: "sqs:GetQueueAttributes", resource: QUEUE });
  });

  it("say so when asked for something they don't have", async () => {
    const batch = new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "1", MessageBody: "a" }] });
    await expect(client.send(batch)).rejects.toThrow("The local SQS has no SendMessageBatch");
  });
});
