import { createHash } from "node:crypto";
import { testAuthority } from "../local/rehearsal/pdfs/test-authority.ts";
import { PdfJudge } from "../shared/adapters/pdf/pdf-judge.ts";
import { NOW, trusting } from "../test/support/pdfs/signature-values.ts";
import { type Benchmark, fastest } from "./benchmark.ts";
import { MEGABYTE, signedFileOf } from "./signed-file.ts";

const SIZES = [1, 10, 50] as const;

/**
 * The whole judgement as the function has it: in the warm worker, with text, picture of page 1 and all rules, the
 * bytes in shared memory as they come from the store. Against SHA-256 of the same bytes.
 */
export const verifyInWorker: Benchmark = {
  name: "whole judgement in the worker ÷ sha256",
  measure: async () => {
    const anchors = trusting([testAuthority().root.certificate]);
    const judge = new PdfJudge({ anchors, maximumBytes: 64 * MEGABYTE });
    const lines: string[] = [];
    for (const size of SIZES) {
      const pdf = signedFileOf(size * MEGABYTE);
      const bytes = new Uint8Array(new SharedArrayBuffer(pdf.length));
      bytes.set(pdf);
      const hash = await fastest(7, () => createHash("sha256").update(pdf).digest());
      const judged = await fastest(7, async () => {
        const { judgement } = await judge.judge(bytes, { now: NOW });
        if (judgement.verdict !== "PASSED") throw new Error("the benchmark's file must pass");
      });
      const ms = `${judged.toFixed(1)} ms, sha256 ${hash.toFixed(1)} ms`;
      lines.push(`${size} MB: ${(hash / judged).toFixed(2)} (${ms})`);
    }
    await judge.close();
    return lines;
  },
};
