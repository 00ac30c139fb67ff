import type { Admitted, ApprovedAndArchived } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { contactOf } from "../agreement/case-questions.ts";
import { admit } from "../agreement/transitions.ts";
import { copenhagenDate } from "../calendar/copenhagen-date.ts";
import { firstDues } from "../dues/first-dues.ts";
import { duesLineState, payerOf } from "../dues/invoice-readiness.ts";
import { memberMail } from "../errands/mail-errands.ts";
import type { CaseChange, MemberChange } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import type { ContactRecord } from "../filing/person.ts";
import { newTask } from "../filing/tasks.ts";
import { taskOf } from "../member-changes/waiting-line-is-charged.ts";
import type { DuesLine, Member } from "../membership/member.ts";
import type { CaseId, MemberId } from "../owner.ts";
import type { Settings } from "../settings/settings.ts";

/** The numbers that an admission takes. */
export interface AdmissionNumbers {
  /** Rank of the member, 1, 2, …; gaps are allowed. */
  member: number;
  /** The number an issued line takes; unused when there is none. */
  invoice: number;
}

/** What an admission makes: the case's last change and a member's whole new file, committed as one. */
export interface AdmissionPlan {
  /** Of the case. */
  change: CaseChange<Admitted> & { after: Admitted };
  member: Member;
  contact: ContactRecord;
  /** The member's own beginning: its trail, its first dues line, its task and its mails. */
  beginning: Omit<MemberChange, "after">;
  dues?: DuesLine | undefined;
}

/**
 * What an approved and archived case becomes: a member with a file of its own, its first dues line, the welcome and
 * the dues mail. From here on the member's mails are the member's, so that the case can be erased.
 */
export function memberIsAdmitted(
  file: CaseFile & { case: ApprovedAndArchived },
  settings: Settings,
  numbers: AdmissionNumbers,
  newId: NewId,
  now: number,
): AdmissionPlan {
  const agreement = file.case;
  const joinedOn = copenhagenDate(agreement.approvedAt);
  const invoicedOn = copenhagenDate(now);
  const member: Member = {
    id: newId() as MemberId,
    memberNumber: `M-${String(numbers.member).padStart(4, "0")}`,
    kind: agreement.kind,
    organisation: file.organisation,
    language: agreement.language,
    joinedOn,
    standing: { status: "current" },
    origin: {
      kind: "case",
      admittedAt: now,
      caseId: agreement.id,
      caseNumber: agreement.caseNumber,
      agreement: { ...agreement.archived, sha256: agreement.upload.sha256 },
    },
    references: {},
  };
  const contact = contactOf(file);
  const { rates, firstInvoiceDueDays: dueDays } = settings;
  const charge = firstDues(agreement.kind, joinedOn, { rates, dueDays, invoicedOn });
  const dues: DuesLine | undefined = charge && {
    ...charge,
    memberId: member.id,
    line: 1,
    invoicedOn,
    state: duesLineState(payerOf(member, contact), charge, settings.payee, numbers.invoice),
  };
  const details = { memberId: member.id, joinedOn, ...numberOf(dues) };
  return {
    change: {
      after: admit(agreement, member.id, now),
      audit: [{ code: "ADMITTED", at: now, actor: "system", details }],
      // One errand, however many there are: a change never grows with what outsiders did.
      errands: [{ type: "close-rivals" }],
    },
    member,
    contact,
    beginning: beginningOf(member, agreement.id, contact, dues, settings, newId, now),
    dues,
  };
}

function beginningOf(
  member: Member,
  caseId: CaseId,
  contact: ContactRecord,
  dues: DuesLine | undefined,
  { people }: Settings,
  newId: NewId,
  now: number,
): AdmissionPlan["beginning"] {
  const to = { role: "contact", address: contact.email } as const;
  const task = dues && newTask({ tasks: [] }, taskOf(dues), people, newId, now);
  return {
    audit: [{ code: "ADMITTED", at: now, actor: "system", details: { caseId, joinedOn: member.joinedOn } }],
    records: [
      { type: "person", person: contact },
      ...(dues ? [{ type: "dues-line", line: dues } as const] : []),
      ...(task?.records ?? []),
    ],
    errands: [
      memberMail(to, "welcome", "1", {}),
      ...(dues?.state.kind === "issued"
        ? [{ type: "file-invoice", invoiceNumber: dues.state.invoiceNumber } as const]
        : []),
      ...(task?.errands ?? []),
    ],
  };
}

function numberOf(dues: DuesLine | undefined): Record<string, number> {
  return dues?.state.kind === "issued" ? { invoiceNumber: dues.state.invoiceNumber } : {};
}
