import type { Admitted, AgreementCase, ApprovedAndArchived } from "../domain/agreement/agreement-case.ts";
import type { CaseFile } from "../domain/agreement/case-file.ts";
import type { StatusLink } from "../domain/approval/link.ts";
import type { AdmissionPlan } from "../domain/case-changes/member-is-admitted.ts";
import type { CaseChange } from "../domain/files.ts";
import type { ContactRecord, SignerRecord } from "../domain/filing/person.ts";
import type { Organisation } from "../domain/organisation/organisation.ts";
import type { CaseId } from "../domain/owner.ts";
import type { Shelf } from "./filing.ts";

/** Everything a new case consists of; committed whole or not at all. */
export interface CaseOpening extends Omit<CaseChange, "after"> {
  case: AgreementCase;
  organisation: Organisation;
  signer: SignerRecord;
  contact: ContactRecord;
  statusLink: StatusLink;
}

export type OpeningOutcome =
  | { kind: "opened" }
  /** One open case per CVR and kind, also under two parallel submits. */
  | { kind: "open-case-exists"; caseId: CaseId }
  | { kind: "already-member" };

/** The case's last change, the member's whole new file, its unique CVR, and the number of its first dues line. */
export interface Admission extends AdmissionPlan {
  read: CaseFile & { case: ApprovedAndArchived };
  change: AdmissionPlan["change"] & { after: Admitted };
}

/** The register of cases. */
export interface Cases extends Shelf<"case"> {
  /** Reserves the year's next case number; gaps are allowed, doubles are not. */
  nextCaseNumber(year: number): Promise<number>;
  open(opening: CaseOpening): Promise<OpeningOutcome>;
  /** One transaction over the case, the member and the invoice number. */
  admit(admission: Admission): Promise<"committed" | "stale" | "already-member">;
  /** From the index: where to look, never what to decide by. */
  openCases(): Promise<CaseId[]>;
}
