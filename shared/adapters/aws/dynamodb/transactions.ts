import type { Closed } from "../../../domain/agreement/agreement-case.ts";
import { isClosed, nextActor } from "../../../domain/agreement/agreement-case.ts";
import type { CaseFile, MailRecord, TaskRecord } from "../../../domain/agreement/case-file.ts";
import type { Errand } from "../../../domain/errands/errand.ts";
import { appendToChain } from "../../../domain/filing/audit-chain.ts";
import type { AuditEntry, ChainHead } from "../../../domain/filing/audit-event.ts";
import { emptyChain } from "../../../domain/filing/audit-event.ts";
import type { Admission, CaseChange, CaseOpening, RecordChange } from "../../../ports/register.ts";
import { keyOf, listed, workList, yearList } from "./keys.ts";
import { absent, type Condition, MOST_PARTS, type Part } from "./table.ts";

/** What each change of the register writes: pure, so that what is in one transaction can be read in one place. */

/** The labels by which a refusal is recognised. */
export const OPEN_GUARD = "open-guard";
export const CASE = "case";
export const MEMBER_OF_CVR = "member-of-cvr";
export const INVOICE_COUNTER = "invoice-counter";

export function openingParts(opening: CaseOpening): Part[] {
  const { case: agreement, signer, contact, statusLink } = opening;
  const { head, parts } = auditParts(agreement, emptyChain, opening.audit);
  return [
    {
      label: OPEN_GUARD,
      put: { ...keyOf.openGuard(agreement.kind, agreement.cvr), caseId: agreement.id },
      condition: absent,
    },
    { label: MEMBER_OF_CVR, check: keyOf.memberOfCvr(agreement.kind, agreement.cvr), condition: absent },
    {
      label: CASE,
      put: casePut({ ...opening, signerId: signer.id, contactId: contact.id }, agreement, head),
      condition: absent,
    },
    ...[signer, contact].map((person) => recordPart(agreement.id, { type: "person", person })),
    { label: "status-link", put: { ...keyOf.link(statusLink.linkHash), ...statusLink }, condition: absent },
    ...parts,
    ...errandParts(agreement.id, head, opening.errands, agreement.openedAt),
  ];
}

export function changeParts(change: CaseChange): Part[] {
  const { read, after, audit } = change;
  const { head, parts } = auditParts(after, read.head, audit);
  return [
    { label: CASE, put: casePut(read, after, head), condition: asRead(read) },
    ...parts,
    ...(change.records ?? []).map((record) => recordPart(after.id, record, read)),
    ...errandParts(after.id, head, change.errands ?? [], audit[0].at),
    ...(isClosed(after) && !isClosed(read.case) ? [releaseOfCvr(after)] : []),
  ];
}

export function admissionParts(admission: Admission): Part[] {
  const { member, dues } = admission;
  const began: AuditEntry = {
    code: "ADMITTED",
    at: member.admittedAt,
    actor: "system",
    details: { caseId: member.caseId },
  };
  const trail = appendToChain(emptyChain, "member", [began]);
  return [
    ...changeParts(admission),
    {
      label: MEMBER_OF_CVR,
      put: { ...keyOf.memberOfCvr(member.kind, member.organisation.cvr), memberId: member.id },
      condition: absent,
    },
    {
      label: "member",
      put: {
        ...keyOf.member(member.id),
        ...member,
        head: trail.head,
        yearPk: yearList.members(member.kind),
        yearSk: member.id,
      },
      condition: absent,
    },
    ...trail.events.map((event) => ({
      label: "member-audit",
      put: { ...keyOf.memberAudit(member.id, event.sequence), ...event },
      condition: absent,
    })),
    ...(dues
      ? [
          {
            label: "dues",
            put: {
              ...keyOf.dues(member.id, dues.year, dues.line),
              ...dues,
              yearPk: yearList.dues(dues.year),
              yearSk: `${member.id}#${dues.line}`,
            },
            condition: absent,
          },
        ]
      : []),
    ...(dues?.state.kind === "issued" ? [takeInvoiceNumber(dues.state.invoiceNumber)] : []),
  ];
}

/** Nothing has been committed since the file was read. */
export function asRead(read: Pick<CaseFile, "head">): Condition {
  return {
    expression: "#head.#sequence = :read",
    names: { "#head": "head", "#sequence": "sequence" },
    values: { ":read": read.head.sequence },
  };
}

