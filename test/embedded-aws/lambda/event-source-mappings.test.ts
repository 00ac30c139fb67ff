import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createEventSourceMappings,
  type EventSourceMappings,
} from "../../../embedded-aws/lambda/event-source-mappings.ts";
import type { InvokeResult } from "../../../embedded-aws/lambda/invoker.ts";
import {
  FUNCTION,
  IN_ORDER,
  LAST_IN_ORDER,
  LAST_RESORT,
  NOON,
  openRoom,
  QUEUE,
  type Room,
} from "../events/room.ts";

interface Event {
  Records: { messageId: string; body: string; attributes: Record<string, string>; eventSourceARN: string }[];
}

let room: Room;
let mappings: EventSourceMappings;
let runs: { bodies: string[]; event: Event; end(result: InvokeResult): void }[];
beforeEach(() => {
  room = openRoom();
  runs = [];
});
afterEach(() => {
  mappings.stop();
  room.close();
});

const done: InvokeResult = { ok: true, payload: { batchItemFailures: [] } };
const broken: InvokeResult = { ok: false, errorType: "Broken", errorMessage: "", payload: null };

/** A mapping to a function whose runs end when the test says so. */
function map(queueArn: string, properties: object = {}) {
  mappings = createEventSourceMappings({
    clock: room.clock,
    queues: room.queues,
    invoker: {
      invoke: (_, payload) =>
        new Promise((end) => {
          const event = payload as Event;
          runs.push({ bodies: event.Records.map(({ body }) => body), event, end });
        }),
      invokeAsync: () => {
        throw new Error("a mapping waits for the answer");
      },
    },
    mappings: [
      {
        logicalId: "Mapping",
        properties: {
          EventSourceArn: queueArn,
          FunctionName: FUNCTION,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
          ...properties,
        },
      },
    ],
  });
  mappings.resume();
}
let numbered = 0;
const sendTo = (groupId: string, body: string) =>
  room.queues.send(IN_ORDER, body, {}, { groupId, deduplicationId: `d${numbered++}` });
const bodiesOfRuns = () => runs.map(({ bodies }) => bodies);
/** Lets the clock take its turns until so many runs have begun; a test that asks for too many runs out of time. */
async function untilRuns(count: number) {
  while (runs.length < count) await new Promise((resolve) => setImmediate(resolve));
}
async function end(index: number, result: InvokeResult) {
  runs[index]?.end(result);
  await new Promise((resolve) => setImmediate(resolve));
}

