import type { ArchivedObject } from "../agreement/agreement-case.ts";
import type { Language, MembershipKind } from "../agreement/kind.ts";
import type { DuesCharge } from "../dues/first-dues.ts";
import type { DuesLineState } from "../dues/invoice-readiness.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { CaseId, MemberId, RunId } from "../owner.ts";
import type { References } from "./references.ts";
import type { Standing } from "./standing.ts";

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
  standing: Standing;
  origin: MemberOrigin;
  /** What a public body wants on an invoice before it pays; each with its age. */
  references: References;
  /** Where a contact's mails go when its own address takes none. */
  officialEmail?: EmailAddress | undefined;
}

/** How somebody came into the register: by a case decided here, or with the secretariat's spreadsheet. */
export type MemberOrigin =
  | {
      kind: "case";
      admittedAt: number;
      caseId: CaseId;
      caseNumber: string;
      agreement: ArchivedObject & { sha256: string };
    }
  | { kind: "import"; importedAt: number; planSha256: string; opening: Opening };

/** What stood in the spreadsheet on the day of the import, so that the first January charges nobody twice. */
export interface Opening {
  /** The last year that was invoiced before. */
  lastInvoicedYear?: number | undefined;
  /** An invoice of the old series that was not paid. */
  open?: { invoice: string; amountOere: number; dueOn: string } | undefined;
}

/** A line of the dues ledger. */
export interface DuesLine extends DuesCharge {
  memberId: MemberId;
  line: number;
  /** Copenhagen date. */
  invoicedOn: string;
  state: DuesLineState;
  /** The run that charged it; none where an admission did. */
  runId?: RunId | undefined;
}
