import { createHash, randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";

/** A message as it was received. */
export interface ReceivedMessage {
  id: string;
  receipt: string;
  body: string;
  attributes: Record<string, string>;
  sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
}

export interface QueueCounts {
  visible: number;
  inFlight: number;
}

/** The template's queues and what lies in them. A message is kept when `send` returns. */
export interface Queues {
  /** The ARNs, in the template's order. */
  arns(): string[];
  /** Throws UnknownQueue. */
  send(
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string>>,
  ): { id: string; md5: string };
  /** At most `most` messages, hidden from others for the visibility time. */
  receive(queueArn: string, most: number, visibilitySeconds?: number): ReceivedMessage[];
  /** Ends the hiding `seconds` from now; false for a receipt that no longer holds. */
  changeVisibility(queueArn: string, receipt: string, seconds: number): boolean;
  remove(queueArn: string, receipt: string): void;
  purge(queueArn: string): void;
  counts(queueArn: string): QueueCounts;
  /** How long what was received is hidden from others, unless the receiver says otherwise. */
  visibilitySeconds(queueArn: string): number;
  close(): void;
}

export interface QueuesOptions {
  /** Where `queues.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  /** The template's AWS::SQS::Queue resources, resolved. */
  queues: readonly { arn: string; properties: unknown }[];
}

export class UnknownQueue extends Error {
  override readonly name = "UnknownQueue";
}

/** RedrivePolicy comes as an object from CDK and as JSON text from others. */
const redrivePolicy = z.preprocess(
  (value) => (typeof value === "string" ? JSON.parse(value) : value),
  z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1) })
    .optional(),
);

const queueProperties = z.object({
  FifoQueue: z.undefined({ error: "only standard queues are run here" }).optional(),
  VisibilityTimeout: z.int().min(0).max(43_200).default(30),
  RedrivePolicy: redrivePolicy,
});

const row = z.object({
  id: z.string(),
  receipt: z.string().nullable(),
  body: z.string(),
  attributes: z.string(),
  sentAt: z.number(),
  firstReceivedAt: z.number().nullable(),
  receiveCount: z.number(),
});

export const md5 = (text: string) => createHash("md5").update(text, "utf8").digest("hex");

/** Opens `<dataDir>/queues.sqlite`. */
export function openQueues({ dataDir, clock, queues }: QueuesOptions): Queues {
  const known = new Map(queues.map(({ arn, properties }) => [arn, queueProperties.parse(properties)]));
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(path.join(dataDir, "queues.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, queue TEXT NOT NULL,
      body TEXT NOT NULL, attributes TEXT NOT NULL, sentAt REAL NOT NULL, visibleAt REAL NOT NULL,
      receipt TEXT, firstReceivedAt REAL, receiveCount INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE INDEX IF NOT EXISTS messageByQueue ON message (queue, visibleAt)`);
  const statements = {
    insert: database.prepare(
      "INSERT INTO message (id, queue, body, attributes, sentAt, visibleAt) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    visible: database.prepare(
      "SELECT * FROM message WHERE queue = ? AND visibleAt <= ? ORDER BY seq LIMIT ?",
    ),
    hide: database.prepare(`UPDATE message SET visibleAt = ?, receipt = ?, receiveCount = ?,
      firstReceivedAt = coalesce(firstReceivedAt, ?) WHERE id = ?`),
    move: database.prepare(
      "UPDATE message SET queue = ?, receipt = NULL, receiveCount = 0, visibleAt = ? WHERE id = ?",
    ),
    changeVisibility: database.prepare("UPDATE message SET visibleAt = ? WHERE queue = ? AND receipt = ?"),
    remove: database.prepare("DELETE FROM message WHERE queue = ? AND receipt = ?"),
    purge: database.prepare("DELETE FROM message WHERE queue = ?"),
    count: database.prepare(`SELECT count(*) FILTER (WHERE visibleAt <= ?) AS visible,
      count(*) FILTER (WHERE visibleAt > ?) AS inFlight FROM message WHERE queue = ?`),
  };

  const settingsOf = (arn: string) => {
    const settings = known.get(arn);
    if (!settings) throw new UnknownQueue(`There is no queue ${arn}`);
    return settings;
  };

  return {
    arns: () => [...known.keys()],
    send(arn, body, attributes = {}) {
      settingsOf(arn);
      const [id, now] = [randomUUID(), clock.now()];
      statements.insert.run(id, arn, body, JSON.stringify(attributes), now, now);
      return { id, md5: md5(body) };
    },
    receive(arn, most, visibilitySeconds) {
      const { VisibilityTimeout, RedrivePolicy } = settingsOf(arn);
      const now = clock.now();
      const hiddenUntil = now + (visibilitySeconds ?? VisibilityTimeout) * 1000;
      return statements.visible.all(arn, now, most).flatMap((found): ReceivedMessage[] => {
        const { id, body, attributes, sentAt, firstReceivedAt, receiveCount } = row.parse(found);
        if (RedrivePolicy && receiveCount >= RedrivePolicy.maxReceiveCount) {
          statements.move.run(RedrivePolicy.deadLetterTargetArn, now, id);
          return [];
        }
        const receipt = randomUUID();
        statements.hide.run(hiddenUntil, receipt, receiveCount + 1, now, id);
        return [
          {
            id,
            receipt,
            body,
            attributes: z.record(z.string(), z.string()).parse(JSON.parse(attributes)),
            sentAt,
            firstReceivedAt: firstReceivedAt ?? now,
            receiveCount: receiveCount + 1,
          },
        ];
      });
    },
    changeVisibility(arn, receipt, seconds) {
      settingsOf(arn);
      return statements.changeVisibility.run(clock.now() + seconds * 1000, arn, receipt).changes === 1;
    },
    remove(arn, receipt) {
      settingsOf(arn);
      statements.remove.run(arn, receipt);
    },
    purge(arn) {
      settingsOf(arn);
      statements.purge.run(arn);
    },
    counts(arn) {
      settingsOf(arn);
      const now = clock.now();
      return z
        .object({ visible: z.number(), inFlight: z.number() })
        .parse(statements.count.get(now, now, arn));
    },
    visibilitySeconds: (arn) => settingsOf(arn).VisibilityTimeout,
    close: () => database.close(),
  };
}
