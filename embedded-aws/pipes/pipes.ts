import type { LocalClock } from "../clock/clock.ts";
import type { StreamRecord, TableStream } from "../dynamodb/table-stream.ts";
import type { Queues } from "../events/queues.ts";
import { openCheckpoints } from "./checkpoints.ts";
import { type PipeDefinition, readPipes } from "./pipe-definition.ts";

export interface Pipes {
  /** Something was written: whatever the streams have is handed on. Costs one read a pipe; nothing polls. */
  look(): void;
  /** Goes on where an earlier run stopped; once, when every service is up. */
  resume(): void;
  stop(): void;
}

export interface PipesOptions {
  /** Where `pipes.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  queues: Pick<Queues, "send">;
  streams: readonly TableStream[];
  /** The template's AWS::Pipes::Pipe resources, resolved. */
  pipes: readonly { arn: string; ref: string; properties: unknown }[];
}

/** Records looked at in one read; most are no pipe's business. */
const readSize = 100;

/**
 * EventBridge Pipes from tables' streams to queues, at least once and in order: a record is in its queue before the
 * checkpoint passes it. What a kill between the two sends again, a FIFO queue takes for what it has.
 * Throws, naming the pipe, for what can't be run here.
 */
export function createPipes({ dataDir, clock, queues, streams, pipes }: PipesOptions): Pipes {
  const checkpoints = openCheckpoints(dataDir);
  let [resumed, stopped] = [false, false];

  const runners = readPipes(pipes).map((pipe) => {
    const stream = streams.find(({ arn }) => arn === pipe.streamArn);
    if (!stream) throw new Error(`The pipe ${pipe.arn} can't be run: there is no stream ${pipe.streamArn}`);
    let checkpoint = checkpoints.read(pipe.arn);
    let [wanted, busy] = [false, false];

    /** Until nothing has been written since the last read; records that came meanwhile are in the next one. */
    const run = async () => {
      while (wanted && !stopped) {
        wanted = false;
        const records = await stream.readAfter(checkpoint, readSize);
        if (stopped) return;
        const last = records.at(-1);
        if (!last) continue;
        handOn(pipe, records);
        checkpoint = last.sequenceNumber;
        checkpoints.write(pipe.arn, checkpoint);
        wanted ||= records.length === readSize;
      }
    };
    return () => {
      wanted = true;
      if (busy) return;
      busy = true;
      void clock.track(
        run().finally(() => {
          busy = false;
        }),
      );
    };
  });

  function handOn(pipe: PipeDefinition, records: readonly StreamRecord[]): void {
    for (const record of records.filter(({ event }) => pipe.isMeant(event))) {
      const failure = send(pipe, record);
      if (failure !== undefined) giveUp(pipe, record, failure);
    }
  }

  /** What can fail here is the record's own (no group, no owner): it fails each time, so the tries follow at once. */
  function send(pipe: PipeDefinition, { event }: StreamRecord): unknown {
    let failure: unknown;
    for (let attempt = 0; attempt <= pipe.retries; attempt += 1) {
      try {
        queues.send(
          pipe.queueArn,
          pipe.body(event),
          {},
          {
            ...(pipe.groupId && { groupId: pipe.groupId(event) }),
            ...(pipe.deduplicationId && { deduplicationId: pipe.deduplicationId(event) }),
          },
        );
        return undefined;
      } catch (error) {
        failure = error;
      }
    }
    return failure;
  }

  /** Where the record stands goes to the dead-letter queue, not the record: as EventBridge does it for streams. */
  function giveUp(pipe: PipeDefinition, { sequenceNumber }: StreamRecord, failure: unknown): void {
    console.error(`The pipe ${pipe.name} gave up on record ${sequenceNumber}: ${String(failure)}`);
    if (pipe.deadLetterArn === undefined) return;
    const record = {
      context: { partnerResourceArn: pipe.arn, condition: "RetryAttemptsExhausted" },
      version: "1.0",
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: "shardId-local",
        startSequenceNumber: sequenceNumber,
        endSequenceNumber: sequenceNumber,
        batchSize: 1,
        streamArn: pipe.streamArn,
      },
    };
    queues.send(pipe.deadLetterArn, JSON.stringify(record));
  }

  return {
    look() {
      if (resumed && !stopped) for (const run of runners) run();
    },
    resume() {
      resumed = true;
      for (const run of runners) run();
    },
    stop() {
      if (stopped) return;
      stopped = true;
      checkpoints.close();
    },
  };
}
