import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { type ScanVerdict, scanVerdicts } from "../../domain/agreement/case-file.ts";
import type { CaseId } from "../../domain/owner.ts";
import type { DocumentStore, StoredObject, UploadPolicy } from "../../ports/document-store.ts";
import { contentDisposition } from "./content-disposition.ts";
import { provision } from "./lambda/provide.ts";
import { clientOf, isFailure, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/s3.ts");

/** Bytes; the contract's bound on an agreement. */
const LARGEST_UPLOAD = 26_214_400;
const UPLOAD_SECONDS = 60 * 60;
/** Long enough for a slow line to begin the download, short enough to be worthless in a log. */
const DOWNLOAD_SECONDS = 5 * 60;
const PDF = "application/pdf";

/** https://docs.aws.amazon.com/guardduty/latest/ug/monitoring-malware-protection-s3-scans-gdu.html */
const SCAN_TAG = "GuardDutyMalwareScanStatus";

export interface DocumentStoreOptions {
  client: LoadedClient<S3Client>;
  incomingBucket: string;
  /** Only for functions that read or write the archive. */
  archiveBucket?: string;
}

/** A function was asked for the archive and isn't wired to it. */
export class NoArchiveHere extends Error {
  override readonly name = "NoArchiveHere";
}

/** The bytes to archive are not the bytes that were approved. */
export class NotWhatWasApproved extends Error {
  override readonly name = "NotWhatWasApproved";
}

/** Something else lies in the archive under this case. */
export class ArchivedOtherwise extends Error {
  override readonly name = "ArchivedOtherwise";
}

/** Uploads and page images in the incoming bucket, agreements that stand in the archive. */
export class S3DocumentStore implements DocumentStore {
  private readonly client: LoadedClient<S3Client>;
  private readonly incoming: string;
  private readonly archiveBucket: string | undefined;

  constructor(options: DocumentStoreOptions) {
    this.client = options.client;
    this.incoming = options.incomingBucket;
    this.archiveBucket = options.archiveBucket;
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
    const answerField =
      "redirectTo" in answer
        ? { success_action_redirect: answer.redirectTo }
        : { success_action_status: String(answer.status) };
    const { createPresignedPost } = await import("./sdk/s3-upload-policy.ts");
    // Every field becomes an exact condition of the policy; the key is given apart so that it does too.
    return createPresignedPost(await clientOf(this.client), {
      Bucket: this.incoming,
      Key: this.uploadKey(caseId),
      Expires: UPLOAD_SECONDS,
      Fields: { "Content-Type": PDF, ...answerField },
      Conditions: [["content-length-range", 1, LARGEST_UPLOAD]],
    });
  }

  async head(key: string, versionId?: string): Promise<StoredObject | undefined> {
    const { HeadObjectCommand } = await sdk();
    const client = await clientOf(this.client);
    try {
      const found = await client.send(
        new HeadObjectCommand({
          Bucket: this.incoming,
          Key: key,
          ...(versionId !== undefined && { VersionId: versionId }),
        }),
      );
      return { key, versionId: found.VersionId ?? "null", bytes: found.ContentLength ?? 0 };
    } catch (error) {
      if (isFailure(error, "NotFound")) return undefined;
      throw error;
    }
  }

  async read(key: string, versionId: string): Promise<AsyncIterable<Uint8Array>> {
    const { GetObjectCommand, NoSuchKey } = await sdk();
    const { Body } = await (await clientOf(this.client)).send(
      new GetObjectCommand({ Bucket: this.incoming, Key: key, VersionId: versionId }),
    );
    if (!Body) throw new NoSuchKey({ message: `${key} came without a body`, $metadata: {} });
    // The stream type is for browsers as well; in Node it is a Readable.
    return Body as AsyncIterable<Uint8Array>;
  }

  async scanVerdict(key: string, versionId: string): Promise<ScanVerdict | undefined> {
    const { GetObjectTaggingCommand } = await sdk();
    const { TagSet } = await (await clientOf(this.client)).send(
      new GetObjectTaggingCommand({ Bucket: this.incoming, Key: key, VersionId: versionId }),
    );
    const value = TagSet?.find(({ Key }) => Key === SCAN_TAG)?.Value;
    if (value === undefined) return undefined;
    // A verdict nobody has heard of is none to rely on.
    return scanVerdicts.find((verdict) => verdict === value) ?? "FAILED";
  }

  async presignDownload(
    location: { key: string; versionId: string; archived: boolean },
    fileName: string,
    inline: boolean,
  ): Promise<string> {
    const { GetObjectCommand } = await sdk();
    const { getSignedUrl } = await import("./sdk/s3-signed-url.ts");
    const command = new GetObjectCommand({
      Bucket: location.archived ? this.archiveName() : this.incoming,
      Key: location.key,
      VersionId: location.versionId,
      ResponseContentType: PDF,
      ResponseContentDisposition: contentDisposition(fileName, inline),
    });
    return getSignedUrl(await clientOf(this.client), command, { expiresIn: DOWNLOAD_SECONDS });
  }

  async putPageImage(caseId: CaseId, versionId: string, png: Uint8Array): Promise<string> {
    const key = `pages/${caseId}/${versionId}.png`;
    const { PutObjectCommand } = await sdk();
    await (await clientOf(this.client)).send(
      new PutObjectCommand({ Bucket: this.incoming, Key: key, Body: png, ContentType: "image/png" }),
    );
    return key;
  }

  async readPageImage(key: string): Promise<Uint8Array | undefined> {
    const { GetObjectCommand } = await sdk();
    const client = await clientOf(this.client);
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: this.incoming, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (isFailure(error, "NoSuchKey")) return undefined;
      throw error;
    }
  }

  /**
   * Puts the very bytes that were approved: S3 itself refuses what has another SHA-256, and a second copy.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   */
  async archive(
    from: { key: string; versionId: string },
    caseId: CaseId,
    sha256: string,
  ): Promise<{ key: string; versionId: string }> {
    const key = `agreements/${caseId}.pdf`;
    const bytes = await collect(await this.read(from.key, from.versionId));
    const { PutObjectCommand } = await sdk();
    const client = await clientOf(this.client);
    try {
      const stored = await client.send(
        new PutObjectCommand({
          Bucket: this.archiveName(),
          Key: key,
          Body: bytes,
          ContentType: PDF,
          ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
          Metadata: { sha256, "incoming-version": from.versionId },
          IfNoneMatch: "*",
        }),
      );
      return { key, versionId: stored.VersionId ?? "null" };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.name === "BadDigest" || error.name === "XAmzContentChecksumMismatch")
        throw new NotWhatWasApproved(`${from.key} ${from.versionId}`, { cause: error });
      if (error.name !== "PreconditionFailed") throw error;
      return this.archivedBefore(key, sha256);
    }
  }

  private async archivedBefore(key: string, sha256: string): Promise<{ key: string; versionId: string }> {
    const { HeadObjectCommand } = await sdk();
    const client = await clientOf(this.client);
    const found = await client.send(new HeadObjectCommand({ Bucket: this.archiveName(), Key: key }));
    if (found.Metadata?.["sha256"] !== sha256) throw new ArchivedOtherwise(key);
    return { key, versionId: found.VersionId ?? "null" };
  }

  private archiveName(): string {
    if (this.archiveBucket === undefined)
      throw new NoArchiveHere("the archive's bucket is not in this function's environment");
    return this.archiveBucket;
  }
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const client = onFirstUse(async () => new (await sdk()).S3Client());

const bucket = z.string().check(z.minLength(1));

/** For a handler: what people send. */
export const documents = provision(
  { INCOMING_BUCKET: bucket },
  ({ INCOMING_BUCKET }) => new S3DocumentStore({ client, incomingBucket: INCOMING_BUCKET }),
);

/** For a handler: what people send, and what is kept of it for good. */
export const documentsAndArchive = provision(
  { INCOMING_BUCKET: bucket, ARCHIVE_BUCKET: bucket },
  ({ INCOMING_BUCKET, ARCHIVE_BUCKET }) =>
    new S3DocumentStore({
      client,
      incomingBucket: INCOMING_BUCKET,
      archiveBucket: ARCHIVE_BUCKET,
    }),
);
