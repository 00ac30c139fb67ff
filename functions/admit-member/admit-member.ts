import type { IntakeExecution, StepDone } from "../../shared/contracts/intake.ts";
import type { Approved, CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import type { NewId } from "../../shared/domain/agreement/case-change.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { admitMember as plan } from "../../shared/domain/case-changes/member-is-admitted.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { CaseIsContended, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface AdmitMemberDependencies {
  register: Pick<Register, "read" | "admit" | "nextInvoiceNumber">;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

/** Member, case, audit event and first dues line in one transaction; welcome and dues mails follow from it. */
export async function admitMember(
  { caseId, versionId }: IntakeExecution,
  { register, settings, clock, newId }: AdmitMemberDependencies,
): Promise<StepDone> {
  const id = caseId as CaseId;
  // 20 tries: an invoice number is taken by one admission at a time, and a whole assembly may be approved at once.
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const file = await register.read(id);
    if (!isApproved(file) || file.case.upload.versionId !== versionId) return {};
    const now = clock.now();
    const admission = plan(file, await settings.at(now), await register.nextInvoiceNumber(), newId, now);
    const outcome = await register.admit({ ...admission, read: file });
    if (outcome === "already-member") throw new AlreadyAMember(`case ${caseId}`);
  }
  throw new CaseIsContended(id);
}

function isApproved(file: CaseFile | undefined): file is CaseFile & { case: Approved } {
  return file?.case.status === "approved";
}

/** Two cases for one CVR can't both be open, so this is for a person to look at. */
export class AlreadyAMember extends Error {
  override readonly name = "AlreadyAMember";
}
