import { invalidArgument } from "./refusal.ts";
import { demand, type S3Answer, type S3Request, type S3Room } from "./request.ts";
import type { ObjectVersion } from "./store.ts";
import { xmlDocument } from "./xml.ts";

const LARGEST_PAGE = 1000;

interface Listing {
  prefix: string;
  delimiter: string;
  pageSize: number;
  encode(text: string): string;
  encodingType: string | undefined;
}

function listingOf(query: URLSearchParams): Listing {
  const pageSize = Number(query.get("max-keys") ?? LARGEST_PAGE);
  if (!Number.isInteger(pageSize) || pageSize < 0) {
    throw invalidArgument(
      "Argument maxKeys must be an integer between 0 and 2147483647",
      "maxKeys",
      String(pageSize),
    );
  }
  const encodingType = query.get("encoding-type") ?? undefined;
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    pageSize: Math.min(pageSize, LARGEST_PAGE),
    encodingType,
    encode:
      encodingType === "url" ? (text) => encodeURIComponent(text).replaceAll("%2F", "/") : (text) => text,
  };
}

/** The part of a key up to the first delimiter after the prefix, when it has one. */
function commonPrefix(key: string, { prefix, delimiter }: Listing): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** ListObjectsV2. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjects(request: S3Request, room: S3Room): S3Answer {
  const { bucket, query } = request;
  demand(room, request.accessKeyId, [{ action: "s3:ListBucket", resource: bucket.arn }]);
  const listing = listingOf(query);
  const token = query.get("continuation-token");
  const after =
    token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString("utf8");

  const contents: ObjectVersion[] = [];
  const prefixes = new Set<string>();
  let last = "";
  let truncated = false;
  let seen: string | undefined;
  for (const version of room.store.versions(bucket.name, listing.prefix)) {
    if (!version.key.startsWith(listing.prefix)) break;
    if (version.key === seen) continue;
    seen = version.key;
    const group = commonPrefix(version.key, listing);
    // After a common prefix the token names the prefix, and all of it has been listed.
    const behind = Buffer.compare(Buffer.from(group ?? version.key), Buffer.from(after)) <= 0;
    if (version.deleteMarker || (after !== "" && behind)) continue;
    if (group !== undefined && prefixes.has(group)) continue;
    if (contents.length + prefixes.size >= listing.pageSize) {
      truncated = true;
      break;
    }
    if (group === undefined) contents.push(version);
    else prefixes.add(group);
    last = group ?? version.key;
  }
  return xml(
    xmlDocument("ListBucketResult", {
      Name: bucket.name,
      Prefix: listing.encode(listing.prefix),
      Delimiter: listing.delimiter === "" ? undefined : listing.encode(listing.delimiter),
      MaxKeys: listing.pageSize,
      EncodingType: listing.encodingType,
      KeyCount: contents.length + prefixes.size,
      IsTruncated: truncated,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: truncated ? Buffer.from(last).toString("base64url") : undefined,
      Contents: contents.map((version) => ({
        Key: listing.encode(version.key),
        LastModified: new Date(version.lastModifiedMs).toISOString(),
        ETag: `"${version.etag}"`,
        Size: version.size,
        StorageClass: "STANDARD",
      })),
      CommonPrefixes: [...prefixes].map((prefix) => ({ Prefix: listing.encode(prefix) })),
    }),
  );
}

/** ListObjectVersions. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listVersions(request: S3Request, room: S3Room): S3Answer {
  const { bucket, query } = request;
  demand(room, request.accessKeyId, [{ action: "s3:ListBucketVersions", resource: bucket.arn }]);
  const listing = listingOf(query);
  const keyMarker = query.get("key-marker") ?? "";
  const versionMarker = query.get("version-id-marker") ?? "";
  const marked = versionMarker === "" ? undefined : room.store.version(bucket.name, keyMarker, versionMarker);

  const page: (ObjectVersion & { latest: boolean })[] = [];
  let truncated = false;
  let seen: string | undefined;
  for (const version of room.store.versions(bucket.name, listing.prefix)) {
    if (!version.key.startsWith(listing.prefix)) break;
    const latest = version.key !== seen;
    seen = version.key;
    const order = Buffer.compare(Buffer.from(version.key), Buffer.from(keyMarker));
    if (keyMarker !== "" && order < 0) continue;
    if (keyMarker !== "" && order === 0 && (marked === undefined || version.sequence >= marked.sequence))
      continue;
    if (page.length >= listing.pageSize) {
      truncated = true;
      break;
    }
    page.push({ ...version, latest });
  }
  const last = page.at(-1);
  const common = (version: ObjectVersion & { latest: boolean }) => ({
    Key: listing.encode(version.key),
    VersionId: version.versionId,
    IsLatest: version.latest,
    LastModified: new Date(version.lastModifiedMs).toISOString(),
  });
  return xml(
    xmlDocument("ListVersionsResult", {
      Name: bucket.name,
      Prefix: listing.encode(listing.prefix),
      MaxKeys: listing.pageSize,
      EncodingType: listing.encodingType,
      IsTruncated: truncated,
      NextKeyMarker: truncated && last !== undefined ? listing.encode(last.key) : undefined,
      NextVersionIdMarker: truncated ? last?.versionId : undefined,
      Version: page
        .filter((version) => !version.deleteMarker)
        .map((version) => ({
          ...common(version),
          ETag: `"${version.etag}"`,
          Size: version.size,
          StorageClass: "STANDARD",
        })),
      DeleteMarker: page.filter((version) => version.deleteMarker).map(common),
    }),
  );
}

const xml = (body: string): S3Answer => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body,
});
