import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { createS3 } from "../../../embedded-aws/s3/server.ts";
import { runS3 } from "./running-s3.ts";

const code = (error: unknown) => (error instanceof S3ServiceException ? error.name : String(error));
const codeOf = (work: Promise<unknown>) => work.then(() => "done", code);

test("a document comes back byte for byte, with its type, its metadata and a checksum the SDK verifies", async () => {
  const { client } = await runS3();
  const Body = Buffer.from("%PDF-1.7 æøå");
  const put = await client.send(
    new PutObjectCommand({
      Bucket: "incoming",
      Key: "uploads/a b/æøå+(1).pdf",
      Body,
      ContentType: "application/pdf",
      Metadata: { case: "A-2026-0117" },
    }),
  );
  const got = await client.send(new GetObjectCommand({ Bucket: "incoming", Key: "uploads/a b/æøå+(1).pdf" }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
  expect(got.ContentType).toBe("application/pdf");
  expect(got.Metadata).toEqual({ case: "A-2026-0117" });
  expect(got.VersionId).toBe(put.VersionId);
  expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
});

test("a stream of 25 MB arrives whole, wrapped in chunks with its checksum behind", async () => {
  const { client } = await runS3();
  const piece = Buffer.alloc(64 * 1024, 7);
  const Body = Readable.from(Array.from({ length: 400 }, () => piece));
  await client.send(
    new PutObjectCommand({ Bucket: "incoming", Key: "large", Body, ContentLength: 400 * piece.length }),
  );
  const head = await client.send(new HeadObjectCommand({ Bucket: "incoming", Key: "large" }));
  expect(head.ContentLength).toBe(26_214_400);
});

test("the newest version is the object; the older ones are kept and can be asked for", async () => {
  const { client } = await runS3();
  const put = (Body: string) => client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body }));
  const first = await put("one");
  await put("two");
  const read = async (VersionId?: string) =>
    (
      await client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k", VersionId }))
    ).Body?.transformToString();
  expect(await read()).toBe("two");
  expect(await read(first.VersionId)).toBe("one");
});

test("deleting leaves a marker, and the version is still there behind it", async () => {
  const { client, events } = await runS3();
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" }));
  const deleted = await client.send(new DeleteObjectCommand({ Bucket: "incoming", Key: "k" }));
  expect(deleted.DeleteMarker).toBe(true);
  await expect(client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k" }))).rejects.toThrow(
    NoSuchKey,
  );
  const behind = await client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k", VersionId }));
  expect(await behind.Body?.transformToString()).toBe("x");
  expect(events.at(-1)?.detail).toMatchObject({ "deletion-type": "Delete Marker Created" });
});

test("a write that must be the first is refused when somebody was before it", async () => {
  const { client } = await runS3();
  const put = () =>
    client.send(new PutObjectCommand({ Bucket: "archive", Key: "k", Body: "x", IfNoneMatch: "*" }));
  const outcomes = await Promise.all([codeOf(put()), codeOf(put()), codeOf(put())]);
  expect(outcomes.sort()).toEqual(["PreconditionFailed", "PreconditionFailed", "done"]);
});

test("part of a document can be read, and not beyond its end", async () => {
  const { client } = await runS3();
  await client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "0123456789" }));
  const read = (Range: string) => client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k", Range }));
  const middle = await read("bytes=2-4");
  expect(await middle.Body?.transformToString()).toBe("234");
  expect(middle.ContentRange).toBe("bytes 2-4/10");
  expect(await (await read("bytes=-3")).Body?.transformToString()).toBe("789");
  expect(await codeOf(read("bytes=10-"))).toBe("InvalidRange");
});

test("tags can be put on a version and read back", async () => {
  const { client } = await runS3();
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" }));
  const TagSet = [{ Key: "verdict", Value: "<none> & æ" }];
  await client.send(
    new PutObjectTaggingCommand({ Bucket: "incoming", Key: "k", VersionId, Tagging: { TagSet } }),
  );
  expect((await client.send(new GetObjectTaggingCommand({ Bucket: "incoming", Key: "k" }))).TagSet).toEqual(
    TagSet,
  );
});

