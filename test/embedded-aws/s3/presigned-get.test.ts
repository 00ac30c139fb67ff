import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, test } from "vitest";
import { runS3 } from "./running-s3.ts";

async function presigned() {
  const running = await runS3();
  const { client, clock } = running;
  await client.send(new PutObjectCommand({ Bucket: "incoming", Key: "a/æ.pdf", Body: "%PDF" }));
  const url = await getSignedUrl(
    client,
    new GetObjectCommand({
      Bucket: "incoming",
      Key: "a/æ.pdf",
      ResponseContentType: "application/pdf",
      ResponseContentDisposition: `attachment; filename="aftale.pdf"; filename*=UTF-8''aftale%20%C3%A6.pdf`,
    }),
    { expiresIn: 60, signingDate: new Date(clock.now()) },
  );
  return { ...running, url };
}

test("a presigned address opens the document under the name it was given", async () => {
  const { url } = await presigned();
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-disposition")).toContain("aftale%20%C3%A6.pdf");
  expect(await answer.text()).toBe("%PDF");
});

test("a presigned address is dead a moment after its time, by the local clock", async () => {
  const { url, clock } = await presigned();
  await clock.advanceTo(clock.now() + 60_000 - 1000);
  expect((await fetch(url)).status).toBe(200);
  await clock.advanceTo(clock.now() + 2001);
  const answer = await fetch(url);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("Request has expired");
});

test.each([
  ["another document", (url: URL) => url.pathname.replace("a/", "b/"), undefined],
  ["a longer life", undefined, ["X-Amz-Expires", "604800"]],
  ["another name", undefined, ["response-content-disposition", "inline"]],
  ["another signature", undefined, ["X-Amz-Signature", "0".repeat(64)]],
  ["a stranger's key", undefined, ["X-Amz-Credential", "AKIASTRANGER/20261123/eu-north-1/s3/aws4_request"]],
] as const)("a presigned address altered to ask for %s is refused", async (_, path, parameter) => {
  const { url } = await presigned();
  const altered = new URL(url);
  if (path !== undefined) altered.pathname = path(altered);
  if (parameter !== undefined) altered.searchParams.set(parameter[0], parameter[1]);
  const answer = await fetch(altered);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toMatch(/SignatureDoesNotMatch|InvalidAccessKeyId/);
});

test("a presigned address opens nothing for whom its signer had no right", async () => {
  const running = await runS3({ authorise: (_, { action }) => action !== "s3:GetObject" });
  await running.client.send(new PutObjectCommand({ Bucket: "incoming", Key: "k", Body: "x" }));
  const url = await getSignedUrl(running.client, new GetObjectCommand({ Bucket: "incoming", Key: "k" }), {
    signingDate: new Date(running.clock.now()),
  });
  expect((await fetch(url)).status).toBe(403);
});
