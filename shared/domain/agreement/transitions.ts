import type { Round, Stage } from "../filing/round.ts";
import type { CvrNumber } from "../organisation/cvr-number.ts";
import type { CaseId, MemberId, PersonId } from "../owner.ts";
import type {
  Admitted,
  Approved,
  ApprovedAndArchived,
  ArchivedObject,
  AwaitingChair,
  AwaitingSecretariat,
  AwaitingUpload,
  Declined,
  Endorsed,
  Expired,
  Hold,
  InRound,
  Open,
  Rejected,
  Undecided,
  UnderReview,
  UploadReference,
  Withdrawn,
} from "./agreement-case.ts";
import type { AgreementKind, KindRules, Language } from "./kind.ts";

/** Time limits of a case, in days. Dated settings, with these as what stands until somebody changes them. */
export interface CaseDeadlines {
  uploadDays: number;
  newUploadDays: number;
  roundDays: number;
}

export const defaultDeadlines: CaseDeadlines = { uploadDays: 7, newUploadDays: 30, roundDays: 30 };

const day = 24 * 60 * 60 * 1000;

/** What stays through every change of status; spread first, so that no field of the old status leaks into the new. */
function facts(agreement: Open, now: number) {
  const { id, caseNumber, kind, cvr, language, openedAt, rounds } = agreement;
  return { id, caseNumber, kind, cvr, language, openedAt, rounds, since: now };
}

export function open(
  opening: { id: CaseId; caseNumber: string; kind: AgreementKind; cvr: CvrNumber; language: Language },
  now: number,
  deadlines: CaseDeadlines,
): AwaitingUpload {
  return {
    ...opening,
    status: "awaiting-upload",
    openedAt: now,
    since: now,
    rounds: 0,
    lapsesAt: now + deadlines.uploadDays * day,
  };
}

/** A file arrived. A new one while somebody decides ends that round: the decision would be about other bytes. */
export function receiveUpload(agreement: Undecided, upload: UploadReference, now: number): UnderReview {
  return { ...facts(agreement, now), status: "under-review", upload };
}

export function reject(agreement: UnderReview, now: number, deadlines: CaseDeadlines): Rejected {
  return {
    ...facts(agreement, now),
    status: "rejected",
    upload: agreement.upload,
    lapsesAt: now + deadlines.newUploadDays * day,
  };
}

function nextRound(
  agreement: UnderReview | Endorsed,
  stage: Stage,
  now: number,
  deadlines: CaseDeadlines,
): Round {
  return { number: agreement.rounds + 1, stage, openedAt: now, expiresAt: now + deadlines.roundDays * day };
}

export function askSecretariat(
  agreement: UnderReview,
  now: number,
  deadlines: CaseDeadlines,
): AwaitingSecretariat {
  const round = nextRound(agreement, "secretariat", now, deadlines);
  return {
    ...facts(agreement, now),
    status: "awaiting-secretariat",
    upload: agreement.upload,
    rounds: round.number,
    round,
  };
}

export function askChair(agreement: Endorsed, now: number, deadlines: CaseDeadlines): AwaitingChair {
  const round = nextRound(agreement, "chair", now, deadlines);
  return {
    ...facts(agreement, now),
    status: "awaiting-chair",
    upload: agreement.upload,
    rounds: round.number,
    round,
  };
}

/** The secretariat's approval leads to the chair where the kind asks for a countersignature; the chair's is the last. */
export function approve(
  agreement: InRound,
  now: number,
  rules: Pick<KindRules, "countersignedByChair">,
): Endorsed | Approved {
  const { upload } = agreement;
  return agreement.status === "awaiting-secretariat" && rules.countersignedByChair
    ? { ...facts(agreement, now), status: "endorsed", upload }
    : { ...facts(agreement, now), status: "approved", upload, approvedAt: now };
}

/**
 * Sent back, in a round or out of one: the submitter gets the reason and sends another file.
 * @param by who asks for it; the secretariat where a task does.
 */
export function askForNewFile(
  agreement: Undecided,
  by: Stage,
  reasonId: PersonId,
  now: number,
  deadlines: CaseDeadlines,
): AwaitingUpload {
  return {
    ...facts(agreement, now),
    status: "awaiting-upload",
    lapsesAt: now + deadlines.newUploadDays * day,
    returned: { stage: by, reasonId },
  };
}

export function decline(agreement: InRound, reasonId: PersonId, now: number): Declined {
  return { ...facts(agreement, now), status: "declined", stage: agreement.round.stage, reasonId };
}

export function withdraw(agreement: Undecided, now: number): Withdrawn {
  return { ...facts(agreement, now), status: "withdrawn" };
}

export function archive(agreement: Approved, archived: ArchivedObject): ApprovedAndArchived {
  return { ...agreement, archived };
}

export function admit(agreement: ApprovedAndArchived, memberId: MemberId, now: number): Admitted {
  const { upload, archived } = agreement;
  return { ...facts(agreement, now), status: "admitted", upload, memberId, archived };
}

/** Nobody sent a file, or nobody decided, in time. Frees the CVR; the way to go on is a new application. */
export function expire(agreement: AwaitingUpload | Rejected | InRound, now: number): Expired {
  const expired = "round" in agreement ? agreement.round.stage : "upload";
  return { ...facts(agreement, now), status: "expired", expired };
}

/** The status stays what it was: a held case goes on from there once a person has resolved the task. */
export function hold<Status extends Open>(agreement: Status, held: Hold): Status {
  return { ...agreement, hold: held };
}

export function release<Status extends Open>(agreement: Status): Status {
  const { hold: _resolved, ...rest } = agreement;
  return rest as Status;
}