/** Where a case stands in the work index: at whoever has to act, until nobody has. */
function casePut(
  file: Pick<CaseFile, "organisation" | "signerId" | "contactId">,
  agreement: CaseFile["case"],
  head: ChainHead,
) {
  const actor = nextActor(agreement);
  return {
    ...keyOf.case(agreement.id),
    case: agreement,
    head,
    organisation: file.organisation,
    signerId: file.signerId,
    contactId: file.contactId,
    ...(actor === "nobody" ? {} : listed(workList.actor(actor), agreement.since, agreement.id)),
  };
}

function auditParts(agreement: CaseFile["case"], from: ChainHead, entries: readonly AuditEntry[]) {
  const { head, events } = appendToChain(from, agreement.status, entries);
  const parts: Part[] = events.map((event) => ({
    label: "audit",
    put: { ...keyOf.caseAudit(agreement.id, event.sequence), ...event },
    condition: absent,
  }));
  return { head, parts };
}

/**
 * Errands are numbered from where the audit chain stands, so that no counter of their own is needed: a transaction
 * moves the chain by at least one and holds fewer than 100 errands.
 */
function errandParts(
  caseId: CaseFile["case"]["id"],
  head: ChainHead,
  errands: readonly Errand[],
  since: number,
): Part[] {
  return errands.map((errand, position) => {
    const sequence = head.sequence * MOST_PARTS + position;
    return {
      label: "errand",
      put: {
        ...keyOf.errand(caseId, sequence),
        ...errand,
        owner: `case_${caseId}`,
        sequence,
        since,
        ...listed(workList.errands, since, `${caseId}#${sequence}`),
      },
      condition: absent,
    };
  });
}

function recordPart(caseId: CaseFile["case"]["id"], change: RecordChange, read?: CaseFile): Part {
  switch (change.type) {
    case "upload":
      return {
        label: "upload",
        put: { ...keyOf.upload(caseId, change.upload.versionId), ...change.upload },
      };
    case "round":
      return { label: "round", put: { ...keyOf.round(caseId, change.round), ...change.round } };
    case "person":
      return { label: "person", put: { ...keyOf.person(caseId, change.person.id), ...change.person } };
    case "task":
      return { label: "task", put: taskPut(caseId, change.task) };
    case "mail":
      return mailPart(
        caseId,
        change.mail,
        read?.mails.find((mail) => mail.ledgerKey === change.mail.ledgerKey),
      );
  }
}

function taskPut(caseId: CaseFile["case"]["id"], task: TaskRecord) {
  const open = task.resolved ? {} : listed(workList.tasks, task.since, `${caseId}#${task.id}`);
  return { ...keyOf.task(caseId, task.id), ...task, ...open };
}

/** The ledger moves by itself as well, so its lines have a condition of their own: as they were read. */
function mailPart(caseId: CaseFile["case"]["id"], mail: MailRecord, read: MailRecord | undefined): Part {
  return {
    label: "mail",
    put: mailPut(caseId, mail),
    condition: read
      ? { expression: "#state = :read", names: { "#state": "state" }, values: { ":read": read.state } }
      : absent,
  };
}

/** A line of the mail ledger; listed while nobody knows whether the mail went out. */
export function mailPut(caseId: CaseFile["case"]["id"], mail: MailRecord) {
  const uncertain =
    mail.state === "claimed"
      ? listed(workList.uncertainMails, mail.claimedAt, `${caseId}#${mail.ledgerKey}`)
      : {};
  return { ...keyOf.mail(caseId, mail.ledgerKey), ...mail, ...uncertain };
}

/** Only the case's own guard: a closed case whose task is resolved later must not free the next case's CVR. */
function releaseOfCvr(closed: Closed): Part {
  return {
    label: "release-cvr",
    delete: keyOf.openGuard(closed.kind, closed.cvr),
    condition: {
      expression: "#caseId = :caseId",
      names: { "#caseId": "caseId" },
      values: { ":caseId": closed.id },
    },
  };
}

/** The number is taken if it still is the next one. */
function takeInvoiceNumber(invoiceNumber: number): Part {
  const first = invoiceNumber === 1;
  return {
    label: INVOICE_COUNTER,
    update: keyOf.invoiceCounter(),
    set: {
      expression: "SET #last = :taken",
      names: { "#last": "last" },
      values: { ":taken": invoiceNumber },
    },
    condition: {
      expression: first ? "attribute_not_exists(#last)" : "#last = :before",
      ...(first ? {} : { values: { ":before": invoiceNumber - 1 } }),
    },
  };
}
