import { createHash } from "node:crypto";
import { testAuthority } from "../local/rehearsal/pdfs/test-authority.ts";
import { PdfJudge } from "../shared/adapters/pdf/pdf-judge.ts";
import { NOW, trusting } from "../test/support/pdfs/signature-values.ts";
import type { Benchmark } from "./benchmark.ts";
import { MEGABYTE, signedFileOf } from "./signed-file.ts";

const SIZES = [1, 10, 50] as const;
/** As many runs as fit in, for the worker's code to get warm: 20 of 50 MB, some hundred of 1 MB. */
const TIME_MS = 4_000;

/**
 * The whole judgement as the function has it: asked of the warm worker and answered by it, that is, the structure, the
 * signatures, PDFium's text of all pages and every rule, the bytes in shared memory as they come from the store.
 * Against SHA-256 of the same bytes, the two in turn, so that both meet the same machine; the fastest of each.
 * The picture of page 1 is not part of the judgement and comes after it: it has a figure of its own.
 */
export const verifyInWorker: Benchmark = {
  name: "whole judgement in the worker ÷ sha256",
  measure: async () => {
    const anchors = trusting([testAuthority().root.certificate]);
    const judge = new PdfJudge({ anchors, maximumBytes: 64 * MEGABYTE });
    const lines: string[] = [];
    for (const size of SIZES)
      lines.push(`${size} MB: ${await measured(judge, signedFileOf(size * MEGABYTE))}`);
    await judge.close();
    return lines;
  },
};

async function measured(judge: PdfJudge, pdf: Uint8Array): Promise<string> {
  const bytes = new Uint8Array(new SharedArrayBuffer(pdf.length));
  bytes.set(pdf);
  const best = { hash: Infinity, judged: Infinity, drawn: Infinity };
  const end = performance.now() + TIME_MS;
  while (performance.now() < end) {
    const start = performance.now();
    createHash("sha256").update(pdf).digest();
    const hashed = performance.now();
    const { judgement, firstPage } = await judge.judge(bytes, { now: NOW });
    const judged = performance.now();
    const png = await firstPage;
    const drawn = performance.now();
    if (judgement.verdict !== "PASSED" || !png)
      throw new Error("the benchmark's file must pass and be drawn");
    best.hash = Math.min(best.hash, hashed - start);
    best.judged = Math.min(best.judged, judged - hashed);
    best.drawn = Math.min(best.drawn, drawn - judged);
  }
  const ms = `${best.judged.toFixed(1)} ms, sha256 ${best.hash.toFixed(1)} ms`;
  return `${(best.hash / best.judged).toFixed(2)} (${ms}; the picture ${best.drawn.toFixed(1)} ms later)`;
}
