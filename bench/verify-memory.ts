import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.ts";
import { MEGABYTE, signedFileOf } from "./signed-file.ts";

const SIZES = [10, 50] as const;
const CHECK = fileURLToPath(new URL("./verify-one-file.ts", import.meta.url));

/** Peak memory of a process that verifies a file (its bytes included), over one that verifies a tiny one. */
export const verifyMemory: Benchmark = {
  name: "memory of the signature check",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      const peakOf = (bytes: number): number => {
        const file = join(folder, "signed.pdf");
        writeFileSync(file, signedFileOf(bytes));
        return Number(execFileSync(process.execPath, [CHECK, file], { encoding: "utf8" }));
      };
      const idle = peakOf(0);
      return SIZES.map((size) => {
        const peak = peakOf(size * MEGABYTE);
        const ratio = (peak - idle) / (size * MEGABYTE);
        return `${size} MB: ${ratio.toFixed(2)} bytes a byte (peak ${Math.round(peak / MEGABYTE)} MB, idle ${Math.round(idle / MEGABYTE)} MB)`;
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
