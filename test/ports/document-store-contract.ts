import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ScanVerdict } from "../../shared/domain/agreement/case-file.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";

export interface DocumentWorld {
  store: DocumentStore;
  /** What a browser does with an upload policy. */
  upload(caseId: CaseId, bytes: Uint8Array): Promise<{ key: string; versionId: string }>;
  /** What the malware scan writes on a version. */
  tag(key: string, versionId: string, verdict: ScanVerdict): Promise<void>;
}

const caseId = "0c1ee6a4-case" as CaseId;
const bytesOf = (text: string) => Buffer.from(`%PDF-1.7 ${text}`);
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What every document store keeps: bytes are never rewritten, and the archive takes one agreement a case. */
export function documentStoreContract(kind: string, start: () => Promise<DocumentWorld>): void {
  describe(`The document store (${kind})`, () => {
    async function textOf(store: DocumentStore, at: { key: string; versionId: string }): Promise<string> {
      const chunks: Uint8Array[] = [];
      for await (const chunk of await store.read(at.key, at.versionId)) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    }

    it("knows a case by its upload's key, and no case by any other key", async () => {
      const { store } = await start();
      expect(store.caseIdOf(store.uploadKey(caseId))).toBe(caseId);
      for (const key of ["uploads/", "uploads/a/b.pdf", "pages/a/b.png", "uploads/../x.pdf", "uploads/a.png"])
        expect(store.caseIdOf(key)).toBeUndefined();
    });

    it("keeps every file that was sent, and names the newest", async () => {
      const { store, upload } = await start();
      const key = store.uploadKey(caseId);
      expect(await store.head(key)).toBeUndefined();
      const first = await upload(caseId, bytesOf("first"));
      const second = await upload(caseId, bytesOf("second one"));
      expect(await store.head(key)).toEqual({ ...second, bytes: bytesOf("second one").length });
      expect(await store.head(key, first.versionId)).toEqual({ ...first, bytes: bytesOf("first").length });
      expect(await textOf(store, first)).toBe(bytesOf("first").toString());
      expect(await textOf(store, second)).toBe(bytesOf("second one").toString());
    });

    it("has no malware verdict until the scan has written one, and keeps each version's apart", async () => {
      const { store, upload, tag } = await start();
      const first = await upload(caseId, bytesOf("first"));
      const second = await upload(caseId, bytesOf("second"));
      await tag(first.key, first.versionId, "THREATS_FOUND");
      expect(await store.scanVerdict(first.key, first.versionId)).toBe("THREATS_FOUND");
      expect(await store.scanVerdict(second.key, second.versionId)).toBeUndefined();
    });

    it("shows the page image that was drawn, and none where none was", async () => {
      const { store } = await start();
      const key = await store.putPageImage(caseId, "v1", Buffer.from("PNG"));
      expect(Buffer.from((await store.readPageImage(key)) ?? [])).toEqual(Buffer.from("PNG"));
      expect(await store.readPageImage("pages/nobody/v1.png")).toBeUndefined();
    });

    it("archives once: asked again, it names the first copy", async () => {
      const { store, upload } = await start();
      const bytes = bytesOf("signed");
      const from = await upload(caseId, bytes);
      const archived = await store.archive(from, caseId, sha256Of(bytes));
      expect(await store.archive(from, caseId, sha256Of(bytes))).toEqual(archived);
    });

    it("never archives other bytes than those that were approved", async () => {
      const { store, upload } = await start();
      const from = await upload(caseId, bytesOf("something else"));
      await expect(store.archive(from, caseId, sha256Of(bytesOf("approved")))).rejects.toThrow();
    });

    it("never puts a second agreement over the first", async () => {
      const { store, upload } = await start();
      const first = await upload(caseId, bytesOf("first"));
      const second = await upload(caseId, bytesOf("second"));
      await store.archive(first, caseId, sha256Of(bytesOf("first")));
      await expect(store.archive(second, caseId, sha256Of(bytesOf("second")))).rejects.toThrow();
    });
  });
}
