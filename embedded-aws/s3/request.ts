import type { IncomingMessage } from "node:http";
import type { Demand } from "../gateway/service.ts";
import type { Bucket } from "./bucket.ts";
import { accessDenied, invalidArgument } from "./refusal.ts";
import type { ObjectStore } from "./store.ts";

/** A request to a bucket, its signature verified. */
export interface S3Request {
  method: string;
  bucket: Bucket;
  /** Decoded; empty when the request is about the bucket itself. */
  key: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: IncomingMessage;
  accessKeyId: string;
}

export interface S3Answer {
  status: number;
  headers: Record<string, string>;
  body?: string;
  /** Bytes of a stored object, both ends included; nothing when `end` is before `start`. */
  file?: { path: string; start: number; end: number };
}

/** What every operation works with. */
export interface S3Room {
  store: ObjectStore;
  buckets: ReadonlyMap<string, Bucket>;
  now(): number;
  /** Whether the role behind an access key may do this. */
  allows(accessKeyId: string, demand: Demand): boolean;
  /** Tells the outside world what was written to the store's pending list. */
  tell(): void;
}

export const objectArn = (bucket: Bucket, key: string) => `${bucket.arn}/${key}`;

/** Throws S3's 403 unless the caller's role allows all of it. */
export function demand(room: S3Room, accessKeyId: string, demands: readonly Demand[]): void {
  for (const { action, resource } of demands) {
    if (!room.allows(accessKeyId, { action, resource })) {
      throw accessDenied(
        `User: ${accessKeyId} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`,
      );
    }
  }
}

/** A header of ours whose value came from outside: S3 sends back only what Latin-1 can carry. */
export function headerValue(name: string, value: string): string {
  if (/[^\x20-\x7e\xa0-\xff]/.test(value)) {
    throw invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
  }
  return value;
}
