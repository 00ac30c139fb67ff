import type { Round, Stage } from "../filing/round.ts";
import type { CvrNumber } from "../organisation/cvr-number.ts";
import type { CaseId, MemberId, PersonId, TaskId } from "../owner.ts";
import type { AgreementKind, Language } from "./kind.ts";

/** One version of the one object a case's agreement is uploaded to. */
export interface UploadReference {
  /** The S3 version id: bytes are never rewritten, a new file is a new version. */
  versionId: string;
  /** Of the bytes, lower-case hex. What a decision was made about. */
  sha256: string;
}

/** A version in the archive bucket. */
export interface ArchivedObject {
  key: string;
  versionId: string;
}

/** The system can't go on by itself; an open task says why and a person decides. */
export interface Hold {
  taskId: TaskId;
  since: number;
  reason: HoldReason;
}

export const holdReasons = [
  "STEP_FAILED",
  "SCAN_MISSING",
  "THREATS_FOUND",
  "NOT_SCANNABLE",
  "RIVAL_ADMITTED",
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** The contact's address has not answered yet; at `until` there is no such case any longer. */
export interface ConfirmationAwaited {
  until: number;
  /** Hash of the network address the application came from, so that mail is shared out fairly; gone once answered. */
  source: string;
}

/** The contact's address has answered, or the secretariat entered the case itself. */
export interface ConfirmationGiven {
  at: number;
}

export type Confirmation = ConfirmationAwaited | ConfirmationGiven;

interface CaseFacts {
  id: CaseId;
  /** For people, as A-2026-0117. */
  caseNumber: string;
  kind: AgreementKind;
  cvr: CvrNumber;
  language: Language;
  openedAt: number;
  /** Epoch milliseconds of the last change of status. */
  since: number;
  /** How many rounds there have been. */
  rounds: number;
  hold?: Hold | undefined;
  /** Whether somebody at the contact's address has said that the application is theirs. */
  confirmation: Confirmation;
}

/** What only a case whose contact has answered can be: nobody at OS2 is asked before. */
interface ConfirmedFacts extends CaseFacts {
  confirmation: ConfirmationGiven;
}

/** Nothing sent yet, or sent back for another file. */
export interface AwaitingUpload extends CaseFacts {
  status: "awaiting-upload";
  lapsesAt: number;
  /** Present when somebody sent the file back: the person record that holds the reason. */
  returned?: { stage: Stage; reasonId: PersonId } | undefined;
}

/** A file is here and the system is reading it. */
export interface UnderReview extends CaseFacts {
  status: "under-review";
  upload: UploadReference;
}

/** The system could not accept the file; the submitter sends another. */
export interface Rejected extends CaseFacts {
  status: "rejected";
  upload: UploadReference;
  lapsesAt: number;
}

/** The file is accepted; the contact's address has not answered. */
export interface AwaitingConfirmation extends CaseFacts {
  status: "awaiting-confirmation";
  confirmation: ConfirmationAwaited;
  upload: UploadReference;
}

export interface AwaitingSecretariat extends ConfirmedFacts {
  status: "awaiting-secretariat";
  upload: UploadReference;
  round: Round;
}

/** The secretariat has approved; the chair has not been asked yet. */
export interface Endorsed extends ConfirmedFacts {
  status: "endorsed";
  upload: UploadReference;
}

export interface AwaitingChair extends ConfirmedFacts {
  status: "awaiting-chair";
  upload: UploadReference;
  round: Round;
}

/** Approved by the last who had to; the member does not exist yet. */
export interface Approved extends ConfirmedFacts {
  status: "approved";
  upload: UploadReference;
  /** The last approval: its Copenhagen date is the join date, so a delay of ours never changes dues. */
  approvedAt: number;
  /** The original where it can't be deleted; until it is there, nobody is admitted. */
  archived?: ArchivedObject | undefined;
}

/** The agreement and its evidence exist: the only thing that admission accepts. */
export interface ApprovedAndArchived extends Approved {
  archived: ArchivedObject;
}

export interface Admitted extends ConfirmedFacts {
  status: "admitted";
  upload: UploadReference;
  memberId: MemberId;
  archived: ArchivedObject;
}

export interface Declined extends ConfirmedFacts {
  status: "declined";
  stage: Stage;
  reasonId: PersonId;
}

export interface Expired extends CaseFacts {
  status: "expired";
  /** What ran out: the time to send a file, or a round. */
  expired: "upload" | Stage;
}

export interface Withdrawn extends CaseFacts {
  status: "withdrawn";
}

/** Ended by the house without a decision on the agreement. */
export interface ClosedByHouse extends ConfirmedFacts {
  status: "closed";
  /** `reasonId`: what the secretariat wrote, as a person record. */
  closing: { reason: "closed-by-secretariat"; reasonId: PersonId } | { reason: "another-admitted" };
}

export type InRound = AwaitingSecretariat | AwaitingChair;
export type Closed = Admitted | Declined | Expired | Withdrawn | ClosedByHouse;
export type Open =
  | AwaitingUpload
  | UnderReview
  | Rejected
  | AwaitingConfirmation
  | AwaitingSecretariat
  | Endorsed
  | AwaitingChair
  | Approved;
export type AgreementCase = Open | Closed;
export type CaseStatus = AgreementCase["status"];

interface StatusRules {
  /** Who has to act for the case to move. */
  nextActor: "submitter" | "secretariat" | "chair" | "system" | "nobody";
  closed: boolean;
  /** Whether the submitter may send a (new) file, and whether the application may be withdrawn. */
  takesUploads: boolean;
  withdrawable: boolean;
  /** The status as the outside knows it. Source: the HTTP contract. */
  public: PublicStatus;
}

export type PublicStatus = Exclude<CaseStatus, "endorsed"> | "held";

export const statusRules = {
  "awaiting-upload": {
    nextActor: "submitter",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "awaiting-upload",
  },
  "under-review": {
    nextActor: "system",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "under-review",
  },
  rejected: {
    nextActor: "submitter",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "rejected",
  },
  "awaiting-confirmation": {
    nextActor: "submitter",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "awaiting-confirmation",
  },
  "awaiting-secretariat": {
    nextActor: "secretariat",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "awaiting-secretariat",
  },
  endorsed: {
    nextActor: "chair",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "awaiting-chair",
  },
  "awaiting-chair": {
    nextActor: "chair",
    closed: false,
    takesUploads: true,
    withdrawable: true,
    public: "awaiting-chair",
  },
  approved: {
    nextActor: "system",
    closed: false,
    takesUploads: false,
    withdrawable: false,
    public: "approved",
  },
  admitted: {
    nextActor: "nobody",
    closed: true,
    takesUploads: false,
    withdrawable: false,
    public: "admitted",
  },
  declined: {
    nextActor: "nobody",
    closed: true,
    takesUploads: false,
    withdrawable: false,
    public: "declined",
  },
  expired: { nextActor: "nobody", closed: true, takesUploads: false, withdrawable: false, public: "expired" },
  withdrawn: {
    nextActor: "nobody",
    closed: true,
    takesUploads: false,
    withdrawable: false,
    public: "withdrawn",
  },
  closed: { nextActor: "nobody", closed: true, takesUploads: false, withdrawable: false, public: "closed" },
} as const satisfies Record<CaseStatus, StatusRules>;

export function publicStatus(agreement: AgreementCase): PublicStatus {
  return agreement.hold ? "held" : statusRules[agreement.status].public;
}

/**
 * A held case waits for the secretariat's two, whatever it waited for before; an open one whose contact has not
 * answered waits for the submitter, whatever the system does with the file meanwhile.
 */
export function nextActor(agreement: AgreementCase): StatusRules["nextActor"] {
  if (agreement.hold) return "secretariat";
  const { closed, nextActor: actor } = statusRules[agreement.status];
  return closed || isConfirmed(agreement) ? actor : "submitter";
}

export function isConfirmed<Case extends AgreementCase>(
  agreement: Case,
): agreement is Case & { confirmation: ConfirmationGiven } {
  return "at" in agreement.confirmation;
}

/** An open case whose contact has not answered: a file may come and be read, and nothing else. */
export type Unconfirmed = (AwaitingUpload | UnderReview | Rejected | AwaitingConfirmation) & {
  confirmation: ConfirmationAwaited;
};

export function isUnconfirmed(agreement: AgreementCase): agreement is Unconfirmed {
  return !isClosed(agreement) && !isConfirmed(agreement);
}

/** Nobody answered in time: the case's addresses lead nowhere, and the sweep clears it away. */
export function isGone(agreement: Pick<AgreementCase, "confirmation">, now: number): boolean {
  return "until" in agreement.confirmation && now >= agreement.confirmation.until;
}

export function isClosed(agreement: AgreementCase): agreement is Closed {
  return statusRules[agreement.status].closed;
}

/** A case that ended without admission: its applicant may begin a new one with the same details. */
export function mayApplyAgain({ status }: AgreementCase): boolean {
  return status === "expired" || status === "declined" || status === "withdrawn";
}

/** An open case before the last approval: the statuses from which a new file or a withdrawal is legal. */
export type Undecided = Exclude<Open, Approved>;

export function isUndecided(agreement: AgreementCase): agreement is Undecided {
  return statusRules[agreement.status].withdrawable;
}

export function isInRound(agreement: AgreementCase): agreement is InRound {
  return agreement.status === "awaiting-secretariat" || agreement.status === "awaiting-chair";
}

/** The upload that the case is about now, if any. */
export function currentUpload(agreement: AgreementCase): UploadReference | undefined {
  return "upload" in agreement ? agreement.upload : undefined;
}

export function isArchived(agreement: AgreementCase): agreement is ApprovedAndArchived {
  return agreement.status === "approved" && agreement.archived !== undefined;
}

/** Where the agreement lies for good, once it does. */
export function archivedObject(agreement: AgreementCase): ArchivedObject | undefined {
  return "archived" in agreement ? agreement.archived : undefined;
}
