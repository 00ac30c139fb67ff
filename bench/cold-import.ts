import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Benchmark } from "./benchmark.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Bundled as for Lambda; what each adds to a process that imports nothing. */
const ENTRIES = {
  "the signature check": "pdf-evidence/signatures/verify-signatures.ts",
  "reading in the worker": "pdf-evidence/read-document.ts",
} as const;

export const coldImport: Benchmark = {
  name: "cold import",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      const empty = join(folder, "empty.mjs");
      writeFileSync(empty, "");
      const nothing = startOf(empty);
      const lines: string[] = [];
      for (const [name, entry] of Object.entries(ENTRIES)) {
        const outfile = join(folder, `${name.replace(/\W/g, "-")}.mjs`);
        await bundled(entry, outfile);
        const start = startOf(outfile);
        lines.push(
          `${name}: ${(start / nothing).toFixed(2)} times an empty module (+${Math.round(start - nothing)} ms, ${Math.round(statSync(outfile).size / 1024)} kB)`,
        );
      }
      return lines;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function bundled(entry: string, outfile: string): Promise<void> {
  const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    banner: { js: banner },
    logLevel: "silent",
    absWorkingDir: ROOT,
  });
}

/**
 * Processor time of a whole process, for that is what a cold start is, in ms: the least of several, and not
 * swayed by what else the machine does. Environment variables that the handler wants are left out.
 */
function startOf(file: string): number {
  const code = `await import(${JSON.stringify(pathToFileURL(file).href)}).catch(() => 0);
    const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); process.exit(0);`;
  const once = () =>
    Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
  return Math.min(...Array.from({ length: 9 }, once));
}
