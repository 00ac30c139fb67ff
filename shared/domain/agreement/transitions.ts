import type { Round, Stage } from "../filing/round.ts";
import type { MemberId, PersonId } from "../owner.ts";
import type {
  Admitted,
  Approved,
  ApprovedAndArchived,
  ArchivedObject,
  AwaitingChair,
  AwaitingConfirmation,
  AwaitingSecretariat,
  AwaitingUpload,
  ClosedByHouse,
  ConfirmationAwaited,
  ConfirmationGiven,
  Declined,
  Endorsed,
  Expired,
  Hold,
  InRound,
  Open,
  Rejected,
  Unconfirmed,
  Undecided,
  UnderReview,
  UploadReference,
  Withdrawn,
} from "./agreement-case.ts";
import type { KindRules } from "./kind.ts";

/** Time limits of a case, in days. Dated settings, with these as what stands until somebody changes them. */
export interface CaseDeadlines {
  uploadDays: number;
  /** How long the contact's address has to answer. */
  confirmationDays: number;
  newUploadDays: number;
  roundDays: number;
}

export const defaultDeadlines: CaseDeadlines = {
  uploadDays: 7,
  confirmationDays: 7,
  newUploadDays: 30,
  roundDays: 30,
};

const day = 24 * 60 * 60 * 1000;

/** What stays through every change of status; spread first, so that no field of the old status leaks into the new. */
function facts(agreement: Open, now: number) {
  const { id, caseNumber, kind, cvr, language, openedAt, rounds, confirmation } = agreement;
  return { id, caseNumber, kind, cvr, language, openedAt, rounds, confirmation, since: now };
}

/** The same of a case whose contact has answered. */
function confirmedFacts(agreement: Open & { confirmation: ConfirmationGiven }, now: number) {
  return { ...facts(agreement, now), confirmation: agreement.confirmation };
}

type Opening = Pick<AwaitingUpload, "id" | "caseNumber" | "kind" | "cvr" | "language">;
type Entered = { by: "secretariat" } | { by: "submitter"; source: string };

/**
 * @param entered who typed the application: what the secretariat enters itself counts as confirmed, for it knows
 *   whom it wrote with
 */
export function open(
  opening: Opening,
  entered: { by: "secretariat" },
  now: number,
  deadlines: CaseDeadlines,
): AwaitingUpload & { confirmation: ConfirmationGiven };
export function open(
  opening: Opening,
  entered: Entered,
  now: number,
  deadlines: CaseDeadlines,
): AwaitingUpload;
export function open(
  opening: Opening,
  entered: Entered,
  now: number,
  deadlines: CaseDeadlines,
): AwaitingUpload {
  return {
    ...opening,
    confirmation:
      entered.by === "secretariat"
        ? { at: now }
        : { until: now + deadlines.confirmationDays * day, source: entered.source },
    status: "awaiting-upload",
    openedAt: now,
    since: now,
    rounds: 0,
    lapsesAt: now + deadlines.uploadDays * day,
  };
}

/** The contact's address has answered. A file that was accepted before is looked at again, by the next attempt. */
export function confirm(
  agreement: Unconfirmed,
  now: number,
): (AwaitingUpload | UnderReview | Rejected) & { confirmation: ConfirmationGiven } {
  const confirmation = { at: now };
  return agreement.status === "awaiting-confirmation"
    ? { ...facts(agreement, now), status: "under-review", upload: agreement.upload, confirmation }
    : { ...agreement, confirmation };
}

/** The file is accepted; nobody is asked before the contact's address has answered. */
export function awaitConfirmation(
  agreement: UnderReview & { confirmation: ConfirmationAwaited },
  now: number,
): AwaitingConfirmation {
  const { upload, confirmation } = agreement;
  return { ...facts(agreement, now), status: "awaiting-confirmation", upload, confirmation };
}

/** A file arrived. A new one while somebody decides ends that round: the decision would be about other bytes. */
export function receiveUpload<Case extends Undecided>(
  agreement: Case,
  upload: UploadReference,
  now: number,
): UnderReview & Pick<Case, "confirmation"> {
  const { confirmation } = agreement;
  return { ...facts(agreement, now), status: "under-review", upload, confirmation };
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
  agreement: UnderReview & { confirmation: ConfirmationGiven },
  now: number,
  deadlines: CaseDeadlines,
): AwaitingSecretariat {
  const round = nextRound(agreement, "secretariat", now, deadlines);
  return {
    ...confirmedFacts(agreement, now),
    status: "awaiting-secretariat",
    upload: agreement.upload,
    rounds: round.number,
    round,
  };
}

export function askChair(agreement: Endorsed, now: number, deadlines: CaseDeadlines): AwaitingChair {
  const round = nextRound(agreement, "chair", now, deadlines);
  return {
    ...confirmedFacts(agreement, now),
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
    ? { ...confirmedFacts(agreement, now), status: "endorsed", upload }
    : { ...confirmedFacts(agreement, now), status: "approved", upload, approvedAt: now };
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
  return { ...confirmedFacts(agreement, now), status: "declined", stage: agreement.round.stage, reasonId };
}

export function withdraw(agreement: Undecided, now: number): Withdrawn {
  return { ...facts(agreement, now), status: "withdrawn" };
}

/** The house ends an open case without deciding on it. */
export function close(
  agreement: Open & { confirmation: ConfirmationGiven },
  closing: ClosedByHouse["closing"],
  now: number,
): ClosedByHouse {
  return { ...confirmedFacts(agreement, now), status: "closed", closing };
}

export function archive(agreement: Approved, archived: ArchivedObject): ApprovedAndArchived {
  return { ...agreement, archived };
}

export function admit(agreement: ApprovedAndArchived, memberId: MemberId, now: number): Admitted {
  const { upload, archived } = agreement;
  return { ...confirmedFacts(agreement, now), status: "admitted", upload, memberId, archived };
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
