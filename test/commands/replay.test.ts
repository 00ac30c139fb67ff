import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DeleteMessageCommand,
  ListDeadLetterSourceQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { replay, undeliveredFrom } from "../../commands/replay.ts";

const FUNCTION = "arn:aws:lambda:eu-north-1:000000000000:function:start-intake";
const EVENT = { "detail-type": "Object Created", detail: { object: { key: "uploads/case-1.pdf" } } };

const deadLetter: Message = {
  MessageId: "rule",
  ReceiptHandle: "receipt-rule",
  Body: JSON.stringify(EVENT),
  MessageAttributes: { TARGET_ARN: { DataType: "String", StringValue: FUNCTION } },
};
const givenUpOn: Message = {
  MessageId: "lambda",
  ReceiptHandle: "receipt-lambda",
  Body: JSON.stringify({
    requestContext: { functionArn: `${FUNCTION}:$LATEST`, condition: "RetriesExhausted" },
    requestPayload: { owner: "case-1" },
    responsePayload: { errorMessage: "broken" },
  }),
};
const unreadable: Message = { MessageId: "strange", ReceiptHandle: "receipt-strange", Body: "hello" };

const sqs = mockClient(SQSClient);
const lambda = mockClient(LambdaClient);
beforeEach(() => {
  sqs.reset();
  lambda.reset();
  sqs.on(ListDeadLetterSourceQueuesCommand).resolves({ queueUrls: [] });
});

const replayAll = (dryRun = false) =>
  replay({
    sqs: new SQSClient(),
    lambda: new LambdaClient(),
    queueUrl: "https://queue",
    dryRun,
    say: () => {},
  });
const holding = (...messages: Message[]) =>
  sqs.on(ReceiveMessageCommand).resolvesOnce({ Messages: messages }).resolves({});

describe("what was undelivered is read as it was left", () => {
  it.each([
    ["by a rule or a schedule", deadLetter, { functionArn: FUNCTION, payload: EVENT }],
    ["by a function that gave up", givenUpOn, { functionArn: FUNCTION, payload: { owner: "case-1" } }],
    ["by nobody we know", unreadable, undefined],
  ])("%s", (_, message, expected) => {
    expect(undeliveredFrom(message)).toEqual(expected);
  });
});

describe("replaying a queue", () => {
  it.each([
    ["in its group, under a new id", { MessageGroupId: "case_1" }, { MessageDeduplicationId: "owner" }],
    ["as it is, where there are no groups", undefined, {}],
  ])("sends what another queue gave up on back there, %s", async (_, Attributes, id) => {
    sqs.on(ListDeadLetterSourceQueuesCommand).resolves({ queueUrls: ["https://outbox"] });
    const Body = '{"owner":"case_1"}';
    holding({ MessageId: "owner", ReceiptHandle: "receipt-owner", Body, ...(Attributes && { Attributes }) });
    expect(await replayAll()).toEqual({ sent: 1, unreadable: [] });
    expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: "https://outbox", MessageBody: Body, ...Attributes, ...id },
    ]);
    expect(sqs.commandCalls(DeleteMessageCommand).map(({ args }) => args[0].input.ReceiptHandle)).toEqual([
      "receipt-owner",
    ]);
    expect(lambda.commandCalls(InvokeCommand)).toEqual([]);
  });

  it("sends each thing to its function, then takes it out of the queue", async () => {
    holding(deadLetter, givenUpOn);
    expect(await replayAll()).toEqual({ sent: 2, unreadable: [] });
    expect(lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input)).toEqual([
      { FunctionName: FUNCTION, InvocationType: "Event", Payload: JSON.stringify(EVENT) },
      { FunctionName: FUNCTION, InvocationType: "Event", Payload: '{"owner":"case-1"}' },
    ]);
    expect(sqs.commandCalls(DeleteMessageCommand)).toHaveLength(2);
  });

  it("keeps what Lambda did not accept", async () => {
    holding(deadLetter);
    lambda.on(InvokeCommand).rejects(new Error("unavailable"));
    await expect(replayAll()).rejects.toThrow("unavailable");
    expect(sqs.commandCalls(DeleteMessageCommand)).toHaveLength(0);
  });

  it("leaves what it cannot read, says so, and goes on with the rest", async () => {
    holding(unreadable, deadLetter);
    expect(await replayAll()).toEqual({ sent: 1, unreadable: ["strange"] });
  });

  it("sends and removes nothing in a dry run", async () => {
    holding(deadLetter);
    expect(await replayAll(true)).toEqual({ sent: 0, unreadable: [] });
    expect(lambda.calls()).toHaveLength(0);
    expect(sqs.commandCalls(DeleteMessageCommand)).toHaveLength(0);
  });

  it("ends, though a message that stays comes round again", async () => {
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [unreadable] });
    expect(await replayAll()).toEqual({ sent: 0, unreadable: ["strange"] });
  });
});
