import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** Another system lives on this data folder. */
export class DataDirInUse extends Error {
  override name = "DataDirInUse";
  constructor(dataDir: string, pid: number) {
    super(
      `The system with process id ${pid} already runs on ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
    );
  }
}

/** Who holds a lock. Process ids are used again, so the time the process began belongs to it. */
const holderShape = z.object({ pid: z.number(), began: z.string() });

/**
 * Takes the data folder for this process; `release` gives it back. What a killed process left is cleared away.
 * @throws DataDirInUse while another system lives on it.
 */
export function lockDataDir(dataDir: string): { file: string; release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const name = "lock.json";
  const file = join(dataDir, name);
  const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) });
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return { file: name, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(file);
    if (holder !== undefined && lives(holder)) throw new DataDirInUse(dataDir, holder.pid);
    rmSync(file, { force: true });
  }
}

/** Undefined where the file is torn: its writer was killed while writing. */
function readHolder(file: string): z.infer<typeof holderShape> | undefined {
  try {
    return holderShape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function lives({ pid, began }: z.infer<typeof holderShape>): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = beginningOf(pid);
  return now === "" || began === "" || now === began;
}

/** When a process began, in words of its own system; empty where that cannot be told. */
export function beginningOf(pid: number): string {
  try {
    if (process.platform === "linux") {
      // Field 22, counted after the command's name in brackets, which may hold anything. proc_pid_stat(5)
      const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1) ?? "";
      return afterName.trim().split(" ")[19] ?? "";
    }
    if (process.platform === "win32") return "";
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
