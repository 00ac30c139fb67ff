import { createHash } from "node:crypto";
import * as z from "zod";
import type { Json, JsonObject } from "../template/json.ts";
import { localRegion } from "../template/physical-ids.ts";

/** A record as its readers get it, and where it stands. */
export interface StreamRecord {
  sequenceNumber: string;
  /** With `eventID`, `eventName`, `dynamodb` …, as EventBridge Pipes and Lambda hand it on. */
  event: JsonObject;
}

/** A table's stream: every change of an item, in the order of the commits. */
export interface TableStream {
  /** The ARN that the template gives. */
  arn: string;
  /** At most `most` records after that one; from the first where none is named. */
  readAfter(sequenceNumber: string | undefined, most: number): Promise<StreamRecord[]>;
}

export class StreamBroken extends Error {
  override readonly name = "StreamBroken";
}

const answers = {
  DescribeTable: z.object({ Table: z.object({ LatestStreamArn: z.string() }) }),
  DescribeStream: z.object({
    StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })).length(1) }),
  }),
  GetShardIterator: z.object({ ShardIterator: z.string() }),
  GetRecords: z.object({
    Records: z.array(z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })),
    NextShardIterator: z.string().optional(),
  }),
};

/** Reads the stream of one table at the database's own endpoint: it has one shard, and forgets nothing. */
export function openTableStream({
  endpoint,
  table,
  arn,
}: {
  endpoint: string;
  table: string;
  arn: string;
}): TableStream {
  let source: Promise<{ StreamArn: string; ShardId: string }> | undefined;
  /** The iterator that the last read left behind, good for whoever goes on from there. */
  let next: { after: string | undefined; iterator: string } | undefined;

  const findSource = async () => {
    const { Table } = await ask(endpoint, "DescribeTable", { TableName: table });
    const StreamArn = Table.LatestStreamArn;
    const { StreamDescription } = await ask(endpoint, "DescribeStream", { StreamArn });
    return { StreamArn, ShardId: StreamDescription.Shards[0]?.ShardId ?? "" };
  };
  const iteratorAfter = async (sequenceNumber: string | undefined) => {
    if (next && next.after === sequenceNumber) return next.iterator;
    source ??= findSource();
    const from =
      sequenceNumber === undefined
        ? { ShardIteratorType: "TRIM_HORIZON" }
        : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: sequenceNumber };
    return (await ask(endpoint, "GetShardIterator", { ...(await source), ...from })).ShardIterator;
  };

  return {
    arn,
    async readAfter(sequenceNumber, most) {
      const ShardIterator = await iteratorAfter(sequenceNumber);
      const { Records, NextShardIterator } = await ask(endpoint, "GetRecords", {
        ShardIterator,
        Limit: most,
      });
      const records = Records.map((record) => asRecord(record, arn));
      const after = records.at(-1)?.sequenceNumber ?? sequenceNumber;
      next = NextShardIterator === undefined ? undefined : { after, iterator: NextShardIterator };
      return records;
    },
  };
}

/** As AWS words it: an id that is unique everywhere, this region, and the stream that it comes from. */
function asRecord(record: z.infer<typeof answers.GetRecords>["Records"][number], arn: string): StreamRecord {
  const sequenceNumber = record.dynamodb.SequenceNumber;
  const eventID = createHash("md5").update(`${arn} ${sequenceNumber}`).digest("hex");
  const event = { ...record, eventID, awsRegion: localRegion, eventSourceARN: arn };
  return { sequenceNumber, event: z.record(z.string(), z.json()).parse(event) as { [key: string]: Json } };
}

const apis = {
  DescribeTable: "DynamoDB_20120810",
  DescribeStream: "DynamoDBStreams_20120810",
  GetShardIterator: "DynamoDBStreams_20120810",
  GetRecords: "DynamoDBStreams_20120810",
} as const;

async function ask<Operation extends keyof typeof answers>(
  endpoint: string,
  operation: Operation,
  input: unknown,
): Promise<z.infer<(typeof answers)[Operation]>> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `${apis[operation]}.${operation}`,
      "x-amz-date": "20260101T000000Z",
      // It looks for a signature and never at it.
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${localRegion}/dynamodb/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
    },
    body: JSON.stringify(input),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new StreamBroken(`${operation}: ${JSON.stringify(body)}`);
  return answers[operation].parse(body) as z.infer<(typeof answers)[Operation]>;
}
