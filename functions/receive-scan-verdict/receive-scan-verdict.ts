import type { ScanVerdict } from "../../shared/domain/agreement/case-file.ts";
import { recordScanVerdict } from "../../shared/domain/case-changes/document-is-judged.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import { changeCaseIfDue, type Register } from "../../shared/ports/register.ts";

export interface ReceiveScanVerdictDependencies {
  register: Pick<Register, "read" | "commit">;
  documents: Pick<DocumentStore, "caseIdOf">;
  clock: Clock;
}

/**
 * Keeps the malware scan's verdict on an upload and wakes its execution. A verdict that comes before the upload is
 * registered is left alone: the execution reads the object's tag before it waits.
 */
export async function receiveScanVerdict(
  { key, versionId, verdict }: { key: string; versionId: string; verdict: ScanVerdict },
  { register, documents, clock }: ReceiveScanVerdictDependencies,
): Promise<"recorded" | "nothing-to-record"> {
  const caseId = documents.caseIdOf(key);
  if (!caseId) return "nothing-to-record";
  const outcome = await changeCaseIfDue(register, caseId, (file) =>
    recordScanVerdict(file, versionId, verdict, clock.now()),
  );
  if (outcome !== "changed") return "nothing-to-record";
  return "recorded";
}
