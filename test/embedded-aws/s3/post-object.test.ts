import { readdirSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { expect, test } from "vitest";
import { type RunningS3, runS3 } from "./running-s3.ts";

const LARGEST = 26_214_400;

async function form(running: RunningS3, options: Partial<PresignedPostOptions> = {}) {
  return createPresignedPost(running.client, {
    Bucket: "incoming",
    Key: "uploads/1",
    Conditions: [["content-length-range", 1, LARGEST]],
    Fields: { "Content-Type": "application/pdf" },
    Expires: 3600,
    ...options,
  });
}

/** As a browser sends it: the form's fields, then the file. */
async function send(
  { url, fields }: { url: string; fields: Record<string, string> },
  file: Blob | undefined = new Blob(["%PDF-1.7"]),
  extra: Record<string, string> = {},
) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...extra })) body.append(name, value);
  if (file !== undefined) body.append("file", file, "aftale æ.pdf");
  const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const code = (text: string) => /<Code>(.*)<\/Code>/.exec(text)?.[1];

test("a form with a signed policy puts its file in place and tells the bus", async () => {
  const running = await runS3();
  const post = await form(running);
  expect(post.url).toBe(`${running.origin}/incoming`);
  const answer = await send(post);
  expect(answer.status).toBe(204);
  const { client, events, demanded } = running;
  const got = await client.send(new GetObjectCommand({ Bucket: "incoming", Key: "uploads/1" }));
  expect(await got.Body?.transformToString()).toBe("%PDF-1.7");
  expect(got.ContentType).toBe("application/pdf");
  expect(answer.headers.get("x-amz-version-id")).toBe(got.VersionId);
  expect(events).toMatchObject([
    {
      source: "aws.s3",
      "detail-type": "Object Created",
      resources: ["arn:aws:s3:::incoming"],
      detail: {
        bucket: { name: "incoming" },
        object: {
          key: "uploads/1",
          size: 8,
          etag: got.ETag?.replaceAll('"', ""),
          "version-id": got.VersionId,
        },
        reason: "POST Object",
      },
    },
  ]);
  expect(demanded[0]).toBe("s3:PutObject arn:aws:s3:::incoming/uploads/1");
});

test("the policy says how a success is answered", async () => {
  const running = await runS3();
  const to = "http://127.0.0.1:3000/agreements/x?lang=en";
  const redirected = await send(await form(running, { Fields: { success_action_redirect: to } }));
  expect(redirected.status).toBe(303);
  const location = new URL(redirected.headers.get("location") ?? "");
  expect(location.origin + location.pathname).toBe("http://127.0.0.1:3000/agreements/x");
  expect(Object.fromEntries(location.searchParams)).toMatchObject({
    lang: "en",
    bucket: "incoming",
    key: "uploads/1",
  });
  expect(location.searchParams.get("etag")).toMatch(/^"[0-9a-f]{32}"$/);

  const created = await send(await form(running, { Fields: { success_action_status: "201" } }));
  expect(created.status).toBe(201);
  expect(created.text).toContain("<PostResponse><Location>");
  expect(created.text).toContain("<Key>uploads/1</Key>");
});

test.each([
  ["an empty file", 0, 400, "EntityTooSmall"],
  ["a file of one byte", 1, 204, undefined],
  ["a file of exactly 25 MB", LARGEST, 204, undefined],
  ["a file one byte larger", LARGEST + 1, 400, "EntityTooLarge"],
])("%s gets S3's own answer", async (_, size, status, expected) => {
  const running = await runS3();
  const answer = await send(await form(running), new Blob([new Uint8Array(size)]));
  expect(answer.status).toBe(status);
  expect(code(answer.text)).toBe(expected);
  if (expected !== undefined) {
    expect(answer.text).toContain(`<ProposedSize>${size}</ProposedSize>`);
    const read = running.client.send(new GetObjectCommand({ Bucket: "incoming", Key: "uploads/1" }));
    await expect(read).rejects.toThrow(NoSuchKey);
    expect(readdirSync(join(running.dataDir, "s3", "blobs"))).toEqual([]);
  }
});

