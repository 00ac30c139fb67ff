import type { AgreementKind } from "../domain/agreement/kind.ts";
import type { Judgement } from "../domain/judgement/judgement.ts";
import type { CvrNumber } from "../domain/organisation/cvr-number.ts";
import type { CaseId } from "../domain/owner.ts";

/** What the judge is told of an upload: what the applicant stated, how many bytes there are, and what it said before. */
export interface Question {
  cvr: CvrNumber;
  kind: AgreementKind;
  bytes: number;
  /** The verdict that the register has taken in already: it stands. */
  judged?: Judgement["verdict"] | undefined;
}

export interface Judged {
  judgement: Judgement;
  pageImageKey?: string | undefined;
}

/**
 * What passes between the register and the judge, one upload at a time, beside the upload itself. The judge reads files
 * that anybody sends, so it knows these papers and not the register: it can't read a case nor change one.
 */
export interface JudgingPapers {
  ask(caseId: CaseId, versionId: string, question: Question): Promise<void>;
  question(caseId: CaseId, versionId: string): Promise<Question | undefined>;
  answer(caseId: CaseId, versionId: string, judged: Judged): Promise<void>;
  /** Parsed as anything from outside: whoever keeps it trusts its shape, and no key of another case's. */
  answered(caseId: CaseId, versionId: string): Promise<Judged | undefined>;
}
