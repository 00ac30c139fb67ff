import type { Demand } from "../gateway/service.ts";
import type { Bucket } from "./bucket.ts";
import { objectEvent } from "./events.ts";
import { isScanned } from "./malware-scan.ts";
import { namesEtag } from "./read.ts";
import { type Received, receiveBody } from "./receive.ts";
import {
  accessDenied,
  invalidArgument,
  noSuchVersion,
  notRunHere,
  preconditionFailed,
  S3Refusal,
} from "./refusal.ts";
import { demand, headerValue, objectArn, type S3Answer, type S3Request, type S3Room } from "./request.ts";
import type { NewPending, ObjectAttributes, ObjectVersion } from "./store.ts";
import { parseTagHeader } from "./tagging.ts";

/** Headers of a write that stay with the object and come back with it. */
const KEPT_HEADERS = ["content-disposition", "content-language", "cache-control", "expires"];

/** x-amz headers of a write that are understood, or that mean nothing on one machine. */
const KNOWN_HEADERS =
  /^x-amz-(content-sha256|date|security-token|user-agent|trailer|decoded-content-length|sdk-checksum-algorithm|checksum-.+|meta-.+|tagging|object-lock-(mode|retain-until-date|legal-hold)|server-side-encryption(-aws-kms-key-id)?|bypass-governance-retention|expected-bucket-owner)$/;

