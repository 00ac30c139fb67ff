import { PutObjectTaggingCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { S3DocumentStore } from "../../shared/adapters/aws/document-store.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import { runS3 } from "../embedded-aws/s3/running-s3.ts";
import { MemoryDocumentStore } from "../support/fakes/memory-document-store.ts";
import { type DocumentWorld, documentStoreContract } from "./document-store-contract.ts";

async function inMemory(): Promise<DocumentWorld> {
  const store = new MemoryDocumentStore();
  return {
    store,
    upload: async (caseId, bytes) => store.upload(caseId, bytes),
    tag: async (key, versionId, verdict) => store.tag(key, versionId, verdict),
  };
}

async function inS3() {
  const { client, origin } = await runS3();
  const store = new S3DocumentStore({ client, incomingBucket: "incoming", archiveBucket: "archive" });
  const post = async (caseId: CaseId, bytes: Uint8Array, change: Record<string, string> = {}) => {
    const { url, fields } = await store.presignUpload(caseId, { status: 201 });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
    form.append("file", new Blob([Uint8Array.from(bytes)]), "aftale.pdf");
    return fetch(url, { method: "POST", body: form });
  };
  return { client, origin, store, post };
}

async function worldInS3(): Promise<DocumentWorld> {
  const { client, store, post } = await inS3();
  return {
    store,
    upload: async (caseId, bytes) => {
      const response = await post(caseId, bytes);
      expect(response.status).toBe(201);
      const stored = await store.head(store.uploadKey(caseId));
      if (!stored) throw new Error("nothing was stored");
      return { key: stored.key, versionId: stored.versionId };
    },
    tag: async (Key, VersionId, verdict) => {
      const TagSet = [{ Key: "GuardDutyMalwareScanStatus", Value: verdict }];
      await client.send(
        new PutObjectTaggingCommand({ Bucket: "incoming", Key, VersionId, Tagging: { TagSet } }),
      );
    },
  };
}

documentStoreContract("in memory", inMemory);
documentStoreContract("S3", worldInS3);

describe("An upload policy", () => {
  const caseId = "case-1" as CaseId;
  const pdf = Buffer.from("%PDF-1.7");

  it.each([
    { what: "an empty file", bytes: 0 },
    { what: "a file of 25 MB and one byte", bytes: 26_214_401 },
  ])("lets S3 itself refuse $what", async ({ bytes }) => {
    const { post, store } = await inS3();
    expect((await post(caseId, Buffer.alloc(bytes, 32))).status).toBe(400);
    expect(await store.head(store.uploadKey(caseId))).toBeUndefined();
  });

  it.each([
    { field: "key", value: "uploads/another-case.pdf" },
    { field: "Content-Type", value: "text/html" },
    { field: "success_action_status", value: "200" },
    { field: "x-amz-meta-extra", value: "1" },
  ])("lets S3 itself refuse another $field than the one signed", async ({ field, value }) => {
    const { post } = await inS3();
    expect((await post(caseId, pdf, { [field]: value })).status).toBe(403);
  });

  it("takes a file of 25 MB", async () => {
    const { post } = await inS3();
    expect((await post(caseId, Buffer.alloc(26_214_400, 32))).status).toBe(201);
  });

  it("sends the plain page's browser back to where it says", async () => {
    const { store } = await inS3();
    const { fields } = await store.presignUpload(caseId, { redirectTo: "https://os2.example/agreements/k" });
    expect(fields["success_action_redirect"]).toBe("https://os2.example/agreements/k");
    expect(fields["success_action_status"]).toBeUndefined();
  });
});

describe("A download link", () => {
  it("opens one version under a name of any letters, for five minutes", async () => {
    const { post, store } = await inS3();
    const caseId = "case-1" as CaseId;
    await post(caseId, Buffer.from("%PDF first"));
    const first = await store.head(store.uploadKey(caseId));
    if (!first) throw new Error("nothing was stored");
    await post(caseId, Buffer.from("%PDF second"));
    const link = await store.presignDownload(
      { ...first, archived: false },
      'Aftale – Ærø "x"\r\n.pdf',
      false,
    );
    expect(new URL(link).searchParams.get("X-Amz-Expires")).toBe("300");
    const response = await fetch(link);
    expect(await response.text()).toBe("%PDF first");
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="Aftale _ _r_ _x___.pdf"; filename*=UTF-8''Aftale%20%E2%80%93%20%C3%86r%C3%B8%20%22x%22__.pdf`,
    );
  });
});
