import type { Admitted, AgreementCase, ApprovedAndArchived } from "../domain/agreement/agreement-case.ts";
import type { CaseFile } from "../domain/agreement/case-file.ts";
import type { AgreementKind } from "../domain/agreement/kind.ts";
import type { StatusLink } from "../domain/approval/link.ts";
import type { AdmissionPlan } from "../domain/case-changes/member-is-admitted.ts";
import type { CaseChange } from "../domain/files.ts";
import type { ContactRecord, SignerRecord } from "../domain/filing/person.ts";
import type { CvrNumber } from "../domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../domain/organisation/email-address.ts";
import type { Organisation } from "../domain/organisation/organisation.ts";
import type { CaseId } from "../domain/owner.ts";
import type { Commit, Shelf } from "./filing.ts";

/** Everything a new case consists of; committed whole or not at all. */
export interface CaseOpening extends Omit<CaseChange, "after"> {
  case: AgreementCase;
  organisation: Organisation;
  signer: SignerRecord;
  contact: ContactRecord;
  statusLink: StatusLink;
  /** Where the request may come again: kept in the same transaction, so that of two at once one opens a case. */
  repeat?: Repeat | undefined;
}

/** A request that was answered: by hashes of its key and of what it asked. Good until a moment, then it is a new one. */
export interface Repeat {
  keyHash: string;
  bodyHash: string;
  until: number;
}

/** The case that the same key opened, and for which body. */
export interface Repeated {
  caseId: CaseId;
  bodyHash: string;
}

/** Who applies for what. */
export interface Applying {
  kind: AgreementKind;
  cvr: CvrNumber;
  contact: EmailAddress;
}

/** What stands in the way of an application: the same contact's confirmed open case, or that the body is in already. */
export type Standing =
  | { kind: "free" }
  | { kind: "open-case-exists"; caseId: CaseId }
  | { kind: "already-member" };

/** One confirmed open case a contact, body and kind, also under two parallel submits. Unconfirmed ones coexist. */
export type OpeningOutcome =
  | { kind: "opened" }
  | ({ kind: "repeated" } & Repeated)
  | Exclude<Standing, { kind: "free" }>;

/** A change that confirms its case: `stale` as any other, or refused by what stands in the way. */
export type ConfirmingOutcome = "committed" | "stale" | Exclude<Standing, { kind: "free" }>;

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
  /** Looked at before a number is taken; `open` and `confirm` see to it that it holds. */
  standing(applying: Applying): Promise<Standing>;
  repeated(keyHash: string, now: number): Promise<Repeated | undefined>;
  /** Commits a change after which the case is confirmed, and takes the contact's guard with it. */
  confirm(change: Commit<"case">): Promise<ConfirmingOutcome>;
  /** The unconfirmed cases of the same contact, body and kind: powerless once another is confirmed. */
  unconfirmedBeside(applying: Applying): Promise<CaseId[]>;
  /** From the index: cases that are gone, the longest first. */
  gone(now: number, atMost: number): Promise<CaseId[]>;
  /** From the index: confirmed open cases for a body and kind, by whichever contact. */
  openFor(applied: Pick<Applying, "kind" | "cvr">): Promise<CaseId[]>;
  /** Clears an unconfirmed case away with everything in it; again after a crash in the middle is harmless. */
  discard(read: CaseFile): Promise<"discarded" | "stale">;
  /** One transaction over the case, the member and the invoice number. */
  admit(admission: Admission): Promise<"committed" | "stale" | "already-member">;
  /** From the index: the confirmed ones. Where to look, never what to decide by. */
  openCases(): Promise<CaseId[]>;
}
