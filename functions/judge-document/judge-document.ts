import type { IntakeExecution, JudgedDocument } from "../../shared/contracts/intake.ts";
import type { AgreementJudge } from "../../shared/ports/agreement-judge.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { JudgingPapers } from "../../shared/ports/judging-papers.ts";

export interface JudgeDocumentDependencies {
  papers: Pick<JudgingPapers, "question" | "answer">;
  documents: Pick<DocumentStore, "read" | "putPageImage">;
  judge: AgreementJudge;
  clock: Clock;
}

/**
 * Judges the document and leaves the judgement beside the upload; what the register has taken in already stands. It
 * reads what anybody sends, so it neither reads nor writes the register: the next step takes the judgement in.
 */
export async function judgeDocument(
  { caseId, key, versionId }: IntakeExecution,
  { papers, documents, judge, clock }: JudgeDocumentDependencies,
): Promise<JudgedDocument> {
  const question = await papers.question(caseId, versionId);
  if (!question) throw new UploadIsNotRegistered(`${versionId} of case ${caseId}`);
  if (question.judged) return { outcome: outcomeOf(question.judged) };

  const { cvr, kind } = question;
  const bytes = await collect(await documents.read(key, versionId), question.bytes);
  const { judgement, firstPage } = await judge.judge(bytes, { cvr, kind, now: clock.now() });
  const png = await firstPage;
  const pageImageKey = png && (await documents.putPageImage(caseId, versionId, png));
  await papers.answer(caseId, versionId, { judgement, pageImageKey });
  return { outcome: outcomeOf(judgement.verdict) };
}

function outcomeOf(verdict: "PASSED" | "NEEDS_HUMAN" | "REJECTED"): JudgedDocument["outcome"] {
  return verdict === "REJECTED" ? "rejected" : "accepted";
}

/** In shared memory, so that whoever judges them on another thread needs no copy. */
async function collect(chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(new SharedArrayBuffer(bytes));
  let offset = 0;
  for await (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** The workflow registers before it judges; anything else is a fault of ours. */
export class UploadIsNotRegistered extends Error {
  override readonly name = "UploadIsNotRegistered";
}
