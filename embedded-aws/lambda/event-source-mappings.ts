import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import { md5, type Queues, type ReceivedMessage } from "../events/queues.ts";
import { localRegion } from "../template/physical-ids.ts";
import type { InvokeResult, LambdaInvoker } from "./invoker.ts";

export interface EventSourceMappings {
  /** Begins to empty the queues; what an earlier run had in flight is delivered again. Once, when all is up. */
  resume(): void;
  stop(): void;
}

export interface EventSourceMappingsOptions {
  clock: LocalClock;
  queues: Queues;
  invoker: LambdaInvoker;
  /** The template's AWS::Lambda::EventSourceMapping resources, resolved. */
  mappings: readonly { logicalId: string; properties: unknown }[];
}

const mappingProperties = z.strictObject({
  EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, "only queues are emptied here"),
  FunctionName: z.string(),
  BatchSize: z.int().min(1).max(10, "SQS hands out ten messages at a time").default(10),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  // Without a limit of its own Lambda begins with five runs at a time.
  ScalingConfig: z
    .strictObject({ MaximumConcurrency: z.int().min(2).max(1_000).default(5) })
    .default({ MaximumConcurrency: 5 }),
  Tags: z.unknown().optional(),
});

type Mapping = z.infer<typeof mappingProperties>;

/**
 * Lambda's pollers of queues, without the polling: a queue tells when there may be something, and one timer stands
 * where the next hidden message shows. A message is removed when its run succeeded; otherwise it shows again after
 * the queue's visibility time, until the queue gives up on it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function createEventSourceMappings(options: EventSourceMappingsOptions): EventSourceMappings {
  const { clock, queues, invoker } = options;
  let [resumed, stopped] = [false, false];

  const pollers = options.mappings.flatMap(({ logicalId, properties }) => {
    const mapping = readMapping(logicalId, properties);
    return mapping.Enabled ? [poller(mapping)] : [];
  });

  function poller(mapping: Mapping) {
    const { EventSourceArn: queueArn, FunctionName, BatchSize, ScalingConfig } = mapping;
    let running = 0;
    let timer: { dueMs: number; cancel(): void } | undefined;

    const look = () => {
      if (!resumed || stopped) return;
      while (running < ScalingConfig.MaximumConcurrency) {
        const batch = queues.receive(queueArn, BatchSize);
        if (batch.length === 0) break;
        running += 1;
        void clock.track(run(batch));
      }
      setTimer();
    };
    const run = async (batch: readonly ReceivedMessage[]) => {
      const result = await invoker.invoke(FunctionName, eventOf(batch, queueArn));
      running -= 1;
      if (stopped) return;
      const failed = failedOf(result, batch, mapping);
      for (const { id, receipt } of batch) if (!failed.has(id)) queues.remove(queueArn, receipt);
      look();
    };
    const setTimer = () => {
      const dueMs = queues.nextVisibleAt(queueArn);
      if (dueMs === timer?.dueMs) return;
      timer?.cancel();
      timer = undefined;
      if (dueMs === undefined) return;
      const { cancel } = clock.at(dueMs, `messages in ${queueArn.split(":").at(-1)}`, () => {
        timer = undefined;
        look();
      });
      timer = { dueMs, cancel };
    };

    queues.watch(queueArn, look);
    return {
      resume() {
        queues.release(queueArn);
        look();
      },
      stop: () => timer?.cancel(),
    };
  }

  return {
    resume() {
      resumed = true;
      for (const { resume } of pollers) resume();
    },
    stop() {
      stopped = true;
      for (const { stop } of pollers) stop();
    },
  };
}

function readMapping(logicalId: string, properties: unknown): Mapping {
  const read = mappingProperties.safeParse(properties);
  if (read.success) return read.data;
  throw new Error(`The event source mapping ${logicalId} can't be run: ${z.prettifyError(read.error)}`);
}

const partialAnswer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** The messages that are not done with. An answer that can't be read, or names what wasn't sent, fails them all. */
function failedOf(
  result: InvokeResult,
  batch: readonly ReceivedMessage[],
  { FunctionResponseTypes }: Mapping,
): ReadonlySet<string> {
  const all = new Set(batch.map(({ id }) => id));
  if (!result.ok) return all;
  if (!FunctionResponseTypes.includes("ReportBatchItemFailures")) return new Set();
  const answer = partialAnswer.safeParse(result.payload);
  if (!answer.success) return all;
  const named = (answer.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return named.every((id) => all.has(id)) ? new Set(named) : all;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function eventOf(batch: readonly ReceivedMessage[], queueArn: string) {
  return {
    Records: batch.map((message) => ({
      messageId: message.id,
      receiptHandle: message.receipt,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SentTimestamp: String(Math.floor(message.sentAt)),
        SenderId: "AIDALOCAL",
        ApproximateFirstReceiveTimestamp: String(Math.floor(message.firstReceivedAt)),
        ...(message.fifo && {
          MessageGroupId: message.fifo.groupId,
          MessageDeduplicationId: message.fifo.deduplicationId,
          SequenceNumber: message.fifo.sequenceNumber,
        }),
      },
      messageAttributes: Object.fromEntries(
        Object.entries(message.attributes).map(([name, stringValue]) => [
          name,
          { stringValue, stringListValues: [], binaryListValues: [], dataType: "String" },
        ]),
      ),
      md5OfBody: md5(message.body),
      eventSource: "aws:sqs",
      eventSourceARN: queueArn,
      awsRegion: localRegion,
    })),
  };
}
