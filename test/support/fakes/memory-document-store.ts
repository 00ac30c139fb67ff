import { createHash } from "node:crypto";
import type { ScanVerdict } from "../../../shared/domain/agreement/case-file.ts";
import type { CaseId } from "../../../shared/domain/owner.ts";
import type { DocumentStore, StoredObject, UploadPolicy } from "../../../shared/ports/document-store.ts";

interface Version {
  versionId: string;
  bytes: Uint8Array;
  verdict?: ScanVerdict;
}

/** Uploads, page images and the archive in memory. */
export class MemoryDocumentStore implements DocumentStore {
  private readonly uploads = new Map<string, Version[]>();
  private readonly images = new Map<string, Uint8Array>();
  private readonly archived = new Map<string, { versionId: string; sha256: string; bytes: Uint8Array }>();
  private made = 0;

  /** What a browser does with the policy: a new version under the case's one key. */
  upload(caseId: CaseId, bytes: Uint8Array): { key: string; versionId: string } {
    const key = this.uploadKey(caseId);
    const versionId = this.newVersionId();
    this.uploads.set(key, [...(this.uploads.get(key) ?? []), { versionId, bytes }]);
    return { key, versionId };
  }

  /** What the malware scan does once it has looked. */
  tag(key: string, versionId: string, verdict: ScanVerdict): void {
    this.version(key, versionId).verdict = verdict;
  }

  uploadKey(caseId: CaseId): string {
    return `uploads/${caseId}.pdf`;
  }

  caseIdOf(key: string): CaseId | undefined {
    return /^uploads\/([A-Za-z0-9-]+)\.pdf$/.exec(key)?.[1] as CaseId | undefined;
  }

  async presignUpload(
    caseId: CaseId,
    answer: { redirectTo: string } | { status: 201 },
  ): Promise<UploadPolicy> {
    const field =
      "redirectTo" in answer
        ? { success_action_redirect: answer.redirectTo }
        : { success_action_status: "201" };
    return {
      url: "https://incoming.s3.example/",
      fields: { key: this.uploadKey(caseId), "Content-Type": "application/pdf", ...field },
    };
  }

  async head(key: string, versionId?: string): Promise<StoredObject | undefined> {
    const versions = this.uploads.get(key) ?? [];
    const found =
      versionId === undefined ? versions.at(-1) : versions.find((version) => version.versionId === versionId);
    return found && { key, versionId: found.versionId, bytes: found.bytes.length };
  }

  async read(key: string, versionId: string): Promise<AsyncIterable<Uint8Array>> {
    const { bytes } = this.version(key, versionId);
    return (async function* () {
      yield bytes;
    })();
  }

  async scanVerdict(key: string, versionId: string): Promise<ScanVerdict | undefined> {
    return this.version(key, versionId).verdict;
  }

  async presignDownload(
    location: { key: string; versionId: string; archived: boolean },
    fileName: string,
    inline: boolean,
  ): Promise<string> {
    const bucket = location.archived ? "archive" : "incoming";
    const query = new URLSearchParams({ versionId: location.versionId, fileName, inline: String(inline) });
    return `https://${bucket}.s3.example/${location.key}?${query}`;
  }

  async putPageImage(caseId: CaseId, versionId: string, png: Uint8Array): Promise<string> {
    const key = `pages/${caseId}/${versionId}.png`;
    this.images.set(key, png);
    return key;
  }

  async readPageImage(key: string): Promise<Uint8Array | undefined> {
    return this.images.get(key);
  }

  async archive(
    from: { key: string; versionId: string },
    caseId: CaseId,
    sha256: string,
  ): Promise<{ key: string; versionId: string }> {
    const { bytes } = this.version(from.key, from.versionId);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new Error("not the bytes that were approved");
    const key = `agreements/${caseId}.pdf`;
    const before = this.archived.get(key);
    if (before && before.sha256 !== sha256) throw new Error("archived otherwise");
    const versionId = before?.versionId ?? this.newVersionId();
    this.archived.set(key, { versionId, sha256, bytes });
    return { key, versionId };
  }

  private version(key: string, versionId: string): Version {
    const found = this.uploads.get(key)?.find((version) => version.versionId === versionId);
    if (!found) throw new Error(`no ${key} ${versionId}`);
    return found;
  }

  private newVersionId(): string {
    this.made += 1;
    return `version-${this.made}`;
  }
}
