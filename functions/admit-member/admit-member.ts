import { changeFileIfDue, FileIsContended } from "../../shared/casework/change-file.ts";
import type { IntakeExecution } from "../../shared/contracts/intake.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { type ApprovedAndArchived, isArchived } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { rivalIsAdmitted } from "../../shared/domain/case-changes/case-is-closed.ts";
import { memberIsAdmitted } from "../../shared/domain/case-changes/member-is-admitted.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { InvoiceNumbers } from "../../shared/ports/invoice-numbers.ts";
import type { Members } from "../../shared/ports/members.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface AdmitMemberDependencies {
  cases: Pick<Cases, "read" | "commit" | "admit">;
  members: Pick<Members, "nextMemberNumber">;
  invoiceNumbers: InvoiceNumbers;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
}

/**
 * Uniqueness is decided here: of two applications for one body the first admitted is the member, and the other is held
 * for a person. Case, member, audit events and first dues line in one transaction; welcome and dues mails follow from it.
 */
export async function admitMember(
  { caseId, versionId }: IntakeExecution,
  { cases, members, invoiceNumbers, settings, clock, newId }: AdmitMemberDependencies,
): Promise<StepDone> {
  let member: number | undefined;
  // 20 tries: an invoice number is taken by one admission at a time, and a whole assembly may be approved at once.
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const file = await cases.read(caseId);
    if (!file || !isReady(file) || file.case.upload.versionId !== versionId) return {};
    const now = clock.now();
    member ??= await members.nextMemberNumber();
    const numbers = { member, invoice: await invoiceNumbers.next() };
    const plan = memberIsAdmitted(file, await settings.at(now), numbers, newId, now);
    const outcome = await cases.admit({ ...plan, read: file });
    if (outcome === "committed") return {};
    if (outcome === "already-member") {
      const { people } = await settings.at(now);
      await changeFileIfDue(cases, caseId, (read) => rivalIsAdmitted(read, people, newId, clock.now()));
      return {};
    }
  }
  throw new FileIsContended(caseId);
}

function isReady(file: CaseFile): file is CaseFile & { case: ApprovedAndArchived } {
  return isArchived(file.case);
}
