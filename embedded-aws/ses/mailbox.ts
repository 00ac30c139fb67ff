import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import * as z from "zod";

/** A mail as its receiver's program would show it. */
export interface Mail {
  /** SES's MessageId. */
  id: string;
  /** As the header says it, name and address. */
  from: string;
  /** Addresses alone. */
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  /** Empty when the mail has none. */
  html: string;
  attachments: { filename: string; contentType: string; size: number }[];
  /** When SES took it: ISO 8601, local clock. */
  at: string;
}

const tags = z.record(z.string(), z.string());
const envelope = z.object({
  source: z.string(),
  destinations: z.array(z.string()),
  configurationSet: z.string().optional(),
  tags,
  callerIdentity: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
});

/** What SES knows of a message beside its bytes. */
export type Envelope = z.infer<typeof envelope>;

export interface Mailbox {
  /** Keeps a message, and the events to tell of it, in one transaction. */
  accept(
    id: string,
    raw: Buffer,
    envelope: Envelope,
    atMs: number,
    events: readonly unknown[],
  ): Promise<void>;
  /** Oldest first. */
  mails(): Mail[];
  mail(id: string): Mail | undefined;
  envelope(id: string): { envelope: Envelope; atMs: number } | undefined;
  /** An attachment's bytes by its place in the mail, from 0. */
  attachment(
    id: string,
    index: number,
  ): Promise<{ filename: string; contentType: string; content: Buffer } | undefined>;
  /** SES sends no more to an address whose mail came back or was complained about. */
  suppress(addresses: readonly string[]): void;
  isSuppressed(address: string): boolean;
  pendingEvents(): { id: number; event: unknown }[];
  addEvent(event: unknown): void;
  forgetEvent(id: number): void;
  close(): void;
}

const mailRow = z.object({ mail: z.string() });
const envelopeRow = z.object({ envelope: z.string(), at_ms: z.number() });
const rawRow = z.object({ raw: z.instanceof(Uint8Array) });
const eventRow = z.object({ id: z.number(), event: z.string() });

/** Opens the mailbox in `<dataDir>/mail.sqlite`. */
export function openMailbox(dataDir: string): Mailbox {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(join(dataDir, "mail.sqlite"));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS mails (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at_ms INTEGER NOT NULL,
      mail TEXT NOT NULL, envelope TEXT NOT NULL, raw BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS suppressed (address TEXT PRIMARY KEY) STRICT;
  `);
  const addEvent = (event: unknown) => {
    database.prepare("INSERT INTO events (event) VALUES (?)").run(JSON.stringify(event));
  };
  const rawOf = (id: string) => {
    const row = database.prepare("SELECT raw FROM mails WHERE id = ?").get(id);
    return row === undefined ? undefined : Buffer.from(rawRow.parse(row).raw);
  };
  return {
    accept: async (id, raw, sent, atMs, events) => {
      const mail = shown(id, atMs, await simpleParser(raw));
      database.exec("BEGIN IMMEDIATE");
      try {
        database
          .prepare("INSERT INTO mails (id, at_ms, mail, envelope, raw) VALUES (?, ?, ?, ?, ?)")
          .run(id, Math.floor(atMs), JSON.stringify(mail), JSON.stringify(sent), raw);
        for (const event of events) addEvent(event);
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    mails: () =>
      database
        .prepare("SELECT mail FROM mails ORDER BY sequence")
        .all()
        .map((row) => parseMail(row)),
    mail: (id) => {
      const row = database.prepare("SELECT mail FROM mails WHERE id = ?").get(id);
      return row === undefined ? undefined : parseMail(row);
    },
    envelope: (id) => {
      const row = database.prepare("SELECT envelope, at_ms FROM mails WHERE id = ?").get(id);
      if (row === undefined) return undefined;
      const found = envelopeRow.parse(row);
      return { envelope: envelope.parse(JSON.parse(found.envelope)), atMs: found.at_ms };
    },
    attachment: async (id, index) => {
      const raw = rawOf(id);
      const part = raw === undefined ? undefined : (await simpleParser(raw)).attachments[index];
      return (
        part && { filename: nameOf(part.filename), contentType: part.contentType, content: part.content }
      );
    },
    suppress: (suppressed) => {
      for (const address of suppressed) {
        database.prepare("INSERT OR IGNORE INTO suppressed (address) VALUES (?)").run(address.toLowerCase());
      }
    },
    isSuppressed: (address) =>
      database.prepare("SELECT 1 FROM suppressed WHERE address = ?").get(address.toLowerCase()) !== undefined,
    pendingEvents: () =>
      database
        .prepare("SELECT id, event FROM events ORDER BY id")
        .all()
        .map((row) => {
          const { id, event } = eventRow.parse(row);
          return { id, event: JSON.parse(event) as unknown };
        }),
    addEvent,
    forgetEvent: (id) => {
      database.prepare("DELETE FROM events WHERE id = ?").run(id);
    },
    close: () => database.close(),
  };
}

const parseMail = (row: unknown): Mail => JSON.parse(mailRow.parse(row).mail) as Mail;

function shown(id: string, atMs: number, parsed: ParsedMail): Mail {
  return {
    id,
    from: parsed.from?.text ?? "",
    to: addresses(parsed.to),
    cc: addresses(parsed.cc),
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      filename: nameOf(filename),
      contentType,
      size,
    })),
    at: new Date(atMs).toISOString(),
  };
}

const nameOf = (filename: string | undefined) => filename ?? "attachment";

/** Addresses of one or several header lines, groups opened. */
export function addresses(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .flatMap(({ address, group }) => (group ?? [{ address }]).map((one) => one.address ?? ""))
    .filter((address) => address !== "");
}
