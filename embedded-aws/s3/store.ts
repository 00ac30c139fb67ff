import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";

const attributes = z.object({
  contentType: z.string(),
  /** content-disposition, content-encoding, content-language, cache-control, expires and x-amz-meta-*. */
  headers: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  /** The checksum the sender gave and we verified, by header name. */
  checksum: z.object({ header: z.string(), value: z.string() }).optional(),
  retention: z.object({ mode: z.enum(["COMPLIANCE", "GOVERNANCE"]), untilMs: z.number() }).optional(),
  legalHold: z.boolean(),
  requester: z.string(),
  reason: z.string(),
});

export type ObjectAttributes = z.infer<typeof attributes>;

/** One version of an object, or the marker that says it was deleted. */
export interface ObjectVersion extends ObjectAttributes {
  bucket: string;
  key: string;
  versionId: string;
  /** Rises with every write to the store: the newest of a key is its current version. */
  sequence: number;
  deleteMarker: boolean;
  size: number;
  /** MD5 in hex, without quotes. */
  etag: string;
  lastModifiedMs: number;
  /** Name of the file below `blobs`. */
  blob: string;
}

/** What has still to be told after a write; it is written in the write's own transaction. */
export interface Pending {
  id: number;
  kind: "event" | "scan";
  body: unknown;
}

export type NewPending = Omit<Pending, "id">;

/**
 * Objects on disk: bytes as files, everything else in SQLite. A version becomes visible with its row, and the
 * row is written after its bytes have their final name, so that a kill at any moment leaves either both or
 * only bytes that nobody sees (swept at the next start).
 */
export class ObjectStore {
  readonly #database: DatabaseSync;
  readonly #blobs: string;

