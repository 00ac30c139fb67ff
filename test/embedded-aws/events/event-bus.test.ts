import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEventBus } from "../../../embedded-aws/events/event-bus.ts";
import { FUNCTION, openRoom, QUEUE, type Room } from "./room.ts";

const RULE = "arn:aws:events:eu-north-1:000000000000:rule/uploads";
const CREATED = {
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: { bucket: { name: "incoming" }, object: { key: "uploads/a.pdf" } },
};

let room: Room;
beforeEach(() => {
  room = openRoom();
});
afterEach(() => room.close());

const target = (more: Record<string, unknown> = {}) => ({ Arn: FUNCTION, Id: "Target0", ...more });
function busWith(properties: Record<string, unknown>) {
  const { clock, invoker, queues } = room;
  const rule = { EventPattern: { source: ["aws.s3"] }, State: "ENABLED", Targets: [target()], ...properties };
  return createEventBus({ clock, invoker, queues, rules: [{ arn: RULE, properties: rule }] });
}

describe("an event", () => {
  it("reaches the function of each rule it matches, in EventBridge's envelope", () => {
    busWith({}).put(CREATED);
    expect(room.calls).toEqual([
      {
        name: FUNCTION,
        at: expect.any(Number),
        payload: {
          ...CREATED,
          version: "0",
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          account: "000000000000",
          region: "eu-north-1",
          time: "2026-11-23T12:00:00Z",
          resources: [],
        },
      },
    ]);
  });

  it("keeps the envelope it came with, so that a second delivery is told as the same", () => {
    const bus = busWith({});
    const event = {
      ...CREATED,
      id: "one",
      time: "2026-01-01T00:00:00Z",
      resources: ["arn:aws:s3:::incoming"],
    };
    bus.put(event);
    bus.put(event);
    expect(room.calls.map(({ payload }) => payload)).toEqual([
      expect.objectContaining(event),
      expect.objectContaining(event),
    ]);
  });

  it.each([
    ["that another rule means", { EventPattern: { source: ["aws.ses"] } }],
    ["of a rule that is switched off", { State: "DISABLED" }],
  ])("reaches nobody: one %s", (_, properties) => {
    busWith(properties).put(CREATED);
    expect(room.calls).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ["a constant", { Input: '{"owner":"all"}' }, { owner: "all" }],
    ["a part", { InputPath: "$.detail.object" }, { key: "uploads/a.pdf" }],
    [
      "a template",
      {
        InputTransformer: {
          InputPathsMap: { key: "$.detail.object.key", bucket: "$.detail.bucket" },
          InputTemplate: '{"text":"got <key>","bucket":<bucket>,"rule":"<aws.events.rule-arn>"}',
        },
      },
      { text: "got uploads/a.pdf", bucket: { name: "incoming" }, rule: RULE },
    ],
  ])("hands on %s where the rule says so", (_, input, payload) => {
    busWith({ Targets: [target(input)] }).put(CREATED);
    expect(room.calls.map((call) => call.payload)).toEqual([payload]);
  });

  it("goes into a queue that is a target", () => {
    busWith({ Targets: [target({ Arn: QUEUE })] }).put(CREATED);
    const [message] = room.queues.receive(QUEUE, 1);
    expect(JSON.parse(message?.body ?? "")).toMatchObject(CREATED);
  });

  it("that can't be delivered lies in the dead-letter queue with the reason", () => {
    const bus = busWith({ Targets: [target({ DeadLetterConfig: { Arn: QUEUE } })] });
    room.lock();
    bus.put(CREATED);
    const [message] = room.queues.receive(QUEUE, 1);
    expect(JSON.parse(message?.body ?? "")).toMatchObject(CREATED);
    expect(message?.attributes).toEqual({
      RULE_ARN: RULE,
      TARGET_ARN: FUNCTION,
      ERROR_CODE: "INVOCATION_FAILED",
      ERROR_MESSAGE: expect.stringContaining("There is no function"),
    });
  });

  it("that can't be delivered and has no such queue is the sender's to know", () => {
    const bus = busWith({});
    room.lock();
    expect(() => bus.put(CREATED)).toThrow("There is no function");
  });
});

describe("a rule stops the start", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["with an operator that isn't known", { EventPattern: { source: [{ cidr: "10.0.0.0/8" }] } }, "cidr"],
    [
      "with a target that isn't reached",
      { Targets: [target({ Arn: "arn:aws:sns:eu-north-1:0:topic" })] },
      "only functions and queues",
    ],
    ["with a property that isn't known", { Targets: [target({ HttpParameters: {} })] }, "HttpParameters"],
    ["on a bus of its own", { EventBusName: "mine" }, "EventBusName"],
  ])("%s", (_, properties, message) => {
    expect(() => busWith(properties)).toThrow(message);
    expect(() => busWith(properties)).toThrow(RULE);
  });
});
