import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** The repository's root: everything infra reads lies under it. */
export const REPOSITORY = join(import.meta.dirname, "..");

/**
 * One hash of everything a result is made from, so that the same sources are never built twice.
 *
 * @param paths files and folders relative to the repository's root; one that is missing counts as empty
 * @returns 16 hexadecimal digits, enough to tell builds apart on one machine
 */
export async function sourceHash(paths: readonly string[], salt = ""): Promise<string> {
  const files = (await Promise.all(paths.map(filesUnder))).flat().sort();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash("sha256").update(salt);
  for (const [index, file] of files.entries()) {
    const content = createHash("sha256").update(contents[index] ?? "");
    hash.update(`${relative(REPOSITORY, file).split(sep).join("/")}\0${content.digest("hex")}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesUnder(path: string): Promise<string[]> {
  const absolute = join(REPOSITORY, path);
  try {
    const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOTDIR") return [absolute];
    if (code === "ENOENT") return [];
    throw error;
  }
}
