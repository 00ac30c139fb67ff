import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beginningOf } from "../../embedded-aws/data-dir-lock.ts";

/** A container that shares the folder counts its processes for itself. */
const machine = fingerprint(hostname());

/**
 * Makes a folder that belongs to one process, and clears away those of the same kind whose process was killed.
 *
 * The name says whose it is, so that there is no moment at which a living one could be taken for left behind.
 *
 * @param parent where it lies, beside those of other processes
 * @param kind what its name begins with
 */
export function folderOfProcess(parent: string, kind: string): string {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) if (isLeftBehind(name, kind)) removeFolder(join(parent, name));
  const mine = join(parent, `${kind}-${machine}-${process.pid}-${beganAt(process.pid)}`);
  mkdirSync(mine, { recursive: true });
  return mine;
}

/** What others still write into comes again for a moment; what can't be removed now, the next run removes. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {}
}

/**
 * Gives this process, and all it starts, a temporary folder and a home of their own until it exits: nothing of a
 * run stays on the machine, and nothing that lies in somebody's home can make a test pass or fail.
 */
export function liveInRunFolder(): void {
  // Short, for sockets lie in it, and their paths may have 107 letters at most. unix(7)
  const folder = folderOfProcess(tmpdir(), "os2aftale");
  // At the very end: browsers and databases may write until then.
  process.once("exit", () => removeFolder(folder));
  const home = join(folder, "home");
  mkdirSync(home);
  for (const variable of ["TMPDIR", "TMP", "TEMP"]) process.env[variable] = folder;
  for (const variable of ["HOME", "USERPROFILE"]) process.env[variable] = home;
}

function isLeftBehind(name: string, kind: string): boolean {
  const [, pid, began] = new RegExp(`^${kind}-${machine}-(\\d+)-(\\w+)$`).exec(name) ?? [];
  return pid !== undefined && began !== beganAt(Number(pid));
}

/** Process ids are used again: when it began tells two of them apart. "gone" where none has that id. */
function beganAt(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "gone";
  }
  return fingerprint(beginningOf(pid));
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
