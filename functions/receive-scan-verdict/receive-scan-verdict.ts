import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { ScanVerdict } from "../../shared/domain/agreement/case-file.ts";
import { scanAnswers } from "../../shared/domain/case-changes/document-is-judged.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";

export interface ReceiveScanVerdictDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "caseIdOf">;
  clock: Clock;
}

/**
 * Keeps the malware scan's verdict on an upload and wakes its execution. A verdict that comes before the upload is
 * registered is left alone: the execution reads the object's tag before it waits.
 */
export async function receiveScanVerdict(
  { key, versionId, verdict }: { key: string; versionId: string; verdict: ScanVerdict },
  { cases, documents, clock }: ReceiveScanVerdictDependencies,
): Promise<"recorded" | "nothing-to-record"> {
  const caseId = documents.caseIdOf(key);
  if (!caseId) return "nothing-to-record";
  const outcome = await changeFileIfDue(cases, caseId, (file) =>
    scanAnswers(file, versionId, verdict, clock.now()),
  );
  return outcome === "changed" ? "recorded" : "nothing-to-record";
}
