import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { IntakeExecution } from "../../shared/contracts/intake.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { archive } from "../../shared/domain/agreement/transitions.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";

export interface ArchiveAgreementDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "archive">;
  clock: Clock;
}

/** Puts the approved original where it can't be deleted, before anybody becomes a member by it. */
export async function archiveAgreement(
  { caseId, key, versionId }: IntakeExecution,
  { cases, documents, clock }: ArchiveAgreementDependencies,
): Promise<StepDone> {
  const file = await cases.read(caseId);
  if (file?.case.status !== "approved" || file.case.upload.versionId !== versionId || file.case.archived)
    return {};
  const { sha256 } = file.case.upload;
  const archived = await documents.archive({ key, versionId }, caseId, sha256);
  await changeFileIfDue(cases, caseId, ({ case: agreement }) => {
    if (agreement.status !== "approved" || agreement.archived) return undefined;
    const details = { versionId, sha256, archivedVersionId: archived.versionId };
    return {
      after: archive(agreement, archived),
      audit: [{ code: "ARCHIVED", at: clock.now(), actor: "system", details }],
    };
  });
  return {};
}
