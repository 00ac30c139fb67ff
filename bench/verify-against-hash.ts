import { createHash } from "node:crypto";
import { testAuthority } from "../local/rehearsal/pdfs/test-authority.ts";
import { verifySignatures } from "../pdf-evidence/signatures/verify-signatures.ts";
import { PdfFile } from "../pdf-evidence/structure/pdf-file.ts";
import { NOW, trusting } from "../test/support/pdfs/signature-values.ts";
import { type Benchmark, fastestInTurn } from "./benchmark.ts";
import { MEGABYTE, signedFileOf } from "./signed-file.ts";

const SIZES = [1, 10, 50] as const;

/** Opening a signed file and verifying its signature, against SHA-256 of the same bytes: 1 would be free. */
export const verifyAgainstHash: Benchmark = {
  name: "verify ÷ sha256",
  measure: async () => {
    const anchors = trusting([testAuthority().root.certificate]);
    const lines: string[] = [];
    for (const size of SIZES) {
      const pdf = signedFileOf(size * MEGABYTE);
      const { hash, verify } = await fastestInTurn({
        hash: () => createHash("sha256").update(pdf).digest(),
        verify: async () => {
          const { signatures } = await verifySignatures(new PdfFile(pdf), { anchors, now: NOW });
          if (signatures[0]?.indication !== "TOTAL_PASSED") throw new Error("the benchmark's file must pass");
        },
      });
      const rate = (ms: number) => `${Math.round((pdf.length / MEGABYTE / ms) * 1000)} MB/s`;
      lines.push(`${size} MB: ${(hash / verify).toFixed(2)} (verify ${rate(verify)}, sha256 ${rate(hash)})`);
    }
    return lines;
  },
};
