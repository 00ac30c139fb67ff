import type { ArchivedObject } from "../agreement/agreement-case.ts";
import type { Language, MembershipKind } from "../agreement/kind.ts";
import type { DuesCharge } from "../dues/first-dues.ts";
import type { DuesLineState } from "../dues/invoice-readiness.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { CaseId, MemberId } from "../owner.ts";

/** An authority or a supplier whose agreement both sides have approved. Its key isn't the CVR, for authorities merge. */
export interface Member {
  id: MemberId;
  /** For people, as M-0042. */
  memberNumber: string;
  kind: MembershipKind;
  organisation: Organisation;
  /** What its contact is written to in. */
  language: Language;
  /** Copenhagen date of the last approval. */
  joinedOn: string;
  admittedAt: number;
  /** The case that led to it. */
  admittedBy: { caseId: CaseId; caseNumber: string };
  agreement: ArchivedObject & { sha256: string };
}

/** A line of the dues ledger. */
export interface DuesLine extends DuesCharge {
  memberId: MemberId;
  line: number;
  /** Copenhagen date. */
  invoicedOn: string;
  state: DuesLineState;
}
