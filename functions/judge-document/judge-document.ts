import type { IntakeExecution, JudgedDocument } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { recordJudgement } from "../../shared/domain/case-changes/document-is-judged.ts";
import type { AgreementJudge } from "../../shared/ports/agreement-judge.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import { changeCaseIfDue, type Register } from "../../shared/ports/register.ts";

export interface JudgeDocumentDependencies {
  register: Pick<Register, "read" | "commit">;
  documents: Pick<DocumentStore, "read" | "putPageImage">;
  judge: AgreementJudge;
  clock: Clock;
}

/** Judges the document once and keeps the judgement with the upload; a second call answers what was kept. */
export async function judgeDocument(
  { caseId, key, versionId }: IntakeExecution,
  { register, documents, judge, clock }: JudgeDocumentDependencies,
): Promise<JudgedDocument> {
  const id = caseId as CaseId;
  const file = await register.read(id);
  const upload = file?.uploads.find((candidate) => candidate.versionId === versionId);
  if (!file || !upload) throw new UploadIsNotRegistered(`${versionId} of case ${caseId}`);
  if (upload.judgement) return { outcome: outcomeOf(upload.judgement.verdict) };

  const bytes = await collect(await documents.read(key, versionId), upload.bytes);
  const { cvr, kind } = file.case;
  const { judgement, firstPagePng } = await judge.judge(bytes, { cvr, kind, now: clock.now() });
  const pageImageKey = firstPagePng && (await documents.putPageImage(id, versionId, firstPagePng));
  await changeCaseIfDue(register, id, (fresh) => {
    return recordJudgement(fresh, versionId, { judgement, pageImageKey }, clock.now());
  });
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
