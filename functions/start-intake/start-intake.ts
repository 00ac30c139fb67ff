import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { IntakeStarter } from "../../shared/ports/workflows.ts";

export interface StartIntakeDependencies {
  documents: Pick<DocumentStore, "caseIdOf">;
  intake: Pick<IntakeStarter, "start">;
}

/** Starts one execution for an uploaded version, however often its event is delivered. */
export async function startIntake(
  { key, versionId }: { key: string; versionId: string },
  { documents, intake }: StartIntakeDependencies,
): Promise<"started" | "already-started" | "not-ours"> {
  const caseId = documents.caseIdOf(key);
  return caseId ? intake.start({ caseId, key, versionId }, 0) : "not-ours";
}