/** What a write keeps of its headers, whether they came as headers or as fields of a form. */
export function attributesOf(
  bucket: Bucket,
  headers: Record<string, string>,
  nowMs: number,
): Omit<ObjectAttributes, "requester" | "reason"> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (KEPT_HEADERS.includes(name) || name.startsWith("x-amz-meta-")) kept[name] = headerValue(name, value);
  }
  const encoding = (headers["content-encoding"] ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== "aws-chunked");
  if (encoding.length > 0) kept["content-encoding"] = headerValue("content-encoding", encoding.join(", "));
  const retention = retentionOf(bucket, headers, nowMs);
  return {
    contentType: headerValue("content-type", headers["content-type"] ?? "binary/octet-stream"),
    headers: kept,
    tags: parseTagHeader(headers["x-amz-tagging"]),
    legalHold: headers["x-amz-object-lock-legal-hold"] === "ON",
    ...(retention === undefined ? {} : { retention }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
function retentionOf(
  bucket: Bucket,
  headers: Record<string, string>,
  nowMs: number,
): ObjectAttributes["retention"] {
  const mode = headers["x-amz-object-lock-mode"];
  const until = headers["x-amz-object-lock-retain-until-date"];
  const hold = headers["x-amz-object-lock-legal-hold"];
  if ((mode ?? until ?? hold) !== undefined && !bucket.objectLock) {
    throw new S3Refusal(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
  }
  if ((mode === undefined) !== (until === undefined)) {
    throw invalidArgument(
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
    );
  }
  if (mode === undefined || until === undefined) {
    const byDefault = bucket.defaultRetention;
    return byDefault && { mode: byDefault.mode, untilMs: nowMs + byDefault.days * 24 * 3600_000 };
  }
  if (mode !== "COMPLIANCE" && mode !== "GOVERNANCE") throw invalidArgument("Unknown wormMode directive.");
  const untilMs = Date.parse(until);
  if (!(untilMs > nowMs)) throw invalidArgument("The retain until date must be in the future!");
  return { mode, untilMs };
}

/** What a write demands besides s3:PutObject, by the headers it carries. */
export function writeDemands(bucket: Bucket, key: string, headers: Record<string, string>): Demand[] {
  const resource = objectArn(bucket, key);
  return [
    { action: "s3:PutObject", resource },
    ...(headers["x-amz-tagging"] === undefined ? [] : [{ action: "s3:PutObjectTagging", resource }]),
    ...(headers["x-amz-object-lock-mode"] === undefined
      ? []
      : [{ action: "s3:PutObjectRetention", resource }]),
    ...(headers["x-amz-object-lock-legal-hold"] === undefined
      ? []
      : [{ action: "s3:PutObjectLegalHold", resource }]),
  ];
}

/** Makes a received file an object, and notes in the same transaction what has to be told about it. */
export function keepObject(
  room: S3Room,
  bucket: Bucket,
  key: string,
  received: Received,
  attributes: ObjectAttributes,
  file: string,
  headers: Record<string, string> = {},
): ObjectVersion {
  if (Buffer.byteLength(key) > 1024) {
    room.store.discard(file);
    throw new S3Refusal(400, "KeyTooLongError", "Your key is too long", {
      Size: Buffer.byteLength(key),
      MaxSizeAllowed: 1024,
    });
  }
  const version = room.store.put(
    {
      bucket: bucket.name,
      key,
      size: received.size,
      etag: received.etag,
      lastModifiedMs: room.now(),
      ...attributes,
      ...(received.checksum === undefined ? {} : { checksum: received.checksum }),
    },
    file,
    bucket.versioned,
    (current) => admitWrite(current, headers),
    (written) => creationNews(room, bucket, written),
  );
  room.tell();
  return version;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function admitWrite(current: ObjectVersion | undefined, headers: Record<string, string>): void {
  const there = current !== undefined && !current.deleteMarker ? current : undefined;
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*")
    throw notRunHere("If-None-Match other than * on a write");
  if (ifNoneMatch === "*" && there !== undefined) throw preconditionFailed("If-None-Match");
  const ifMatch = headers["if-match"];
  if (ifMatch !== undefined && (there === undefined || !namesEtag(ifMatch, there.etag))) {
    throw preconditionFailed("If-Match");
  }
}

function creationNews(room: S3Room, bucket: Bucket, version: ObjectVersion): NewPending[] {
  const { key, versionId } = version;
  return [
    ...(bucket.eventBridge
      ? [
          {
            kind: "event" as const,
            body: objectEvent(bucket, version, room.now(), {
              type: "Object Created",
              reason: version.reason,
            }),
          },
        ]
      : []),
    ...(isScanned(bucket, key)
      ? [{ kind: "scan" as const, body: { bucket: bucket.name, key, versionId } }]
      : []),
  ];
}

/** PutObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject(request: S3Request, room: S3Room): Promise<S3Answer> {
  const { bucket, key, headers, accessKeyId } = request;
  refuseUnknownHeaders(headers);
  demand(room, accessKeyId, writeDemands(bucket, key, headers));
  const attributes = {
    ...attributesOf(bucket, headers, room.now()),
    requester: accessKeyId,
    reason: "PutObject",
  };
  admitWrite(room.store.current(bucket.name, key), headers);
  const file = room.store.temporaryFile();
  let received: Received;
  try {
    received = await receiveBody(request.body, headers, file);
  } catch (error) {
    room.store.discard(file);
    throw error;
  }
  const version = keepObject(room, bucket, key, received, attributes, file, headers);
  return { status: 200, headers: writtenHeaders(bucket, version) };
}

export function writtenHeaders(bucket: Bucket, version: ObjectVersion): Record<string, string> {
  return {
    etag: `"${version.etag}"`,
    "x-amz-server-side-encryption": bucket.kmsKeyArn === undefined ? "AES256" : "aws:kms",
    ...(bucket.versioned ? { "x-amz-version-id": version.versionId } : {}),
    ...(version.checksum === undefined ? {} : { [version.checksum.header]: version.checksum.value }),
  };
}

function refuseUnknownHeaders(headers: Record<string, string>): void {
  const unknown = Object.keys(headers).find((name) => name.startsWith("x-amz-") && !KNOWN_HEADERS.test(name));
  if (unknown !== undefined) throw notRunHere(`The header ${unknown}`);
}

/** DeleteObject: a marker, or one version for good unless Object Lock forbids it. */
export function deleteObject(request: S3Request, room: S3Room): S3Answer {
  const { bucket, key, accessKeyId } = request;
  const versionId = request.query.get("versionId");
  const resource = objectArn(bucket, key);
  demand(room, accessKeyId, [
    { action: versionId === null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", resource },
  ]);
  const news = (version: ObjectVersion, deletionType: string): NewPending[] =>
    bucket.eventBridge
      ? [
          {
            kind: "event",
            body: objectEvent(bucket, version, room.now(), {
              type: "Object Deleted",
              reason: "DeleteObject",
              deletionType,
            }),
          },
        ]
      : [];

  if (versionId === null) {
    const marker = room.store.markDeleted(
      bucket.name,
      key,
      bucket.versioned,
      room.now(),
      accessKeyId,
      (version) => news(version, bucket.versioned ? "Delete Marker Created" : "Permanently Deleted"),
    );
    room.tell();
    return {
      status: 204,
      headers: bucket.versioned
        ? { "x-amz-version-id": marker.versionId, "x-amz-delete-marker": "true" }
        : {},
    };
  }
  const version = room.store.version(bucket.name, key, versionId);
  if (version === undefined) throw noSuchVersion(key, versionId);
  refuseLocked(version, request, room);
  room.store.removeVersion(version, news(version, "Permanently Deleted"));
  room.tell();
  return {
    status: 204,
    headers: {
      "x-amz-version-id": versionId,
      ...(version.deleteMarker ? { "x-amz-delete-marker": "true" } : {}),
    },
  };
}

function refuseLocked(version: ObjectVersion, request: S3Request, room: S3Room): void {
  const { retention, legalHold } = version;
  const retained = retention !== undefined && retention.untilMs > room.now();
  const mayBypass =
    retention?.mode === "GOVERNANCE" &&
    request.headers["x-amz-bypass-governance-retention"] === "true" &&
    room.allows(request.accessKeyId, {
      action: "s3:BypassGovernanceRetention",
      resource: objectArn(request.bucket, request.key),
    });
  if (legalHold || (retained && !mayBypass)) {
    throw accessDenied("Access Denied because object protected by object lock.");
  }
}
