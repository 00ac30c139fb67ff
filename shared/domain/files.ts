import type { AgreementCase } from "./agreement/agreement-case.ts";
import type { CaseFile, CaseRound, UploadRecord } from "./agreement/case-file.ts";
import type { DuesRun, RunFile } from "./dues/dues-run.ts";
import type { Errand, SharedErrand } from "./errands/errand.ts";
import type { AuditEntry } from "./filing/audit-event.ts";
import type { SharedRecord } from "./filing/change.ts";
import type { RoundRecord } from "./filing/round.ts";
import type { Posting } from "./ledger/posting.ts";
import type { DuesLine, Member } from "./membership/member.ts";
import type { MemberFile } from "./membership/member-file.ts";
import type { Office, OfficeFile } from "./office/office-file.ts";
import type { OwnerKind } from "./owner.ts";

/** The file of each kind of owner. */
export interface FileOf {
  case: CaseFile;
  member: MemberFile;
  run: RunFile;
  office: OfficeFile;
}
export type AnyFile = FileOf[OwnerKind];

export function isCaseFile(file: AnyFile): file is CaseFile {
  return file.owner.kind === "case";
}

export function isRunFile(file: AnyFile): file is RunFile {
  return file.owner.kind === "run";
}

/** What each file is about. */
export interface BodyOf {
  case: AgreementCase;
  member: Member;
  run: DuesRun;
  office: Office;
}

/** The records that change or appear together with it. */
interface RecordOf {
  case: { type: "upload"; upload: UploadRecord } | { type: "round"; round: CaseRound };
  member:
    | { type: "dues-line"; line: DuesLine }
    | { type: "posting"; posting: Posting }
    | { type: "round"; round: RoundRecord };
  run: { type: "round"; round: RoundRecord };
  office: { type: "round"; round: RoundRecord };
}
export type RecordChange<Kind extends OwnerKind> = SharedRecord | RecordOf[Kind];

/** What one event does to a file: new state, what is recorded, and what must reach the outside. Committed whole. */
export interface Change<Kind extends OwnerKind, After extends BodyOf[Kind] = BodyOf[Kind]> {
  /** Left out where what the file is about stays as it is: a task, a mail, a line of the trail. */
  after?: After;
  audit: readonly [AuditEntry, ...AuditEntry[]];
  records?: readonly RecordChange<Kind>[];
  errands?: readonly (Errand<Kind> | SharedErrand)[];
}

export type CaseChange<After extends AgreementCase = AgreementCase> = Change<"case", After>;
export type MemberChange = Change<"member">;
