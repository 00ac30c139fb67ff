import type { CaseId } from "../../../shared/domain/owner.ts";
import type { Judged, JudgingPapers, Question } from "../../../shared/ports/judging-papers.ts";

/** The judge's papers in memory. */
export class MemoryJudgingPapers implements JudgingPapers {
  private readonly questions = new Map<string, Question>();
  private readonly answers = new Map<string, Judged>();

  async ask(caseId: CaseId, versionId: string, question: Question): Promise<void> {
    this.questions.set(`${caseId} ${versionId}`, structuredClone(question));
  }

  async question(caseId: CaseId, versionId: string): Promise<Question | undefined> {
    return this.questions.get(`${caseId} ${versionId}`);
  }

  async answer(caseId: CaseId, versionId: string, judged: Judged): Promise<void> {
    this.answers.set(`${caseId} ${versionId}`, structuredClone(judged));
  }

  async answered(caseId: CaseId, versionId: string): Promise<Judged | undefined> {
    return this.answers.get(`${caseId} ${versionId}`);
  }
}
