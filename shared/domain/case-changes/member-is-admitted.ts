import type { Admitted, Approved, MemberId } from "../agreement/agreement-case.ts";
import type { Change, NewId } from "../agreement/case-change.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { admit } from "../agreement/transitions.ts";
import { copenhagenDate } from "../calendar/copenhagen-date.ts";
import { type DuesCharge, firstDues } from "../dues/first-dues.ts";
import { contactOf, mailTo } from "../errands/mail-errands.ts";
import type { DuesLine, Member } from "../membership/member.ts";
import type { Settings } from "../settings/settings.ts";
import { newTask } from "./tasks.ts";

/** Admission never precedes the archived document: the agreement and its evidence exist before anybody is a member. */
export class NotArchivedYet extends Error {
  override readonly name = "NotArchivedYet";
}

export interface AdmissionPlan extends Change<Admitted> {
  member: Member;
  dues?: DuesLine | undefined;
}

/**
 * What an approved case becomes: a member, its first dues line, the welcome and the dues mail.
 * @param invoiceNumber the number an issued line takes; unused when there is none.
 */
export function admitMember(
  file: CaseFile & { case: Approved },
  settings: Settings,
  invoiceNumber: number,
  newId: NewId,
  now: number,
): AdmissionPlan {
  const agreement = file.case;
  if (!agreement.archived) throw new NotArchivedYet(`case ${agreement.id}`);
  const joinedOn = copenhagenDate(agreement.approvedAt);
  const invoicedOn = copenhagenDate(now);
  const member: Member = {
    id: newId() as MemberId,
    kind: agreement.kind,
    organisation: file.organisation,
    joinedOn,
    admittedAt: now,
    caseId: agreement.id,
    agreement: { ...agreement.archived, sha256: agreement.upload.sha256 },
  };
  const charge = firstDues(
    agreement.kind,
    joinedOn,
    invoicedOn,
    settings.rates,
    settings.firstInvoiceDueDays,
  );
  const dues = charge && duesLine(member, charge, invoicedOn, invoiceNumber);
  const contact = contactOf(file);
  const unready =
    dues?.state.kind === "not-invoice-ready"
      ? newTask(file, { reason: "NOT_INVOICE_READY", cause: `${charge?.year}` }, settings.people, newId, now)
      : undefined;
  return {
    after: admit(agreement, member.id, now),
    audit: [
      {
        code: "ADMITTED",
        at: now,
        actor: "system",
        details: { memberId: member.id, joinedOn, ...numberOf(dues) },
      },
    ],
    member,
    dues,
    records: unready?.records ?? [],
    errands: [
      mailTo(contact, "welcome", "1"),
      ...(dues?.state.kind === "issued"
        ? [mailTo(contact, "dues", `${dues.year}-1`, { invoiceNumber: dues.state.invoiceNumber })]
        : []),
      ...(unready?.errands ?? []),
    ],
  };
}

function numberOf(dues: DuesLine | undefined): Record<string, number> {
  return dues?.state.kind === "issued" ? { invoiceNumber: dues.state.invoiceNumber } : {};
}

/** A public body without a GLN can't be invoiced yet: the line waits without a number, for numbers have no gaps. */
function duesLine(member: Member, charge: DuesCharge, invoicedOn: string, invoiceNumber: number): DuesLine {
  const ready = member.organisation.gln !== undefined;
  return {
    ...charge,
    memberId: member.id,
    line: 1,
    invoicedOn,
    state: ready ? { kind: "issued", invoiceNumber } : { kind: "not-invoice-ready", missing: "GLN" },
  };
}
