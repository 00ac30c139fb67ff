import { buffer } from "node:stream/consumers";
import { XMLParser } from "fast-xml-parser";
import * as z from "zod";
import { objectEvent } from "./events.ts";
import { findVersion } from "./read.ts";
import { invalidArgument, S3Refusal } from "./refusal.ts";
import { demand, objectArn, type S3Answer, type S3Request, type S3Room } from "./request.ts";
import { xmlDocument } from "./xml.ts";

const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === "Tag" });
const tag = z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) });
const taggingDocument = z.object({
  Tagging: z.object({
    TagSet: z.object({ Tag: z.array(tag).max(10) }).or(z.literal("").transform(() => ({ Tag: [] }))),
  }),
});

/** The tags in an `x-amz-tagging` header, which is written like a query. */
export function parseTagHeader(header: string | undefined): Record<string, string> {
  if (header === undefined) return {};
  const pairs = [...new URLSearchParams(header)];
  if (pairs.length > 10 || new Set(pairs.map(([name]) => name)).size !== pairs.length) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      header,
    );
  }
  return Object.fromEntries(pairs);
}

/** The tags of a `<Tagging>` document. Throws S3Refusal MalformedXML. */
export function parseTagging(xml: string): Record<string, string> {
  let document: unknown;
  try {
    document = parser.parse(xml);
  } catch {
    throw malformed();
  }
  const parsed = taggingDocument.safeParse(document);
  if (!parsed.success) throw malformed();
  return Object.fromEntries(parsed.data.Tagging.TagSet.Tag.map(({ Key, Value }) => [Key, Value]));
}

export function getTagging(request: S3Request, room: S3Room): S3Answer {
  const versionId = request.query.get("versionId");
  demand(room, request.accessKeyId, [
    {
      action: versionId === null ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging",
      resource: objectArn(request.bucket, request.key),
    },
  ]);
  const version = findVersion(request, room, versionId);
  const tags = Object.entries(version.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    status: 200,
    headers: {
      "content-type": "application/xml",
      ...(request.bucket.versioned ? { "x-amz-version-id": version.versionId } : {}),
    },
    body: xmlDocument("Tagging", { TagSet: { Tag: tags } }),
  };
}

export async function putTagging(request: S3Request, room: S3Room): Promise<S3Answer> {
  const { bucket, key, accessKeyId } = request;
  const versionId = request.query.get("versionId");
  demand(room, accessKeyId, [
    {
      action: versionId === null ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging",
      resource: objectArn(bucket, key),
    },
  ]);
  const tags = parseTagging((await buffer(request.body)).toString("utf8"));
  const version = findVersion(request, room, versionId);
  const event = objectEvent(bucket, version, room.now(), { type: "Object Tags Added" });
  room.store.setTags(version, tags, bucket.eventBridge ? [{ kind: "event", body: event }] : []);
  room.tell();
  return { status: 200, headers: bucket.versioned ? { "x-amz-version-id": version.versionId } : {} };
}

const malformed = () =>
  new S3Refusal(
    400,
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
