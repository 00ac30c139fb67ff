import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { REPOSITORY } from "../../infra/source-hash.ts";
import { folderOfProcess, removeFolder } from "./run-folder.ts";

const KEPT = join(REPOSITORY, ".build", "chromium");
const require = createRequire(import.meta.url);

/** Unpacks into the temporary folder it is told, which it takes for its own. */
const UNPACK = `
  const { default: chromium } = await import("@sparticuz/chromium");
  await chromium.executablePath();
`;

/**
 * The package's own says /tmp, wherever it was unpacked; a machine without fonts of its own would draw no letter.
 * https://www.freedesktop.org/software/fontconfig/fontconfig-user.html
 */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** A Chromium that is ready to start, and the variables that lead it to its libraries and fonts. */
export interface UnpackedChromium {
  executablePath: string;
  env: Record<string, string>;
}

/**
 * Unpacks Chromium as it comes from npm, once for each version: 211 MB, five seconds. It is unpacked aside and
 * renamed, so that two suites at once, or a killed one, leave no half browser behind.
 */
export async function unpackedChromium(): Promise<UnpackedChromium> {
  const kept = join(KEPT, await versionOfPackage());
  if (!existsSync(kept)) await unpackTo(kept);
  return {
    executablePath: join(kept, "chromium"),
    env: {
      LD_LIBRARY_PATH: join(kept, "al2023", "lib"),
      FONTCONFIG_FILE: join(kept, "fonts", "fonts.conf"),
    },
  };
}

async function versionOfPackage(): Promise<string> {
  const manifest = join(dirname(require.resolve("@sparticuz/chromium")), "..", "package.json");
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, "utf8"))).version;
}

async function unpackTo(kept: string): Promise<void> {
  const aside = folderOfProcess(KEPT, "making");
  // In a process of its own: it asks for the temporary folder, and ours is the whole run's.
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", UNPACK], {
    cwd: REPOSITORY,
    // Without a name of Lambda's runtime it leaves its libraries packed.
    env: { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" },
  });
  await writeFile(join(aside, "fonts", "fonts.conf"), FONTS);
  await rename(aside, kept).catch((error: NodeJS.ErrnoException) => {
    // Another suite was faster.
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    removeFolder(aside);
  });
  for (const other of await readdir(KEPT))
    if (join(KEPT, other) !== kept && !other.startsWith("making-")) removeFolder(join(KEPT, other));
}
