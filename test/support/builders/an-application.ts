import type {
  AgreementCase,
  Approved,
  CaseId,
  MemberId,
  PersonId,
  Undecided,
} from "../../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../../shared/domain/agreement/case-file.ts";
import type { AgreementKind } from "../../../shared/domain/agreement/kind.ts";
import { defaultDeadlines, open } from "../../../shared/domain/agreement/transitions.ts";
import { oere } from "../../../shared/domain/dues/dues-rate.ts";
import type { AuditEntry } from "../../../shared/domain/filing/audit-event.ts";
import type { DuesLine, Member } from "../../../shared/domain/membership/member.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import type { Gln } from "../../../shared/domain/organisation/gln.ts";
import type { Admission, CaseOpening } from "../../../shared/ports/register.ts";

/** Monday 23 November 2026, 10:00 in Copenhagen. */
export const aMonday = Date.UTC(2026, 10, 23, 9);

export const aarhus = "55133018" as CvrNumber;
export const odense = "35209115" as CvrNumber;

export function address(text: string): EmailAddress {
  return text as EmailAddress;
}

/** An application as the form makes it; state only what matters. */
export function anOpening(
  given: { id?: string; cvr?: CvrNumber; kind?: AgreementKind; now?: number } = {},
): CaseOpening {
  const { cvr = aarhus, kind = "member", now = aMonday } = given;
  const id = (given.id ?? "case-1") as CaseId;
  const agreement = open({ id, caseNumber: "A-2026-0001", kind, cvr, language: "da" }, now, defaultDeadlines);
  return {
    case: agreement,
    organisation: {
      name: "Aarhus Kommune",
      cvr,
      gln: "5790000423408" as Gln,
      authorityType: "municipality",
      population: 367_095,
      address: { street: "Rådhuspladsen 2", postalCode: "8000", city: "Aarhus C" },
    },
    signer: { id: `${id}-signer` as PersonId, role: "signer", name: "Åse Ørsted", title: "Direktør" },
    contact: {
      id: `${id}-contact` as PersonId,
      role: "contact",
      name: "Søren Kjær",
      email: address("soeren@aarhus.example"),
      phone: "+45 89 40 20 00",
    },
    statusLink: { purpose: "status", linkHash: `${id}-link`, caseId: id, issuedAt: now },
    audit: [entry("APPLICATION_RECEIVED", now)],
    errands: [
      {
        type: "mail",
        mail: "receipt",
        step: "1",
        to: { role: "contact", address: address("soeren@aarhus.example") },
        subject: {},
      },
    ],
  };
}

export function entry(code: AuditEntry["code"], at: number, actor = "system"): AuditEntry {
  return { code, at, actor, details: { rank: 1 } };
}

/** An approved and archived case's admission, from the file as it was read. */
export function anAdmission(file: CaseFile, invoiceNumber: number, now = aMonday): Admission {
  const agreement = file.case;
  if (agreement.status !== "approved" || !agreement.archived)
    throw new TypeError("not approved and archived");
  const memberId = `member-of-${agreement.id}` as MemberId;
  const member: Member = {
    id: memberId,
    kind: agreement.kind,
    organisation: file.organisation,
    joinedOn: "2026-11-23",
    admittedAt: now,
    caseId: agreement.id,
    agreement: { ...agreement.archived, sha256: agreement.upload.sha256 },
  };
  const { archived: _archived, approvedAt: _approvedAt, ...facts } = agreement;
  return {
    read: { ...file, case: agreement },
    after: { ...facts, status: "admitted", memberId },
    audit: [entry("ADMITTED", now)],
    member,
    dues: aDuesLine(memberId, invoiceNumber),
  };
}

function aDuesLine(memberId: MemberId, invoiceNumber: number): DuesLine {
  return {
    memberId,
    line: 1,
    year: 2026,
    period: "half-year",
    amountOere: oere(1_250_000),
    vatCategory: "S",
    vatPercent: 25,
    vatOere: oere(312_500),
    totalOere: oere(1_562_500),
    dueOn: "2026-12-23",
    invoicedOn: "2026-11-23",
    state: { kind: "issued", invoiceNumber },
  };
}

/** The case as it stands once both stages have said yes and the agreement lies in the archive. */
export function approvedAndArchived(agreement: AgreementCase, now = aMonday): Approved {
  const { id, caseNumber, kind, cvr, language, openedAt, rounds } = agreement as Undecided;
  return {
    id,
    caseNumber,
    kind,
    cvr,
    language,
    openedAt,
    rounds,
    since: now,
    status: "approved",
    upload: { versionId: "v1", sha256: "ab".repeat(32) },
    approvedAt: now,
    archived: { key: `agreements/${id}.pdf`, versionId: "a1" },
  };
}
