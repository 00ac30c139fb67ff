import { changeFile } from "../../shared/casework/change-file.ts";
import { keepJudgement } from "../../shared/casework/keep-judgement.ts";
import type { PlanNextWakeInput } from "../../shared/contracts/intake.ts";
import type { PlannedWake } from "../../shared/contracts/waits.ts";
import type { CaseFile, ScanVerdict } from "../../shared/domain/agreement/case-file.ts";
import { uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import { scanAnswers } from "../../shared/domain/case-changes/document-is-judged.ts";
import { clockStrikes, planNextWake as plan } from "../../shared/domain/case-changes/plan-next-wake.ts";
import type { CaseChange } from "../../shared/domain/files.ts";
import type { Plan } from "../../shared/domain/filing/plan.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { JudgingPapers } from "../../shared/ports/judging-papers.ts";

export interface PlanNextWakeDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "scanVerdict">;
  papers: Pick<JudgingPapers, "answered">;
  clock: Clock;
}

/** Brings the case up to the clock, then says how a wait stands and for how long to sleep until it is looked at again. */
export async function planNextWake(
  input: PlanNextWakeInput,
  { cases, documents, papers, clock }: PlanNextWakeDependencies,
): Promise<PlannedWake> {
  const { caseId, key, versionId, wait } = input;
  const owed = (file: CaseFile, verdict: ScanVerdict | undefined): CaseChange | undefined =>
    (verdict && scanAnswers(file, versionId, verdict, clock.now())) ??
    clockStrikes(file, versionId, clock.now());
  // The scan is the first that is waited for after the judge: what it found goes into the file here.
  if (wait === "scan") await keepJudgement(input, { cases, papers, clock });
  const file = await cases.read(caseId);
  const unscanned =
    wait === "scan" && file && uploadOf(file, versionId)?.scan?.verdict !== "NO_THREATS_FOUND";
  // The scan's event may be late or lost; the object's tag says the same.
  const verdict = unscanned ? await documents.scanVerdict(key, versionId) : undefined;
  for (;;) {
    const planned = await changeFile<"case", Plan | "caught up">(cases, caseId, (fresh) => {
      const change = owed(fresh, verdict);
      return change
        ? { change, outcome: "caught up" }
        : { outcome: plan(fresh, versionId, wait, clock.now()) };
    });
    if (planned !== "caught up") return answer(planned === "no-such-file" ? { outcome: "closed" } : planned);
  }
}

function answer(planned: Plan): PlannedWake {
  // Read only on `wait`, but always there: a JSONPath that finds nothing fails the state.
  return { outcome: planned.outcome, wake: { seconds: planned.outcome === "wait" ? planned.seconds : 1 } };
}
