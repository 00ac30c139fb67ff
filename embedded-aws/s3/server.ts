import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { LocalClock } from "../clock/clock.ts";
import { secretAccessKeyOf } from "../gateway/credentials.ts";
import type { Demand } from "../gateway/service.ts";
import { type Bucket, type BucketDefinition, bucketOf } from "./bucket.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { type AwsEvent, objectEvent } from "./events.ts";
import { type Scan, startNews } from "./news.ts";
import { postObject } from "./post-object.ts";
import { readObject } from "./read.ts";
import { notRunHere, S3Refusal } from "./refusal.ts";
import { demand, type S3Answer, type S3Request, type S3Room } from "./request.ts";
import { verifySignature } from "./signature.ts";
import { ObjectStore } from "./store.ts";
import { getTagging, putTagging } from "./tagging.ts";
import { deleteObject, putObject } from "./write.ts";

export interface S3Options {
  dataDir: string;
  clock: LocalClock;
  buckets: readonly BucketDefinition[];
  publish: (event: AwsEvent) => void | Promise<void>;
  /** Whether the role behind an access key may do this; the root key may do all. */
  authorise: (accessKeyId: string, demand: Demand) => boolean;
  /** Tests put other malware verdicts here. */
  scan?: Scan;
}

export interface LocalS3 {
  /** Listens on 127.0.0.1; 0 picks a free port. Resolves with the origin, and tells what a kill left untold. */
  listen(port: number): Promise<string>;
  /** Publishes an object's creation event again, `times` times. False when there is no such object. */
  redeliver(object: { bucket?: string; key: string; versionId?: string; times: number }): Promise<boolean>;
  /** Every object as it stands, oldest first. */
  objects(): StoredNow[];
  /** The bytes of one version of one of them. */
  bytesOf(versionId: string): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/** An object as it stands: its newest version. */
export interface StoredNow {
  bucket: string;
  key: string;
  versionId: string;
  size: number;
  contentType: string;
}

/** The embedded S3: path-style requests over HTTP on an origin of its own, as browsers see it on AWS. */
export function createS3(options: S3Options): LocalS3 {
  const { clock } = options;
  const buckets = new Map(options.buckets.map((definition) => [definition.name, bucketOf(definition)]));
  const store = new ObjectStore(options.dataDir);
  const news = startNews({
    store,
    buckets,
    clock,
    publish: options.publish,
    ...(options.scan === undefined ? {} : { scan: options.scan }),
  });
  const room: S3Room = { store, buckets, now: () => clock.now(), allows: options.authorise, tell: news.tell };
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, room);
  });

  return {
    listen: async (port) => {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      news.tell();
      const address = server.address();
      return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`;
    },
    redeliver: async ({ bucket: wanted, key, versionId, times }) => {
      for (const bucket of buckets.values()) {
        if (wanted !== undefined && wanted !== bucket.name) continue;
        const version =
          versionId === undefined
            ? store.current(bucket.name, key)
            : store.version(bucket.name, key, versionId);
        if (version === undefined || version.deleteMarker) continue;
        const created = { type: "Object Created", reason: version.reason } as const;
        const event = objectEvent(bucket, version, version.lastModifiedMs, created);
        for (let time = 0; time < times; time += 1) await options.publish(event);
        return true;
      }
      return false;
    },
    objects: () =>
      store.everyCurrent().map(({ bucket, key, versionId, size, contentType }) => ({
        bucket,
        key,
        versionId,
        size,
        contentType,
      })),
    bytesOf: async (versionId) => {
      const found = store.everyCurrent().find((version) => version.versionId === versionId);
      return found && readFile(store.pathOf(found));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      await news.stop();
      store.close();
    },
  };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, room: S3Room): Promise<void> {
  const requestId = randomBytes(8).toString("hex").toUpperCase();
  const [rawPath = "/", rawQuery = ""] = (incoming.url ?? "/").split("?");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : (value ?? ""),
    ]),
  );
  const method = incoming.method ?? "GET";
  let bucket: Bucket | undefined;
  let answer: S3Answer;
  try {
    const [name = "", ...rest] = rawPath.slice(1).split("/").map(decoded);
    bucket = room.buckets.get(name);
    const request = {
      method,
      key: rest.join("/"),
      query: new URLSearchParams(rawQuery),
      headers,
      body: incoming,
    };
    answer = await answerTo(request, rawPath, bucket, room);
  } catch (error) {
    answer = refused(error, rawPath, requestId);
  }
  // A body nobody read must be taken all the same, or the browser never reads the answer.
  if (!incoming.readableEnded) incoming.resume();
  const cors =
    bucket === undefined || method === "OPTIONS" ? {} : corsHeaders(bucket, headers["origin"], method);
  await send(outgoing, method, {
    ...answer,
    // The SDK takes our Date for AWS's and would correct its own clock by it, away from the local one.
    headers: {
      date: new Date(room.now()).toUTCString(),
      "x-amz-request-id": requestId,
      ...cors,
      ...answer.headers,
    },
  });
}

async function answerTo(
  request: Omit<S3Request, "accessKeyId" | "bucket">,
  rawPath: string,
  bucket: Bucket | undefined,
  room: S3Room,
): Promise<S3Answer> {
  if (bucket === undefined) {
    if (rawPath === "/") throw notRunHere("ListBuckets");
    throw new S3Refusal(404, "NoSuchBucket", "The specified bucket does not exist");
  }
  if (request.method === "OPTIONS")
    return { status: 200, headers: preflightHeaders(bucket, request.headers) };
  if (request.method === "POST" && request.key === "" && request.query.size === 0) {
    return postObject({ ...request, bucket }, room, secretAccessKeyOf);
  }
  const accessKeyId = verifySignature({ ...request, rawPath }, secretAccessKeyOf, room.now());
  return operationOf(request)({ ...request, bucket, accessKeyId }, room);
}

type Operation = (request: S3Request, room: S3Room) => S3Answer | Promise<S3Answer>;

/** Parameters that choose no operation of their own. */
const PLAIN_PARAMETERS = /^(x-id|versionId|response-.+|X-Amz-.+|x-amz-.+)$/;

function operationOf({ method, key, query }: Omit<S3Request, "accessKeyId" | "bucket">): Operation {
  const resource = [...query.keys()].find((name) => !PLAIN_PARAMETERS.test(name)) ?? "";
  const name = `${method} ${key === "" ? "bucket" : "object"}${resource === "" ? "" : `?${resource}`}`;
  const operation = OPERATIONS[name];
  if (operation === undefined) throw notRunHere(name);
  return operation;
}

const OPERATIONS: Record<string, Operation | undefined> = {
  "GET object": readObject,
  "HEAD object": readObject,
  "PUT object": putObject,
  "DELETE object": deleteObject,
  "GET object?tagging": getTagging,
  "PUT object?tagging": putTagging,
  "HEAD bucket": (request, room) => {
    demand(room, request.accessKeyId, [{ action: "s3:ListBucket", resource: request.bucket.arn }]);
    return { status: 200, headers: { "x-amz-bucket-region": "eu-north-1" } };
  },
};

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new S3Refusal(400, "InvalidURI", "Couldn't parse the specified URI.");
  }
}

function refused(error: unknown, resource: string, requestId: string): S3Answer {
  const refusal =
    error instanceof S3Refusal
      ? error
      : new S3Refusal(500, "InternalError", "We encountered an internal error. Please try again.");
  if (refusal !== error && !isAborted(error)) console.error("The embedded S3 failed:", error);
  return {
    status: refusal.status,
    headers: { "content-type": "application/xml" },
    body: refusal.toXml(resource, requestId),
  };
}

const isAborted = (error: unknown) =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "ERR_STREAM_PREMATURE_CLOSE" || error.code === "ECONNRESET");

async function send(outgoing: ServerResponse, method: string, answer: S3Answer): Promise<void> {
  outgoing.writeHead(answer.status, answer.headers);
  const { file } = answer;
  if (method === "HEAD" || answer.status === 304) outgoing.end();
  else if (file === undefined || file.end < file.start) outgoing.end(answer.body);
  else {
    // The reader may leave in the middle; that is its right.
    await pipeline(createReadStream(file.path, { start: file.start, end: file.end }), outgoing).catch(
      () => {},
    );
  }
}
