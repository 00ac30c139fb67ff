import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { IntakeExecution, JudgedDocument } from "../../shared/contracts/intake.ts";
import { uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import { documentIsJudged } from "../../shared/domain/case-changes/document-is-judged.ts";
import type { AgreementJudge } from "../../shared/ports/agreement-judge.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";

export interface JudgeDocumentDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "read" | "putPageImage">;
  judge: AgreementJudge;
  clock: Clock;
}

/** Judges the document once and keeps the judgement with the upload; a second call answers what was kept. */
export async function judgeDocument(
  { caseId, key, versionId }: IntakeExecution,
  { cases, documents, judge, clock }: JudgeDocumentDependencies,
): Promise<JudgedDocument> {
  const file = await cases.read(caseId);
  const upload = file && uploadOf(file, versionId);
  if (!file || !upload) throw new UploadIsNotRegistered(`${versionId} of case ${caseId}`);
  if (upload.judgement) return { outcome: outcomeOf(upload.judgement.verdict) };

  const bytes = await collect(await documents.read(key, versionId), upload.bytes);
  const { cvr, kind } = file.case;
  const { judgement, firstPage } = await judge.judge(bytes, { cvr, kind, now: clock.now() });
  const png = await firstPage;
  const pageImageKey = png && (await documents.putPageImage(caseId, versionId, png));
  await changeFileIfDue(cases, caseId, (fresh) =>
    documentIsJudged(fresh, versionId, { judgement, pageImageKey }, clock.now()),
  );
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
