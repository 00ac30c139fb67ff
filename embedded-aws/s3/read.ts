import { accessDenied, noSuchKey, noSuchVersion, preconditionFailed, S3Refusal } from "./refusal.ts";
import { demand, headerValue, objectArn, type S3Answer, type S3Request, type S3Room } from "./request.ts";
import type { ObjectVersion } from "./store.ts";

/** Query parameter → header it replaces in the answer. */
const OVERRIDES = {
  "response-content-type": "content-type",
  "response-content-disposition": "content-disposition",
  "response-content-encoding": "content-encoding",
  "response-content-language": "content-language",
  "response-cache-control": "cache-control",
  "response-expires": "expires",
} as const;

/** GetObject and HeadObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function readObject(request: S3Request, room: S3Room): S3Answer {
  const versionId = request.query.get("versionId");
  demand(room, request.accessKeyId, [
    {
      action: versionId === null ? "s3:GetObject" : "s3:GetObjectVersion",
      resource: objectArn(request.bucket, request.key),
    },
  ]);
  const version = findVersion(request, room, versionId);
  const headers = objectHeaders(version, request);
  const unchanged = checkConditions(version, request.headers);
  if (unchanged) return { status: 304, headers: { etag: `"${version.etag}"` } };
  if (request.method === "HEAD" && request.headers["range"] === undefined) {
    return { status: 200, headers: { ...headers, "content-length": String(version.size) } };
  }
  const range = parseRange(request.headers["range"], version.size);
  const { start, end } = range ?? { start: 0, end: version.size - 1 };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      "content-length": String(end - start + 1),
      ...(range === undefined ? {} : { "content-range": `bytes ${start}-${end}/${version.size}` }),
    },
    file: { path: room.store.pathOf(version), start, end },
  };
}

/**
 * The version a request names, or the current one.
 * A missing key is 404 only to a caller who may list the bucket; to others S3 says 403.
 */
export function findVersion(request: S3Request, room: S3Room, versionId: string | null): ObjectVersion {
  const { bucket, key } = request;
  const found =
    versionId === null
      ? room.store.current(bucket.name, key)
      : room.store.version(bucket.name, key, versionId);
  if (found === undefined || (found.deleteMarker && versionId === null)) {
    const action = versionId === null ? "s3:ListBucket" : "s3:ListBucketVersions";
    if (!room.allows(request.accessKeyId, { action, resource: bucket.arn })) {
      throw accessDenied(
        `User: ${request.accessKeyId} is not authorized to perform: ${action} on resource: "${bucket.arn}" because no identity-based policy allows the ${action} action`,
      );
    }
    throw versionId === null ? noSuchKey(key) : noSuchVersion(key, versionId);
  }
  if (found.deleteMarker) {
    throw new S3Refusal(
      405,
      "MethodNotAllowed",
      "The specified method is not allowed against this resource.",
      {
        Method: request.method,
        ResourceType: "DeleteMarker",
      },
    );
  }
  return found;
}

function objectHeaders(version: ObjectVersion, request: S3Request): Record<string, string> {
  const { bucket } = request;
  const headers: Record<string, string> = {
    "content-type": version.contentType,
    ...version.headers,
    etag: `"${version.etag}"`,
    "last-modified": new Date(version.lastModifiedMs).toUTCString(),
    "accept-ranges": "bytes",
    "x-amz-server-side-encryption": bucket.kmsKeyArn === undefined ? "AES256" : "aws:kms",
  };
  if (bucket.versioned) headers["x-amz-version-id"] = version.versionId;
  const tagCount = Object.keys(version.tags).length;
  if (tagCount > 0) headers["x-amz-tagging-count"] = String(tagCount);
  if (version.retention !== undefined) {
    headers["x-amz-object-lock-mode"] = version.retention.mode;
    headers["x-amz-object-lock-retain-until-date"] = new Date(version.retention.untilMs).toISOString();
  }
  if (version.legalHold) headers["x-amz-object-lock-legal-hold"] = "ON";
  if (
    version.checksum !== undefined &&
    request.headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED" &&
    request.headers["range"] === undefined
  ) {
    headers[version.checksum.header] = version.checksum.value;
  }
  for (const [parameter, header] of Object.entries(OVERRIDES)) {
    const value = request.query.get(parameter);
    if (value !== null) headers[header] = headerValue(parameter, value);
  }
  return headers;
}

/** Throws 412 for a condition that fails; answers whether the caller's copy is still good (304). */
function checkConditions(version: ObjectVersion, headers: Record<string, string>): boolean {
  const ifMatch = headers["if-match"];
  if (ifMatch !== undefined && !namesEtag(ifMatch, version.etag)) throw preconditionFailed("If-Match");
  const ifUnmodified = headers["if-unmodified-since"];
  if (
    ifUnmodified !== undefined &&
    ifMatch === undefined &&
    wholeSecond(version) > Date.parse(ifUnmodified)
  ) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined) return namesEtag(ifNoneMatch, version.etag);
  const ifModified = headers["if-modified-since"];
  return ifModified !== undefined && wholeSecond(version) <= Date.parse(ifModified);
}

/** Whether a list of ETags, or `*`, names this one. */
export function namesEtag(list: string, etag: string): boolean {
  return list
    .split(",")
    .some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "").replace(/"/g, "") === etag);
}

const wholeSecond = (version: ObjectVersion) => Math.floor(version.lastModifiedMs / 1000) * 1000;

/**
 * One range of bytes (RFC 9110 §14); several, or what isn't understood, gets the whole object as S3 does.
 * @throws S3Refusal 416 for a range that begins after the end.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const parts = header === undefined ? null : /^bytes=(\d*)-(\d*)$/.exec(header);
  if (parts === null) return undefined;
  const [, first = "", last = ""] = parts;
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= size || (first === "" && last === "0")) {
    throw new S3Refusal(416, "InvalidRange", "The requested range is not satisfiable", {
      RangeRequested: header,
      ActualObjectSize: size,
    });
  }
  return { start, end };
}
