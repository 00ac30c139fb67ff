import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import { createDynamoDb, type LocalDynamoDb } from "../../../embedded-aws/dynamodb/service.ts";
import { openQueues, type Queues } from "../../../embedded-aws/events/queues.ts";
import { createPipes, type Pipes } from "../../../embedded-aws/pipes/pipes.ts";
import { clientSettings, hostService, type OneService } from "../../support/one-service.ts";

export const TABLE = "arn:aws:dynamodb:eu-north-1:000000000000:table/register";
export const OUTBOX = "arn:aws:sqs:eu-north-1:000000000000:outbox.fifo";
export const GIVEN_UP = "arn:aws:sqs:eu-north-1:000000000000:outbox-pipe";
export const PIPE = "arn:aws:pipes:eu-north-1:000000000000:pipe/errands";
export const NOON = Date.parse("2026-11-23T12:00:00Z");

export const pipeProperties = {
  RoleArn: "arn:aws:iam::000000000000:role/pipe",
  Source: `${TABLE}/stream/local`,
  SourceParameters: {
    FilterCriteria: {
      Filters: [
        { Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"OUTBOX#"}]}}}}' },
      ],
    },
    DynamoDBStreamParameters: {
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 10,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 3_600,
      ParallelizationFactor: 1,
      OnPartialBatchItemFailure: "AUTOMATIC_BISECT",
      DeadLetterConfig: { Arn: GIVEN_UP },
    },
  },
  Target: OUTBOX,
  TargetParameters: {
    SqsQueueParameters: {
      MessageGroupId: "$.dynamodb.NewImage.owner.S",
      MessageDeduplicationId: "$.eventID",
    },
    InputTemplate: '{"owner": <$.dynamodb.NewImage.owner.S>}',
  },
};

/** A table with a stream, a pipe from it, and the queue that it fills. */
export interface PipeRoom {
  clock: RunningClock;
  queues: Queues;
  pipes: Pipes;
  client: DynamoDBClient;
  /** Commits an errand, as the register does. */
  commit(owner: string, sequence: number): Promise<void>;
  close(): Promise<void>;
}

const tableProperties = {
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  StreamSpecification: { StreamViewType: "NEW_IMAGE" },
};

/**
 * @param around what a test puts between pipe and queues.
 * @param startMs when it is.
 */
export async function openPipeRoom(
  dataDir: string,
  around: (queues: Queues) => Pick<Queues, "send"> = (queues) => queues,
  startMs = NOON,
): Promise<PipeRoom> {
  const clock = startClock({ mode: "still", startMs });
  const dynamoDb: LocalDynamoDb = await createDynamoDb({
    dataDir,
    tables: [{ name: "register", arn: TABLE, properties: tableProperties }],
  });
  const behind = {
    deadLetterTargetArn: `${OUTBOX.slice(0, -".fifo".length)}-behind.fifo`,
    maxReceiveCount: 5,
  };
  const queues = openQueues({
    dataDir,
    clock,
    queues: [
      { arn: OUTBOX, properties: { FifoQueue: true, VisibilityTimeout: 720, RedrivePolicy: behind } },
      { arn: behind.deadLetterTargetArn, properties: { FifoQueue: true } },
      { arn: GIVEN_UP, properties: {} },
    ],
  });
  const pipes = createPipes({
    dataDir,
    clock,
    queues: around(queues),
    streams: dynamoDb.streams,
    pipes: [{ arn: PIPE, ref: "errands", properties: pipeProperties }],
  });
  dynamoDb.onWrite(() => pipes.look());
  pipes.resume();
  // What the pipe finds at its start is one thing, what it is told of afterwards another.
  await clock.idle();
  const host: OneService = await hostService(dynamoDb.service);
  const client = new DynamoDBClient(clientSettings(host.endpoint));
  return {
    clock,
    queues,
    pipes,
    client,
    async commit(owner, sequence) {
      const Item = {
        pk: { S: owner.replace("case_", "CASE#") },
        sk: { S: `OUTBOX#${String(sequence).padStart(8, "0")}` },
        owner: { S: owner },
      };
      await client.send(new PutItemCommand({ TableName: "register", Item }));
    },
    async close() {
      pipes.stop();
      client.destroy();
      await host.close();
      clock.stop();
      queues.close();
      await dynamoDb.stop();
    },
  };
}
