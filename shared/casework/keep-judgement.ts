import { uploadOf } from "../domain/agreement/case-questions.ts";
import { documentIsJudged } from "../domain/case-changes/document-is-judged.ts";
import type { CaseId } from "../domain/owner.ts";
import type { Cases } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { JudgingPapers } from "../ports/judging-papers.ts";
import { changeFileIfDue } from "./change-file.ts";

/** The workflow judges before it goes on; anything else is a fault of ours. */
export class NotJudgedYet extends Error {
  override readonly name = "NotJudgedYet";
}

/**
 * Takes the judge's answer about an upload into the file, once: the judge itself has no way to the register. Done by
 * the step that goes on with the file, whichever way it goes.
 */
export async function keepJudgement(
  { caseId, versionId }: { caseId: CaseId; versionId: string },
  { cases, papers, clock }: { cases: Cases; papers: Pick<JudgingPapers, "answered">; clock: Clock },
): Promise<void> {
  const file = await cases.read(caseId);
  const upload = file && uploadOf(file, versionId);
  if (!upload || upload.judgement) return;
  const judged = await papers.answered(caseId, versionId);
  if (!judged) throw new NotJudgedYet(`${versionId} of case ${caseId}`);
  await changeFileIfDue(cases, caseId, (fresh) => documentIsJudged(fresh, versionId, judged, clock.now()));
}
