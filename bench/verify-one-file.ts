import { readFileSync } from "node:fs";
import { verifySignatures } from "../pdf-evidence/signatures/verify-signatures.ts";
import { PdfFile } from "../pdf-evidence/structure/pdf-file.ts";

/** Verifies the file named and prints the process' peak memory in bytes. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("which file?");
await verifySignatures(new PdfFile(readFileSync(file)), {
  anchors: { anchors: [], platformSeals: [] },
  now: Date.now(),
});
console.log(peakMemory());

/** Linux knows the peak of this process alone; elsewhere what it holds now, nothing having been collected. */
function peakMemory(): number {
  try {
    const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (peak !== undefined) return Number(peak) * 1024;
  } catch {
    // Not Linux.
  }
  return process.memoryUsage().rss;
}
