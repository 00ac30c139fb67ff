import type { ScanVerdict } from "../domain/agreement/case-file.ts";
import type { CaseId } from "../domain/owner.ts";

export interface UploadPolicy {
  url: string;
  fields: Readonly<Record<string, string>>;
}

export interface StoredObject {
  key: string;
  versionId: string;
  bytes: number;
}

/** Where the bytes are. Uploads are never rewritten. */
export interface DocumentStore {
  /** The one key a case's agreement is uploaded to. */
  uploadKey(caseId: CaseId): string;
  caseIdOf(key: string): CaseId | undefined;
  /** A policy for one upload, valid one hour: application/pdf, 1 to 26,214,400 bytes. */
  presignUpload(caseId: CaseId, answer: { redirectTo: string } | { status: 201 }): Promise<UploadPolicy>;
  /** Without a version: the newest. */
  head(key: string, versionId?: string): Promise<StoredObject | undefined>;
  read(key: string, versionId: string): Promise<AsyncIterable<Uint8Array>>;
  scanVerdict(key: string, versionId: string): Promise<ScanVerdict | undefined>;
  /** A link to read one version, valid for minutes, made on click. */
  presignDownload(
    location: { key: string; versionId: string; archived: boolean },
    fileName: string,
    inline: boolean,
  ): Promise<string>;
  putPageImage(caseId: CaseId, versionId: string, png: Uint8Array): Promise<string>;
  readPageImage(key: string): Promise<Uint8Array | undefined>;
  /** Copies an upload to the archive, once: a second call answers the first copy. */
  archive(
    from: { key: string; versionId: string },
    caseId: CaseId,
    sha256: string,
  ): Promise<{ key: string; versionId: string }>;
}
