import type { PlanNextWakeInput, PlannedWake } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { recordScanVerdict } from "../../shared/domain/case-changes/document-is-judged.ts";
import { type Plan, planNextWake as plan } from "../../shared/domain/case-changes/plan-next-wake.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import { changeCase, type Register } from "../../shared/ports/register.ts";

export interface PlanNextWakeDependencies {
  register: Pick<Register, "read" | "commit">;
  documents: Pick<DocumentStore, "scanVerdict">;
  clock: Clock;
}

/** Says how a wait stands, and for how long to sleep until it is looked at again. */
export async function planNextWake(
  { caseId, key, versionId, wait }: PlanNextWakeInput,
  { register, documents, clock }: PlanNextWakeDependencies,
): Promise<PlannedWake> {
  const id = caseId as CaseId;
  const file = await register.read(id);
  if (!file) return answer({ outcome: "closed" });
  const upload = file.uploads.find((candidate) => candidate.versionId === versionId);
  // The scan's event may be late or lost; the object's tag says the same.
  if (wait === "scan" && upload && upload.scan?.verdict !== "NO_THREATS_FOUND") {
    const verdict = await documents.scanVerdict(key, versionId);
    if (verdict) {
      const planned = await changeCase(register, id, (fresh) => {
        const change = recordScanVerdict(fresh, versionId, verdict, clock.now());
        return change
          ? { change, outcome: undefined }
          : { outcome: plan(fresh, versionId, wait, clock.now()) };
      });
      if (planned && planned !== "no-such-case") return answer(planned);
      return planNextWake({ caseId, key, versionId, wait }, { register, documents, clock });
    }
  }
  return answer(plan(file, versionId, wait, clock.now()));
}

function answer(planned: Plan): PlannedWake {
  // Read only on `wait`, but always there: a JSONPath that finds nothing fails the state.
  return { outcome: planned.outcome, wake: { seconds: planned.outcome === "wait" ? planned.seconds : 1 } };
}
