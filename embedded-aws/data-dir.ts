import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const marker = "README.txt";
const words = `The state of OS2aftale's local system: table, documents, mails, workflows, logs.
npm start goes on with it; npm start -- --fresh removes it all.
`;

/** The folder holds something, and nothing says that it is ours to remove. */
export class NotOurDataDir extends Error {
  override name = "NotOurDataDir";
  constructor(dataDir: string) {
    super(`${dataDir} holds other things than OS2aftale's local state: remove it yourself, or set DATA_DIR.`);
  }
}

/** Makes the folder where there is none, and marks it as ours. */
export function prepareDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(join(dataDir, marker))) writeFileSync(join(dataDir, marker), words);
}

/**
 * Empties the folder but for the lock this process holds on it.
 * @throws NotOurDataDir for a folder that no local system has lived in.
 */
export function emptyDataDir(dataDir: string, lockFile: string): void {
  const entries = readdirSync(dataDir).filter((name) => name !== lockFile);
  if (entries.length > 0 && !entries.includes(marker)) throw new NotOurDataDir(dataDir);
  for (const name of entries) rmSync(join(dataDir, name), { recursive: true, force: true });
}