describe("a message in a mapped queue", () => {
  it("reaches the function at once, as Lambda hands it on, and is gone when the run succeeded", async () => {
    map(QUEUE);
    const { id } = room.queues.send(QUEUE, '{"owner":"case_1"}');
    expect(runs[0]?.event.Records).toMatchObject([
      {
        messageId: id,
        body: '{"owner":"case_1"}',
        attributes: { ApproximateReceiveCount: "1" },
        eventSource: "aws:sqs",
        eventSourceARN: QUEUE,
        awsRegion: "eu-north-1",
      },
    ]);
    await end(0, done);
    await room.clock.idle();
    expect(room.queues.counts(QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(room.clock.timers()).toEqual([]);
  });

  it("that is held back is run when its time has come, by the moved clock", async () => {
    map(QUEUE);
    room.queues.send(QUEUE, "later", {}, { delaySeconds: 900 });
    expect(runs).toEqual([]);
    const moved = room.clock.advanceTo(NOON + 900_000);
    await untilRuns(1);
    expect(bodiesOfRuns()).toEqual([["later"]]);
    await end(0, done);
    await moved;
  });

  it("keeps the clock from being idle until its run has ended", async () => {
    map(QUEUE);
    room.queues.send(QUEUE, "m");
    let idle = false;
    const waiting = room.clock.idle().then(() => {
      idle = true;
    });
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(idle).toBe(false);
    await end(0, done);
    await waiting;
  });

  it("that waited before the system was up is run when it is", () => {
    room.queues.send(QUEUE, "early");
    map(QUEUE);
    expect(bodiesOfRuns()).toEqual([["early"]]);
  });

  it("whose run was cut off by a kill is run again at once", () => {
    room.queues.send(QUEUE, "again");
    room.queues.receive(QUEUE, 1);
    map(QUEUE);
    expect(runs[0]?.event.Records).toMatchObject([
      { body: "again", attributes: { ApproximateReceiveCount: "1" } },
    ]);
  });
});

describe("when a run fails", () => {
  it("its message shows again after the visibility time, and after too many tries lies in the queue behind", async () => {
    map(QUEUE);
    room.queues.send(QUEUE, "poison");
    await end(0, broken);
    const moved = room.clock.advanceTo(NOON + 60_000);
    await untilRuns(2);
    expect(bodiesOfRuns()).toEqual([["poison"], ["poison"]]);
    await end(1, broken);
    await moved;
    await room.clock.advanceTo(NOON + 120_000);
    expect(runs).toHaveLength(2);
    expect(room.queues.counts(LAST_RESORT)).toMatchObject({ visible: 1 });
  });

  it.each([
    [
      "only the messages it names",
      (ids: string[]) => ({ batchItemFailures: [{ itemIdentifier: ids[1] }] }),
      1,
    ],
    ["none where it names none", () => ({ batchItemFailures: [] }), 0],
    ["none where it says nothing", () => null, 0],
    ["all where it names one it was not given", () => ({ batchItemFailures: [{ itemIdentifier: "x" }] }), 2],
    ["all where its answer can't be read", () => ({ batchItemFailures: "1" }), 2],
  ])("of a batch it keeps %s", async (_, payload, kept) => {
    room.queues.send(QUEUE, "one");
    room.queues.send(QUEUE, "two");
    map(QUEUE);
    const ids = runs[0]?.event.Records.map(({ messageId }) => messageId) ?? [];
    expect(ids).toHaveLength(2);
    await end(0, { ok: true, payload: payload(ids) });
    await room.clock.idle();
    expect(room.queues.counts(QUEUE)).toMatchObject({ inFlight: kept });
  });

  it("the other messages of its group wait for it; a poisoned one goes behind and they go on", async () => {
    map(IN_ORDER, { BatchSize: 1 });
    sendTo("a", "poison");
    sendTo("a", "a2");
    await end(0, broken);
    const moved = room.clock.advanceTo(NOON + 60_000);
    await untilRuns(2);
    await end(1, broken);
    await moved;
    const again = room.clock.advanceTo(NOON + 120_000);
    await untilRuns(3);
    expect(bodiesOfRuns()).toEqual([["poison"], ["poison"], ["a2"]]);
    await end(2, done);
    await again;
    expect(room.queues.counts(LAST_IN_ORDER)).toMatchObject({ visible: 1 });
  });
});

describe("one owner's run that hangs", () => {
  it("holds up that owner's next errands, and nobody else's", async () => {
    map(IN_ORDER, { BatchSize: 1 });
    sendTo("stalled", "s1");
    sendTo("other", "o1");
    sendTo("stalled", "s2");
    sendTo("other", "o2");
    expect(bodiesOfRuns()).toEqual([["s1"], ["o1"]]);
    await end(1, done);
    expect(bodiesOfRuns()).toEqual([["s1"], ["o1"], ["o2"]]);
    await end(2, done);
    sendTo("third", "t1");
    expect(bodiesOfRuns().at(-1)).toEqual(["t1"]);
    await end(3, done);
    await end(0, done);
    expect(bodiesOfRuns().at(-1)).toEqual(["s2"]);
  });

  it("holds up nobody who waited beside it either, one message a run", async () => {
    sendTo("stalled", "s1");
    sendTo("other", "o1");
    map(IN_ORDER, { BatchSize: 1 });
    sendTo("other", "o2");
    await end(1, done);
    expect(bodiesOfRuns()).toEqual([["s1"], ["o1"], ["o2"]]);
  });

  it("would, in a batch: its neighbour's next errand waits until the whole batch is done", async () => {
    sendTo("stalled", "s1");
    sendTo("other", "o1");
    map(IN_ORDER, { BatchSize: 10 });
    sendTo("other", "o2");
    expect(bodiesOfRuns()).toEqual([["s1", "o1"]]);
    await end(0, done);
    expect(bodiesOfRuns().at(-1)).toEqual(["o2"]);
  });
});

describe("a mapping", () => {
  it("runs no more at once than it may", async () => {
    map(QUEUE, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    for (const body of ["1", "2", "3"]) room.queues.send(QUEUE, body);
    expect(bodiesOfRuns()).toEqual([["1"], ["2"]]);
    await end(0, done);
    expect(bodiesOfRuns()).toEqual([["1"], ["2"], ["3"]]);
  });

  it("touches nothing once it is stopped", async () => {
    map(QUEUE);
    room.queues.send(QUEUE, "m");
    mappings.stop();
    await end(0, done);
    expect(room.queues.counts(QUEUE)).toMatchObject({ inFlight: 1 });
  });

  it("that asks for what isn't run here is refused by name", () => {
    const filtered = { FilterCriteria: { Filters: [] } };
    expect(() => map(QUEUE, filtered)).toThrow("The event source mapping Mapping can't be run");
  });
});
