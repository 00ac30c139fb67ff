import { createHash } from "node:crypto";
import { changeFile } from "../../shared/casework/change-file.ts";
import type { IntakeExecution, RegisteredUpload } from "../../shared/contracts/intake.ts";
import { uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import { uploadArrives } from "../../shared/domain/case-changes/upload-arrives.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { JudgingPapers } from "../../shared/ports/judging-papers.ts";

export interface RegisterUploadDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "head" | "read">;
  papers: Pick<JudgingPapers, "ask">;
  clock: Clock;
}

/** Takes note of the bytes that arrived: their size and SHA-256, streamed. The newest upload takes the case over, and the judge is told what was stated. */
export async function registerUpload(
  { caseId, key, versionId }: IntakeExecution,
  { cases, documents, papers, clock }: RegisterUploadDependencies,
): Promise<RegisteredUpload> {
  const [object, newest] = await Promise.all([documents.head(key, versionId), documents.head(key)]);
  if (!object) throw new UploadIsGone(`${key} has no version ${versionId}`);
  const sha256 = await hashOf(await documents.read(key, versionId));
  const arrived = { key, versionId, sha256, bytes: object.bytes, newestVersionId: newest?.versionId };
  const outcome = await changeFile(cases, caseId, (file) => {
    const { change, outcome: registered } = uploadArrives(file, arrived, clock.now());
    const judged = uploadOf(file, versionId)?.judgement?.verdict;
    const { cvr, kind } = file.case;
    return {
      ...(change && { change }),
      outcome: { registered, question: { cvr, kind, bytes: object.bytes, judged } },
    };
  });
  if (outcome === "no-such-file") return { outcome: "closed" };
  const { registered, question } = outcome;
  if (registered === "registered") await papers.ask(caseId, versionId, question);
  return { outcome: registered };
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest("hex");
}

/** The store lost a version it told us of: nothing to do but to have a person look. */
export class UploadIsGone extends Error {
  override readonly name = "UploadIsGone";
}