test("what is archived under retention can't be deleted until its day, and nobody can shorten the lock", async () => {
  const { client, clock } = await runS3();
  const until = clock.now() + 24 * 3600_000;
  const { VersionId } = await client.send(
    new PutObjectCommand({
      Bucket: "archive",
      Key: "k",
      Body: "x",
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: new Date(until),
    }),
  );
  const remove = () =>
    codeOf(
      client.send(
        new DeleteObjectCommand({ Bucket: "archive", Key: "k", VersionId, BypassGovernanceRetention: true }),
      ),
    );
  expect(await remove()).toBe("AccessDenied");
  await clock.advanceTo(until + 1);
  expect(await remove()).toBe("done");
});

test("a bucket's own retention holds every version put into it", async () => {
  const locked = {
    name: "archive",
    properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } } },
    },
  };
  const { client } = await runS3({ buckets: [locked] });
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: "archive", Key: "k", Body: "x" }));
  const remove = (BypassGovernanceRetention?: boolean) =>
    codeOf(
      client.send(
        new DeleteObjectCommand({ Bucket: "archive", Key: "k", VersionId, BypassGovernanceRetention }),
      ),
    );
  expect(await remove()).toBe("AccessDenied");
  expect(await remove(true)).toBe("done");
});

test.each([
  ["a body that isn't what its sender added up", { "x-amz-checksum-crc32": "AAAAAA==" }, "BadDigest"],
  ["a body with another MD5", { "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" }, "BadDigest"],
])("%s is refused and nothing is stored", async (_, headers, expected) => {
  const { client } = await runS3();
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
      return next(args);
    },
    { step: "build", priority: "low" },
  );
  expect(await codeOf(client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" })))).toBe(
    expected,
  );
  expect(await codeOf(client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k" })))).toBe("NoSuchKey");
});

test("every call demands of the role what S3 demands", async () => {
  const { client, demanded } = await runS3();
  const { VersionId } = await client.send(
    new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x", Tagging: "a=1" }),
  );
  await client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k", VersionId }));
  await client.send(new GetObjectTaggingCommand({ Bucket: "incoming", Key: "k" }));
  expect(demanded).toEqual([
    "s3:PutObject arn:aws:s3:::incoming/k",
    "s3:PutObjectTagging arn:aws:s3:::incoming/k",
    "s3:GetObjectVersion arn:aws:s3:::incoming/k",
    "s3:GetObjectTagging arn:aws:s3:::incoming/k",
  ]);
});

test("a role without the grant is refused, and a missing key looks forbidden to whoever may not list", async () => {
  const { client } = await runS3({ authorise: (_, { action }) => action === "s3:GetObject" });
  expect(await codeOf(client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" })))).toBe(
    "AccessDenied",
  );
  expect(await codeOf(client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k" })))).toBe(
    "AccessDenied",
  );
});

test("nobody reads or writes without a signature, and an altered one is refused", async () => {
  const { client, origin } = await runS3();
  await client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" }));
  expect((await fetch(`${origin}/incoming/k`)).status).toBe(403);
  expect((await fetch(`${origin}/incoming/k`, { method: "PUT", body: "y" })).status).toBe(403);
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { path: string }).path = "/incoming/other";
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  expect(await codeOf(client.send(new GetObjectCommand({ Bucket: "incoming", Key: "k" })))).toBe(
    "SignatureDoesNotMatch",
  );
});

test("what this S3 doesn't run it says, instead of skipping it", async () => {
  const { client } = await runS3();
  expect(await codeOf(client.send(new CreateMultipartUploadCommand({ Bucket: "incoming", Key: "k" })))).toBe(
    "NotImplemented",
  );
  expect(await codeOf(client.send(new ListObjectsV2Command({ Bucket: "incoming" })))).toBe("NotImplemented");
  expect(
    await codeOf(
      client.send(new CopyObjectCommand({ Bucket: "archive", Key: "to", CopySource: "incoming/k" })),
    ),
  ).toBe("NotImplemented");
  expect(
    await codeOf(
      client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x", ACL: "public-read" })),
    ),
  ).toBe("NotImplemented");
});

test("everything is there after a restart", async () => {
  const { client, dataDir, clock } = await runS3();
  await client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" }));
  const events: unknown[] = [];
  const again = createS3({
    dataDir,
    clock,
    buckets: [{ name: "incoming", properties: {} }],
    publish: (event) => {
      events.push(event);
    },
    authorise: () => true,
  });
  await again.listen(0);
  expect(await again.redeliver({ key: "k", times: 2 })).toBe(true);
  expect(await again.redeliver({ key: "other", times: 2 })).toBe(false);
  expect(events).toHaveLength(2);
  await again.close();
});