test.each([
  ["another key", { key: "uploads/2" }, "AccessDenied", "Policy Condition failed"],
  ["another type", { "Content-Type": "text/html" }, "AccessDenied", "Policy Condition failed"],
  [
    "a field the policy doesn't know",
    { "x-amz-meta-a": "1" },
    "AccessDenied",
    "Extra input fields: x-amz-meta-a",
  ],
  ["another policy", { Policy: Buffer.from("{}").toString("base64") }, "SignatureDoesNotMatch", ""],
  ["another signature", { "X-Amz-Signature": "0".repeat(64) }, "SignatureDoesNotMatch", ""],
  ["somebody else's key", { "X-Amz-Credential": "AKIA/20261123/eu-north-1/s3/aws4_request" }, "", ""],
])("a form altered to send %s is refused", async (_, change, expected, says) => {
  const running = await runS3();
  const answer = await send(await form(running), undefined, change);
  expect(answer.status).toBe(403);
  expect(code(answer.text)).toContain(expected);
  expect(answer.text).toContain(says);
});

test("a field given twice is refused: only one of the two was held against the policy", async () => {
  const running = await runS3();
  const { url, fields } = await form(running);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("key", "uploads/other");
  body.append("file", new Blob(["x"]), "x.pdf");
  const answer = await fetch(url, { method: "POST", body });
  expect(answer.status).toBe(400);
});

test("a form without policy, without key or without file is refused with S3's reason", async () => {
  const running = await runS3();
  const { url, fields } = await form(running);
  expect((await send({ url, fields: {} })).status).toBe(403);
  const { key: _, ...keyless } = fields;
  expect((await send({ url, fields: keyless })).text).toContain(
    "must contain a field named &#39;key&#39;".replaceAll("&#39;", "'"),
  );
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const fileless = await fetch(url, { method: "POST", body });
  expect(await fileless.text()).toContain("exactly one file upload");
});

test("a policy is dead after its hour, by the local clock", async () => {
  const running = await runS3();
  const post = await form(running);
  await running.clock.advanceTo(running.clock.now() + 3600_000 + 1);
  const answer = await send(post);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("Policy expired");
});

test("a starts-with condition lets only such keys through, the file's own name among them", async () => {
  const running = await runS3();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder
  const post = await form(running, { Key: "uploads/${filename}" });
  expect((await send(post)).status).toBe(204);
  const head = await running.client.send(
    new HeadObjectCommand({ Bucket: "incoming", Key: "uploads/aftale æ.pdf" }),
  );
  expect(head.ContentLength).toBe(8);
  expect((await send(post, undefined, { key: "archive/1" })).status).toBe(403);
});

test("an upload that is cut off leaves nothing behind", async () => {
  const running = await runS3();
  const { url, fields } = await form(running);
  const boundary = "-----cut";
  const head = Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("");
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF`;
  const answer = await new Promise<number>((resolve, reject) => {
    const sending = request(url, {
      method: "POST",
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    });
    sending.on("response", (response) => resolve(response.statusCode ?? 0));
    sending.on("error", reject);
    sending.end(head + file);
  });
  expect(answer).toBe(400);
  expect(running.events).toEqual([]);
  expect(readdirSync(join(running.dataDir, "s3", "blobs"))).toEqual([]);
});

test("a browser on another origin may post as the template's rules say, and read the answer", async () => {
  const running = await runS3();
  const { url, fields } = await form(running);
  const preflight = await fetch(url, {
    method: "OPTIONS",
    headers: {
      origin: "null",
      "access-control-request-method": "POST",
      "access-control-request-headers": "X-A",
    },
  });
  expect(preflight.status).toBe(200);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toBe("x-a");
  const refused = await fetch(url, {
    method: "OPTIONS",
    headers: { origin: "http://x", "access-control-request-method": "DELETE" },
  });
  expect(refused.status).toBe(403);

  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", new Blob(["x"]), "x.pdf");
  const answer = await fetch(url, { method: "POST", body, headers: { origin: "null" } });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-expose-headers")).toBe("ETag");
});
