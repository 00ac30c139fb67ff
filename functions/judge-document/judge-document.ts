import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { IntakeExecution, JudgedDocument } from "../../shared/contracts/intake.ts";
import { uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import { documentIsJudged } from "../../shared/domain/case-changes/document-is-judged.ts";
import { judge } from "../../shared/domain/judgement/judge.ts";
import type { AgreementReader } from "../../shared/ports/agreement-reader.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";

export interface JudgeDocumentDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "read" | "putPageImage">;
  reader: AgreementReader;
  clock: Clock;
}

/** Reads the document once and keeps the judgement with the upload; a second call answers what was kept. */
export async function judgeDocument(
  { caseId, key, versionId }: IntakeExecution,
  { cases, documents, reader, clock }: JudgeDocumentDependencies,
): Promise<JudgedDocument> {
  const file = await cases.read(caseId);
  const upload = file && uploadOf(file, versionId);
  if (!file || !upload) throw new UploadIsNotRegistered(`${versionId} of case ${caseId}`);
  if (upload.judgement) return { outcome: outcomeOf(upload.judgement.verdict) };

  const bytes = await collect(await documents.read(key, versionId), upload.bytes);
  const { facts, firstPagePng } = await reader.read(bytes, { now: clock.now() });
  const judgement = judge(facts, { cvr: file.case.cvr, kind: file.case.kind });
  const pageImageKey = firstPagePng && (await documents.putPageImage(caseId, versionId, firstPagePng));
  await changeFileIfDue(cases, caseId, (fresh) =>
    documentIsJudged(fresh, versionId, { judgement, pageImageKey }, clock.now()),
  );
  return { outcome: outcomeOf(judgement.verdict) };
}

function outcomeOf(verdict: "PASSED" | "NEEDS_HUMAN" | "REJECTED"): JudgedDocument["outcome"] {
  return verdict === "REJECTED" ? "rejected" : "accepted";
}

async function collect(chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(bytes);
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