  constructor(dataDir: string) {
    const folder = join(dataDir, "s3");
    this.#blobs = join(folder, "blobs");
    mkdirSync(this.#blobs, { recursive: true });
    this.#database = new DatabaseSync(join(folder, "objects.sqlite"));
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS versions (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
        delete_marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
        last_modified_ms INTEGER NOT NULL, blob TEXT NOT NULL, attributes TEXT NOT NULL,
        UNIQUE (bucket, key, version_id)
      ) STRICT;
      CREATE TABLE IF NOT EXISTS pending (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body TEXT NOT NULL
      ) STRICT;
    `);
    this.#sweepBlobs();
  }

  close(): void {
    this.#database.close();
  }

  /** A path to write an upload to; `put` or `discard` it. */
  temporaryFile(): string {
    return join(this.#blobs, `${randomUUID()}.part`);
  }

  discard(temporary: string): void {
    rmSync(temporary, { force: true });
  }

  pathOf(version: ObjectVersion): string {
    return join(this.#blobs, version.blob);
  }

  /**
   * Makes a received file the current version of its key.
   *
   * @param admit looks at the current version inside the transaction and throws to refuse the write.
   * @param tell what has to be told about the new version; written in the same transaction.
   */
  put(
    object: Pick<ObjectVersion, "bucket" | "key" | "size" | "etag" | "lastModifiedMs"> & ObjectAttributes,
    temporary: string,
    versioned: boolean,
    admit: (current: ObjectVersion | undefined) => void,
    tell: (version: ObjectVersion) => NewPending[],
  ): ObjectVersion {
    const blob = randomUUID();
    try {
      admit(this.current(object.bucket, object.key));
      renameSync(temporary, join(this.#blobs, blob));
    } catch (error) {
      this.discard(temporary);
      throw error;
    }
    return this.#transaction(() => {
      const version = this.#insert({ ...object, deleteMarker: false, blob }, versioned);
      this.#remember(tell(version));
      return version;
    });
  }

  /** Deletes the current version of a key: in a versioned bucket by a marker. */
  markDeleted(
    bucket: string,
    key: string,
    versioned: boolean,
    nowMs: number,
    requester: string,
    tell: (version: ObjectVersion) => NewPending[],
  ): ObjectVersion {
    return this.#transaction(() => {
      const marker = this.#insert(
        {
          bucket,
          key,
          size: 0,
          etag: "",
          lastModifiedMs: nowMs,
          deleteMarker: true,
          blob: "",
          contentType: "",
          headers: {},
          tags: {},
          legalHold: false,
          requester,
          reason: "DeleteObject",
        },
        versioned,
      );
      if (!versioned) this.#database.prepare("DELETE FROM versions WHERE sequence = ?").run(marker.sequence);
      this.#remember(tell(marker));
      return marker;
    });
  }

  /** Deletes one version for good. */
  removeVersion(version: ObjectVersion, tell: NewPending[]): void {
    this.#transaction(() => {
      this.#database.prepare("DELETE FROM versions WHERE sequence = ?").run(version.sequence);
      this.#remember(tell);
    });
    if (version.blob !== "") rmSync(this.pathOf(version), { force: true });
  }

  setTags(version: ObjectVersion, tags: Record<string, string>, tell: NewPending[], done?: Pending): void {
    this.#transaction(() => {
      const { contentType, headers, checksum, retention, legalHold, requester, reason } = version;
      const changed = { contentType, headers, checksum, retention, legalHold, requester, reason, tags };
      this.#database
        .prepare("UPDATE versions SET attributes = ? WHERE sequence = ?")
        .run(JSON.stringify(changed), version.sequence);
      this.#remember(tell);
      if (done !== undefined) this.forget(done);
    });
  }

  /** The newest version of a key, a delete marker included. */
  current(bucket: string, key: string): ObjectVersion | undefined {
    return this.#one(
      "SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY sequence DESC LIMIT 1",
      bucket,
      key,
    );
  }

  version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    return this.#one(
      "SELECT * FROM versions WHERE bucket = ? AND key = ? AND version_id = ?",
      bucket,
      key,
      versionId,
    );
  }

  /** The newest version of every key that is not deleted, oldest first. */
  everyCurrent(): ObjectVersion[] {
    return this.#database
      .prepare(
        `SELECT * FROM versions AS one WHERE delete_marker = 0 AND sequence =
           (SELECT MAX(sequence) FROM versions WHERE bucket = one.bucket AND key = one.key) ORDER BY sequence`,
      )
      .all()
      .map(parseRow);
  }

  /** Oldest first. */
  pending(): Pending[] {
    return this.#database
      .prepare("SELECT * FROM pending ORDER BY id")
      .all()
      .map((row) => {
        const { id, kind, body } = pendingRow.parse(row);
        return { id, kind, body: JSON.parse(body) };
      });
  }

  forget(pending: Pending): void {
    this.#database.prepare("DELETE FROM pending WHERE id = ?").run(pending.id);
  }

  #insert(object: Omit<ObjectVersion, "sequence" | "versionId">, versioned: boolean): ObjectVersion {
    const { bucket, key, size, etag, lastModifiedMs, deleteMarker, blob, ...rest } = object;
    const versionId = versioned ? randomBytes(24).toString("base64url") : "null";
    if (!versioned) {
      const replaced = this.version(bucket, key, versionId);
      if (replaced !== undefined)
        this.#database.prepare("DELETE FROM versions WHERE sequence = ?").run(replaced.sequence);
    }
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO versions (bucket, key, version_id, delete_marker, size, etag, last_modified_ms, blob, attributes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        bucket,
        key,
        versionId,
        deleteMarker ? 1 : 0,
        size,
        etag,
        lastModifiedMs,
        blob,
        JSON.stringify(attributes.parse(rest)),
      );
    return { ...object, versionId, sequence: Number(lastInsertRowid) };
  }

  #remember(tell: readonly NewPending[]): void {
    for (const { kind, body } of tell) {
      this.#database
        .prepare("INSERT INTO pending (kind, body) VALUES (?, ?)")
        .run(kind, JSON.stringify(body));
    }
  }

  #transaction<T>(work: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #one(sql: string, ...values: string[]): ObjectVersion | undefined {
    const row = this.#database.prepare(sql).get(...values);
    return row === undefined ? undefined : parseRow(row);
  }

  /** Removes bytes that no version points at: uploads that were cut off, and versions that were replaced. */
  #sweepBlobs(): void {
    const known = new Set(
      this.#database
        .prepare("SELECT blob FROM versions")
        .all()
        .map((row) => row["blob"]),
    );
    if (!existsSync(this.#blobs)) return;
    for (const name of readdirSync(this.#blobs))
      if (!known.has(name)) rmSync(join(this.#blobs, name), { force: true });
  }
}

const versionRow = z.object({
  sequence: z.number(),
  bucket: z.string(),
  key: z.string(),
  version_id: z.string(),
  delete_marker: z.number(),
  size: z.number(),
  etag: z.string(),
  last_modified_ms: z.number(),
  blob: z.string(),
  attributes: z.string(),
});

const pendingRow = z.object({ id: z.number(), kind: z.enum(["event", "scan"]), body: z.string() });

function parseRow(row: unknown): ObjectVersion {
  const parsed = versionRow.parse(row);
  return {
    ...attributes.parse(JSON.parse(parsed.attributes)),
    bucket: parsed.bucket,
    key: parsed.key,
    versionId: parsed.version_id,
    sequence: parsed.sequence,
    deleteMarker: parsed.delete_marker === 1,
    size: parsed.size,
    etag: parsed.etag,
    lastModifiedMs: parsed.last_modified_ms,
    blob: parsed.blob,
  };
}
