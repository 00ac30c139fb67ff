import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";

/** How far each pipe has read, on disk: it goes on from there, and what it had sent since then it sends again. */
export function openCheckpoints(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(path.join(dataDir, "pipes.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS checkpoint (pipe TEXT PRIMARY KEY, sequenceNumber TEXT NOT NULL) STRICT`);
  const select = database.prepare("SELECT sequenceNumber FROM checkpoint WHERE pipe = ?");
  const replace = database.prepare("INSERT OR REPLACE INTO checkpoint VALUES (?, ?)");
  return {
    read(pipeArn: string): string | undefined {
      const found = select.get(pipeArn);
      return found && z.object({ sequenceNumber: z.string() }).parse(found).sequenceNumber;
    },
    write: (pipeArn: string, sequenceNumber: string) => void replace.run(pipeArn, sequenceNumber),
    close: () => database.close(),
  };
}
