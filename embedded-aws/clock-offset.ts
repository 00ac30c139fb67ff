import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const savedShape = z.object({ offsetMs: z.number() });

/** The clock's distance from real time as an earlier run left it, in milliseconds; 0 on a fresh data folder. */
export function readSavedOffset(dataDir: string): number {
  try {
    return savedShape.parse(JSON.parse(readFileSync(join(dataDir, "clock.json"), "utf8"))).offsetMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

/** Writes aside and renames, so that a kill leaves the old offset or the new one. */
export function saveOffset(dataDir: string, offsetMs: number): void {
  const file = join(dataDir, "clock.json");
  writeFileSync(`${file}.new`, JSON.stringify({ offsetMs }));
  renameSync(`${file}.new`, file);
}
