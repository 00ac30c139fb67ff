import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How a command on this machine reaches the system that runs on a data folder. */
export interface Access {
  /** Where pages answer, and under `/_local` the control. */
  url: string;
  aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  s3: { endpoint: string };
  tables: readonly string[];
}

/** Left in the data folder while the system runs, for its owner's eyes only. */
export function leaveAccess(dataDir: string, access: Access): { remove(): void } {
  const file = join(dataDir, accessFile);
  writeFileSync(file, JSON.stringify(access), { mode: 0o600 });
  return { remove: () => rmSync(file, { force: true }) };
}

export const accessFile = "access.json";
