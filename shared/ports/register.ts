import type { Admitted, AgreementCase, Approved, CaseId } from "../domain/agreement/agreement-case.ts";
import type { Change } from "../domain/agreement/case-change.ts";
import type { CaseFile, MailRecord, PersonRecord, TaskRecord } from "../domain/agreement/case-file.ts";
import type { MembershipKind } from "../domain/agreement/kind.ts";
import type { StatusLink } from "../domain/approval/link.ts";
import type { Errand, OutboxItem } from "../domain/errands/errand.ts";
import type { AuditEntry } from "../domain/filing/audit-event.ts";
import type { DuesLine, Member } from "../domain/membership/member.ts";
import type { CvrNumber } from "../domain/organisation/cvr-number.ts";
import type { Organisation } from "../domain/organisation/organisation.ts";

/** Everything a new case consists of; committed whole or not at all. */
export interface CaseOpening {
  case: AgreementCase;
  organisation: Organisation;
  signer: PersonRecord;
  contact: PersonRecord;
  statusLink: StatusLink;
  audit: readonly AuditEntry[];
  errands: readonly Errand[];
}

export type OpeningOutcome =
  | { kind: "opened" }
  /** One open case per CVR and kind, also under two parallel submits. */
  | { kind: "open-case-exists"; caseId: CaseId }
  | { kind: "already-member" };

/** One change of a case, in one transaction. */
export interface CaseChange extends Change {
  /** The file the decision was made on: the change is refused as stale when anything has been committed since. */
  read: CaseFile;
}

export type { RecordChange } from "../domain/agreement/case-change.ts";

/** Admission: the case's last change, the member, its unique CVR, and the first dues line with its number. */
export interface Admission extends CaseChange {
  read: CaseFile & { case: Approved };
  after: Admitted;
  member: Member;
  /** The line as it will stand; an issued line takes the number given by `nextInvoiceNumber`, conditionally. */
  dues?: DuesLine | undefined;
}

/** The register: the truth about cases and members. The workflow only waits. */
export interface Register {
  /** Reserves the year's next case number; gaps are allowed, doubles are not. */
  nextCaseNumber(year: number): Promise<number>;
  open(opening: CaseOpening): Promise<OpeningOutcome>;
  /** Everything on one case, consistently. */
  read(caseId: CaseId): Promise<CaseFile | undefined>;
  commit(change: CaseChange): Promise<"committed" | "stale">;
  /** The number an admission would take now. */
  nextInvoiceNumber(): Promise<number>;
  admit(admission: Admission): Promise<"committed" | "stale" | "already-member">;
  findMember(kind: MembershipKind, cvr: CvrNumber): Promise<Member | undefined>;
  duesLines(memberId: Member["id"]): Promise<DuesLine[]>;
  /** Keeps the token of a waiting execution, on the condition that nothing was committed since `read`. */
  storeTaskToken(read: CaseFile, versionId: string, token: string, now: number): Promise<"stored" | "stale">;
  /** Takes an errand that has been run off the list. Doing it twice is harmless. */
  finishErrand(caseId: CaseId, item: OutboxItem): Promise<void>;
  /** Lists from the indexes: where to look, never what to decide by. */
  openCases(): Promise<CaseId[]>;
  casesWithErrands(): Promise<CaseId[]>;
  openTasks(): Promise<{ caseId: CaseId; task: TaskRecord }[]>;
  /** Mails claimed before the given moment and not settled since. */
  unsettledMails(claimedBefore: number): Promise<{ caseId: CaseId; ledgerKey: string }[]>;
  members(): Promise<Member[]>;
}

/** The ledger of mails: claimed before they are sent. */
export interface MailLedger {
  /** False when this mail was claimed before, by whomever. */
  claim(caseId: CaseId, mail: MailRecord): Promise<boolean>;
  /** Not sent after all, and known not to have been: the claim is given back. */
  release(caseId: CaseId, ledgerKey: string): Promise<void>;
  record(
    caseId: CaseId,
    ledgerKey: string,
    state: MailRecord["state"],
    at: number,
    messageId?: string,
  ): Promise<void>;
}

/**
 * Reads, decides, commits; and again from the beginning when somebody else committed in between.
 * `decide` answers the change, or the outcome when there is nothing to change.
 */
export async function changeCase<Outcome>(
  register: Pick<Register, "read" | "commit">,
  caseId: CaseId,
  decide: (file: CaseFile) => { change: Change; outcome: Outcome } | { change?: undefined; outcome: Outcome },
): Promise<Outcome | "no-such-case"> {
  // 8 tries: at most two secretaries, a chair, a submitter and the system change one case at once.
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const file = await register.read(caseId);
    if (!file) return "no-such-case";
    const { change, outcome } = decide(file);
    if (!change) return outcome;
    if ((await register.commit({ ...change, read: file })) === "committed") return outcome;
  }
  throw new CaseIsContended(caseId);
}

/** The same, for an event that either changes the case or finds nothing to change. */
export function changeCaseIfDue(
  register: Pick<Register, "read" | "commit">,
  caseId: CaseId,
  decide: (file: CaseFile) => Change | undefined,
): Promise<"changed" | "unchanged" | "no-such-case"> {
  return changeCase(register, caseId, (file) => {
    const change = decide(file);
    return change ? { change, outcome: "changed" } : { outcome: "unchanged" };
  });
}

/** Eight changes in a row came in between: retried by whoever called. */
export class CaseIsContended extends Error {
  override readonly name = "CaseIsContended";
  constructor(caseId: CaseId) {
    super(`case ${caseId} changed under every attempt`);
  }
}
