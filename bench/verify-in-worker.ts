import { createHash } from "node:crypto";
import { testAuthority } from "../local/rehearsal/pdfs/test-authority.ts";
import { PdfJudge } from "../shared/adapters/pdf/pdf-judge.ts";
import type { JudgedAgreement } from "../shared/ports/agreement-judge.ts";
import { NOW, trusting } from "../test/support/pdfs/signature-values.ts";
import { type Benchmark, fastestInTurn } from "./benchmark.ts";
import { MEGABYTE, signedFileOf } from "./signed-file.ts";

const SIZES = [1, 10, 50] as const;

/**
 * The whole judgement as the function has it: asked of the warm worker and answered by it, that is, the structure, the
 * signatures, PDFium's text of all pages and every rule, the bytes in shared memory as they come from the store.
 * Against SHA-256 of the same bytes. The picture of page 1 is not part of the judgement and comes after it: it has a
 * figure of its own, in which the next file's PDFium is started as well.
 */
export const verifyInWorker: Benchmark = {
  name: "whole judgement in the worker (facts, signatures, text, rules) ÷ sha256",
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
  let last: JudgedAgreement | undefined;
  const { hash, judged, drawn } = await fastestInTurn({
    hash: () => createHash("sha256").update(pdf).digest(),
    judged: async () => {
      last = await judge.judge(bytes, { now: NOW });
      if (last.judgement.verdict !== "PASSED") throw new Error("the benchmark's file must pass");
    },
    drawn: async () => {
      if ((await last?.firstPage) === undefined) throw new Error("the benchmark's file must be drawn");
    },
  });
  const ms = `${judged.toFixed(1)} ms, sha256 ${hash.toFixed(1)} ms`;
  return `${(hash / judged).toFixed(2)} (${ms}; the picture ${drawn.toFixed(1)} ms later)`;
}
