import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import { openQueues, type Queues } from "../../../embedded-aws/events/queues.ts";
import type { LambdaInvoker } from "../../../embedded-aws/lambda/invoker.ts";

export const NOON = Date.parse("2026-11-23T12:00:00Z");
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const FUNCTION = "arn:aws:lambda:eu-north-1:000000000000:function:start-intake";
export const QUEUE = "arn:aws:sqs:eu-north-1:000000000000:undelivered";
export const LAST_RESORT = "arn:aws:sqs:eu-north-1:000000000000:last-resort";
export const IN_ORDER = "arn:aws:sqs:eu-north-1:000000000000:in-order.fifo";
export const LAST_IN_ORDER = "arn:aws:sqs:eu-north-1:000000000000:last-in-order.fifo";

/** A clock that stands still, a standard and a FIFO queue with one behind each, and a function that says what it was called with. */
export interface Room {
  dataDir: string;
  clock: RunningClock;
  queues: Queues;
  invoker: LambdaInvoker;
  calls: { name: string; payload: unknown; at: number }[];
  /** Makes every call fail from now on, as for a function that isn't there. */
  lock(): void;
  close(): void;
}

export function openRoom(options: { dataDir?: string; startMs?: number } = {}): Room {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "events-"));
  const clock = startClock({ mode: "still", startMs: options.startMs ?? NOON });
  const redrive = { deadLetterTargetArn: LAST_RESORT, maxReceiveCount: 2 };
  const redriveInOrder = { deadLetterTargetArn: LAST_IN_ORDER, maxReceiveCount: 2 };
  const queues = openQueues({
    dataDir,
    clock,
    queues: [
      { arn: QUEUE, properties: { VisibilityTimeout: 60, RedrivePolicy: redrive } },
      { arn: LAST_RESORT, properties: {} },
      {
        arn: IN_ORDER,
        properties: { FifoQueue: true, VisibilityTimeout: 60, RedrivePolicy: redriveInOrder },
      },
      { arn: LAST_IN_ORDER, properties: { FifoQueue: true } },
    ],
  });
  const calls: Room["calls"] = [];
  let locked = false;
  return {
    dataDir,
    clock,
    queues,
    calls,
    invoker: {
      invoke: () => Promise.reject(new Error("Events never wait for an answer")),
      invokeAsync(name, payload) {
        if (locked) throw new Error(`There is no function ${name}`);
        calls.push({ name, payload, at: clock.now() });
      },
    },
    lock() {
      locked = true;
    },
    close() {
      clock.stop();
      queues.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
