import type { Buffer } from "node:buffer";
import { testAuthority } from "../../../local/rehearsal/pdfs/test-authority.ts";
import { readWithoutDrawing } from "../../../pdf-evidence/read-document.ts";
import { judge } from "../../../shared/domain/judgement/judge.ts";
import type { Judgement } from "../../../shared/domain/judgement/judgement.ts";
import { NOW, trusting } from "./signature-values.ts";

/** The whole judge but for text and picture, with trust in the test root. */
export async function judgedFile(pdf: Buffer): Promise<Judgement> {
  const anchors = trusting([testAuthority().root.certificate]);
  return judge(await readWithoutDrawing(pdf, { now: NOW, anchors }));
}

export function passes(judgement: Judgement): boolean {
  return (
    judgement.verdict === "PASSED" ||
    judgement.signatures.some(({ indication }) => indication === "TOTAL_PASSED")
  );
}
