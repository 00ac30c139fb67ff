import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { Json } from "../template/json.ts";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** An execution as the API describes it. Times are epoch ms; input and output are JSON texts. */
export interface ExecutionRecord {
  arn: string;
  machineArn: string;
  name: string;
  status: ExecutionStatus;
  input: string;
  output?: string;
  error?: string;
  cause?: string;
  /** The definition it began with: a later one is for later executions. */
  definition: Json;
  startedAt: number;
  stoppedAt?: number;
}

export type Ending = Pick<ExecutionRecord, "output" | "error" | "cause"> & {
  status: Exclude<ExecutionStatus, "RUNNING">;
  stoppedAt: number;
};

/** One thing that happened in an execution. A key is written once; the first to write it is right. */
export interface JournalEvent {
  key: string;
  at: number;
  value: Json;
}

/** What is known of executions, kept through a SIGKILL at any moment. Everything is written when a call returns. */
export interface Journal {
  begin(execution: ExecutionRecord): void;
  end(arn: string, ending: Ending): void;
  find(arn: string): ExecutionRecord | undefined;
  /** Newest first. */
  all(): ExecutionRecord[];
  /** Removes an execution whose name may be used again. */
  forget(arn: string): void;
  append(arn: string, event: JournalEvent): void;
  /** In the order in which they were written. */
  events(arn: string): JournalEvent[];
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS definitions (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machineArn TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
    input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    definitionId INTEGER NOT NULL REFERENCES definitions, startedAt REAL NOT NULL, stoppedAt REAL
  );
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, arn TEXT NOT NULL, key TEXT NOT NULL, at REAL NOT NULL, value TEXT NOT NULL,
    UNIQUE (arn, key)
  );
  CREATE INDEX IF NOT EXISTS executionsByStart ON executions (startedAt);`;

const optionalText = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined);

const executionRow = z.object({
  arn: z.string(),
  machineArn: z.string(),
  name: z.string(),
  status: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]),
  input: z.string(),
  output: optionalText,
  error: optionalText,
  cause: optionalText,
  definitionId: z.number(),
  startedAt: z.number(),
  stoppedAt: z
    .number()
    .nullable()
    .transform((at) => at ?? undefined),
});

const definitionRow = z.object({ text: z.string() });
const eventRow = z.object({ key: z.string(), at: z.number(), value: z.string() });

/**
 * Opens `<dataDir>/workflows.sqlite`. WAL with synchronous=NORMAL: a killed process loses nothing; a power cut
 * may lose the last moments, which then simply happen again.
 */
export function openJournal(dataDir: string): Journal {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(path.join(dataDir, "workflows.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  database.exec(SCHEMA);
  const statements = {
    define: database.prepare("INSERT OR IGNORE INTO definitions (text) VALUES (?)"),
    begin:
      database.prepare(`INSERT INTO executions (arn, machineArn, name, status, input, startedAt, definitionId)
      VALUES (?, ?, ?, ?, ?, ?, (SELECT id FROM definitions WHERE text = ?))`),
    end: database.prepare(
      "UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stoppedAt = ? WHERE arn = ?",
    ),
    find: database.prepare("SELECT * FROM executions WHERE arn = ?"),
    all: database.prepare("SELECT * FROM executions ORDER BY startedAt DESC, rowid DESC"),
    definition: database.prepare("SELECT text FROM definitions WHERE id = ?"),
    forgetEvents: database.prepare("DELETE FROM events WHERE arn = ?"),
    forget: database.prepare("DELETE FROM executions WHERE arn = ?"),
    append: database.prepare("INSERT INTO events (arn, key, at, value) VALUES (?, ?, ?, ?)"),
    events: database.prepare("SELECT key, at, value FROM events WHERE arn = ? ORDER BY seq"),
  };

  /** Parsed once: many executions share one definition. */
  const definitions = new Map<number, Json>();
  const definitionOf = (id: number): Json => {
    const known = definitions.get(id);
    if (known !== undefined) return known;
    const definition = JSON.parse(definitionRow.parse(statements.definition.get(id)).text) as Json;
    definitions.set(id, definition);
    return definition;
  };

  const atOnce = (work: () => void) => {
    database.exec("BEGIN IMMEDIATE");
    try {
      work();
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  };

  return {
    begin({ arn, machineArn, name, status, input, startedAt, definition }) {
      const text = JSON.stringify(definition);
      atOnce(() => {
        statements.define.run(text);
        statements.begin.run(arn, machineArn, name, status, input, startedAt, text);
      });
    },
    end(arn, { status, output, error, cause, stoppedAt }) {
      statements.end.run(status, output ?? null, error ?? null, cause ?? null, stoppedAt, arn);
    },
    find: (arn) => {
      const row = statements.find.get(arn);
      return row && asExecution(row, definitionOf);
    },
    all: () => statements.all.all().map((row) => asExecution(row, definitionOf)),
    forget(arn) {
      atOnce(() => {
        statements.forgetEvents.run(arn);
        statements.forget.run(arn);
      });
    },
    append(arn, { key, at, value }) {
      statements.append.run(arn, key, at, JSON.stringify(value));
    },
    events: (arn) =>
      statements.events.all(arn).map((row) => {
        const { key, at, value } = eventRow.parse(row);
        return { key, at, value: JSON.parse(value) as Json };
      }),
    close: () => database.close(),
  };
}

function asExecution(row: unknown, definitionOf: (id: number) => Json): ExecutionRecord {
  const { output, error, cause, stoppedAt, definitionId, ...rest } = executionRow.parse(row);
  return {
    ...rest,
    definition: definitionOf(definitionId),
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(stoppedAt !== undefined && { stoppedAt }),
  };
}
