import {
  type AgreementCase,
  type ApprovedAndArchived,
  isArchived,
  type Undecided,
} from "../../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../../shared/domain/agreement/case-file.ts";
import type { AgreementKind } from "../../../shared/domain/agreement/kind.ts";
import { defaultDeadlines, open } from "../../../shared/domain/agreement/transitions.ts";
import { memberIsAdmitted } from "../../../shared/domain/case-changes/member-is-admitted.ts";
import type { AuditEntry } from "../../../shared/domain/filing/audit-event.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import type { Gln } from "../../../shared/domain/organisation/gln.ts";
import { type CaseId, ownerOf, type PersonId } from "../../../shared/domain/owner.ts";
import type { Admission, CaseOpening } from "../../../shared/ports/cases.ts";
import { localSettings } from "../fakes/fixed-settings.ts";

/** Monday 23 November 2026, 10:00 in Copenhagen. */
export const aMonday = Date.UTC(2026, 10, 23, 9);

export const aarhus = "55133018" as CvrNumber;
export const odense = "35209115" as CvrNumber;

export function address(text: string): EmailAddress {
  return text as EmailAddress;
}

/** An application as the form makes it; state only what matters. */
export function anOpening(
  given: {
    id?: string;
    cvr?: CvrNumber;
    kind?: AgreementKind;
    now?: number;
    /** As by the secretariat, which counts as confirmed; else the contact has not answered yet. */
    confirmed?: boolean;
    email?: string;
  } = {},
): CaseOpening {
  const { cvr = aarhus, kind = "member", now = aMonday, confirmed = true } = given;
  const email = address(given.email ?? "soeren@aarhus.example");
  const id = (given.id ?? "case-1") as CaseId;
  const agreement = open(
    { id, caseNumber: "A-2026-0001", kind, cvr, language: "da" },
    confirmed ? { by: "secretariat" } : { by: "submitter", source: "somewhere" },
    now,
    defaultDeadlines,
  );
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
      email,
      phone: "+45 89 40 20 00",
    },
    statusLink: { purpose: "status", linkHash: `${id}-link`, owner: ownerOf("case", id), issuedAt: now },
    audit: [entry("APPLICATION_RECEIVED", now)],
    errands: [
      {
        type: "mail",
        mail: "receipt",
        step: "1",
        to: { role: "contact", address: email },
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
  if (!isArchived(agreement)) throw new TypeError("not approved and archived");
  const read = { ...file, case: agreement };
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `new-${agreement.id}-${ids}`;
  };
  const numbers = { member: 1, invoice: invoiceNumber };
  return { ...memberIsAdmitted(read, localSettings, numbers, newId, now), read };
}

/** The case as it stands once both stages have said yes and the agreement lies in the archive. */
export function approvedAndArchived(agreement: AgreementCase, now = aMonday): ApprovedAndArchived {
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
    confirmation: { at: openedAt },
    approvedAt: now,
    archived: { key: `agreements/${id}.pdf`, versionId: "a1" },
  };
}
