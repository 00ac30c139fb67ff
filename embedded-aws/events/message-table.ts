import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";

const row = z.object({
  seq: z.number(),
  id: z.string(),
  receipt: z.string().nullable(),
  body: z.string(),
  attributes: z.string(),
  sentAt: z.number(),
  visibleAt: z.number(),
  firstReceivedAt: z.number().nullable(),
  receiveCount: z.number(),
  groupId: z.string().nullable(),
  deduplicationId: z.string().nullable(),
});
export type MessageRow = z.infer<typeof row>;

/** The messages on disk. Whoever has a message has its receipt; until its time is over nobody else sees it. */
export function openMessageTable(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(path.join(dataDir, "queues.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, queue TEXT NOT NULL,
      body TEXT NOT NULL, attributes TEXT NOT NULL, sentAt REAL NOT NULL, visibleAt REAL NOT NULL,
      receipt TEXT, firstReceivedAt REAL, receiveCount INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE INDEX IF NOT EXISTS messageByQueue ON message (queue, visibleAt);
    CREATE TABLE IF NOT EXISTS sent (queue TEXT NOT NULL, deduplicationId TEXT NOT NULL, id TEXT NOT NULL,
      until REAL NOT NULL, PRIMARY KEY (queue, deduplicationId)) STRICT, WITHOUT ROWID`);
  // A data folder of before there were FIFO queues goes on as it is.
  const columns = database
    .prepare("SELECT name FROM pragma_table_info('message')")
    .all()
    .map(({ name }) => name);
  for (const column of ["groupId", "deduplicationId"])
    if (!columns.includes(column)) database.exec(`ALTER TABLE message ADD COLUMN ${column} TEXT`);

  const insert = database.prepare(`INSERT INTO message
    (id, queue, body, attributes, sentAt, visibleAt, groupId, deduplicationId) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const sentBefore = database.prepare(
    "SELECT id FROM sent WHERE queue = ? AND deduplicationId = ? AND until > ?",
  );
  const remember = database.prepare("INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?)");
  const forget = database.prepare("DELETE FROM sent WHERE until <= ?");
  // Of a group, nothing is handed out while somebody has an earlier message of it.
  const visible = database.prepare(`SELECT * FROM message AS mine WHERE queue = ? AND visibleAt <= ?
    AND NOT EXISTS (SELECT 1 FROM message AS held WHERE held.queue = mine.queue AND held.groupId = mine.groupId
      AND held.visibleAt > ? AND held.receipt IS NOT NULL) ORDER BY seq LIMIT ?`);
  const hide = database.prepare(`UPDATE message SET visibleAt = ?, receipt = ?, receiveCount = ?,
    firstReceivedAt = coalesce(firstReceivedAt, ?) WHERE id = ?`);
  const move = database.prepare(
    "UPDATE message SET queue = ?, receipt = NULL, receiveCount = 0, visibleAt = ? WHERE id = ?",
  );
  const release = database.prepare(`UPDATE message SET visibleAt = ?, receipt = NULL,
    receiveCount = receiveCount - 1 WHERE queue = ? AND visibleAt > ? AND receipt IS NOT NULL`);
  const changeVisibility = database.prepare(
    "UPDATE message SET visibleAt = ? WHERE queue = ? AND receipt = ?",
  );
  const remove = database.prepare("DELETE FROM message WHERE queue = ? AND receipt = ?");
  const purge = database.prepare("DELETE FROM message WHERE queue = ?");
  const nextVisible = database.prepare(
    "SELECT min(visibleAt) AS at FROM message WHERE queue = ? AND visibleAt > ?",
  );
  const count = database.prepare(`SELECT count(*) FILTER (WHERE visibleAt <= ?1) AS visible,
    count(*) FILTER (WHERE visibleAt > ?1 AND receipt IS NOT NULL) AS inFlight,
    count(*) FILTER (WHERE visibleAt > ?1 AND receipt IS NULL) AS delayed FROM message WHERE queue = ?2`);

  return {
    /** The id under which a FIFO queue took the same message within the last minutes. */
    sentBefore(queue: string, deduplicationId: string, now: number): string | undefined {
      const found = sentBefore.get(queue, deduplicationId, now);
      return found && z.object({ id: z.string() }).parse(found).id;
    },
    /** Message and memory of it in one: a kill leaves both or neither. */
    insert(
      queue: string,
      message: Pick<
        MessageRow,
        "id" | "body" | "attributes" | "sentAt" | "visibleAt" | "groupId" | "deduplicationId"
      >,
      rememberUntil: number,
    ) {
      const { id, body, attributes, sentAt, visibleAt, groupId, deduplicationId } = message;
      database.exec("BEGIN IMMEDIATE");
      try {
        insert.run(id, queue, body, attributes, sentAt, visibleAt, groupId, deduplicationId);
        if (deduplicationId !== null) {
          forget.run(sentAt);
          remember.run(queue, deduplicationId, id, rememberUntil);
        }
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    visible: (queue: string, now: number, most: number) =>
      visible.all(queue, now, now, most).map((one) => row.parse(one)),
    hide: (id: string, until: number, receipt: string, receiveCount: number, now: number) =>
      void hide.run(until, receipt, receiveCount, now, id),
    move: (id: string, toQueue: string, now: number) => void move.run(toQueue, now, id),
    release: (queue: string, now: number) => void release.run(now, queue, now),
    changeVisibility: (queue: string, receipt: string, until: number) =>
      changeVisibility.run(until, queue, receipt).changes === 1,
    remove: (queue: string, receipt: string) => void remove.run(queue, receipt),
    purge: (queue: string) => void purge.run(queue),
    nextVisibleAt: (queue: string, now: number) =>
      z.object({ at: z.number().nullable() }).parse(nextVisible.get(queue, now)).at ?? undefined,
    counts: (queue: string, now: number) =>
      z
        .object({ visible: z.number(), inFlight: z.number(), delayed: z.number() })
        .parse(count.get(now, queue)),
    close: () => database.close(),
  };
}
