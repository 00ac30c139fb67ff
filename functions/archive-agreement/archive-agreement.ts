import type { IntakeExecution, StepDone } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { archive } from "../../shared/domain/agreement/transitions.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import { changeCase, type Register } from "../../shared/ports/register.ts";

export interface ArchiveAgreementDependencies {
  register: Pick<Register, "read" | "commit">;
  documents: Pick<DocumentStore, "archive">;
  clock: Clock;
}

/** Puts the approved original where it can't be deleted, before anybody becomes a member by it. */
export async function archiveAgreement(
  { caseId, key, versionId }: IntakeExecution,
  { register, documents, clock }: ArchiveAgreementDependencies,
): Promise<StepDone> {
  const id = caseId as CaseId;
  const file = await register.read(id);
  if (file?.case.status !== "approved" || file.case.upload.versionId !== versionId || file.case.archived)
    return {};
  const { sha256 } = file.case.upload;
  const archived = await documents.archive({ key, versionId }, id, sha256);
  await changeCase(register, id, ({ case: agreement }) => {
    if (agreement.status !== "approved" || agreement.archived) return { outcome: undefined };
    const details = { versionId, sha256, archivedVersionId: archived.versionId };
    const audit = { code: "ARCHIVED", at: clock.now(), actor: "system", details } as const;
    return { change: { after: archive(agreement, archived), audit: [audit] }, outcome: undefined };
  });
  return {};
}
