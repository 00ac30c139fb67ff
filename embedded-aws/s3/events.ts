import { randomUUID } from "node:crypto";
import type { Bucket } from "./bucket.ts";
import type { ObjectVersion } from "./store.ts";

/** An event as EventBridge carries it. */
export interface AwsEvent {
  version: "0";
  id: string;
  "detail-type": string;
  source: string;
  account: string;
  /** ISO 8601 in whole seconds, as AWS writes it. */
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** Wraps `detail` in EventBridge's envelope at the local clock's time. */
export function awsEvent(
  source: string,
  detailType: string,
  resources: string[],
  nowMs: number,
  detail: Record<string, unknown>,
): AwsEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": detailType,
    source,
    account: "000000000000",
    time: `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
    region: "eu-north-1",
    resources,
    detail,
  };
}

type Happening = {
  type: "Object Created" | "Object Deleted" | "Object Tags Added";
  reason?: string;
  deletionType?: string;
};

/**
 * What S3 tells EventBridge of an object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectEvent(
  bucket: Bucket,
  version: ObjectVersion,
  nowMs: number,
  happening: Happening,
): AwsEvent {
  return awsEvent("aws.s3", happening.type, [bucket.arn], nowMs, {
    version: "0",
    bucket: { name: bucket.name },
    object: {
      key: version.key,
      ...(happening.type === "Object Created" ? { size: version.size } : {}),
      ...(version.etag === "" ? {} : { etag: version.etag }),
      ...(bucket.versioned ? { "version-id": version.versionId } : {}),
      ...(happening.type === "Object Tags Added" ? {} : { sequencer: sequencer(version) }),
    },
    "request-id": version.versionId.slice(0, 16).toUpperCase(),
    requester: version.requester,
    "source-ip-address": "127.0.0.1",
    ...(happening.reason === undefined ? {} : { reason: happening.reason }),
    ...(happening.deletionType === undefined ? {} : { "deletion-type": happening.deletionType }),
  });
}

/** Hex of one length, so that events of a key can be put in order by comparing text. */
const sequencer = (version: ObjectVersion) => version.sequence.toString(16).toUpperCase().padStart(18, "0");
