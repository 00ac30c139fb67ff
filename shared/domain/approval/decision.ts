import type { Recipient } from "../errands/errand.ts";
import type { AuditEvent } from "../filing/audit-event.ts";
import type { RoundOutcome, RoundRecord, Stage } from "../filing/round.ts";
import type { People } from "../settings/settings.ts";
import { isLocked } from "./case-code.ts";
import type { DecisionLink } from "./link.ts";

export const decisions = ["approve", "return", "decline", "close"] as const;
export type Decision = (typeof decisions)[number];

export const outcomeOf = {
  approve: "approved",
  return: "sent-back",
  decline: "declined",
  close: "closed",
} as const satisfies Record<Decision, RoundOutcome>;

/** The secretariat can also end a case without deciding on it: taken back by phone, or a second one of the same. */
export const decisionsOf = {
  secretariat: decisions,
  chair: ["approve", "return", "decline"],
} as const satisfies Record<Stage, readonly Decision[]>;

/** What a round was decided, if it was: a round may end otherwise. */
export function decisionOf(round: RoundRecord | undefined): Decision | undefined {
  return decisions.find((decision) => outcomeOf[decision] === round?.ended?.outcome);
}

/** What is decided on in a file: every round there was, what is under decision now, and what the trail says of links. */
export interface Decidable<Record extends RoundRecord = RoundRecord> {
  rounds: readonly Record[];
  atHand: { number: number; sha256: string } | undefined;
  audit: readonly AuditEvent[];
}

/** What a decision link is good for at a moment. */
export type LinkStanding<Record extends RoundRecord = RoundRecord> =
  | { kind: "open"; round: Record }
  | { kind: "decided"; round: Record; outcome: RoundOutcome }
  | { kind: "superseded"; outcome: RoundOutcome | undefined }
  /** Its recipient has left the office it was mailed to. */
  | { kind: "retired" }
  /** Renewable: the round is open still, so its approver may be sent a new link. */
  | { kind: "expired"; renewable: boolean }
  | { kind: "locked" };

/** A round may also be closed without anybody's decision in it: then nobody stands behind it. */
const decided: readonly RoundOutcome[] = Object.values(outcomeOf);

/**
 * Judges a link against what is decided on as it stands. What was decided is shown for ever, also behind a link that
 * has since run out; otherwise the link must be for the round that is open now, about the very bytes under decision,
 * and its recipient must hold the office still.
 */
export function linkStanding<Record extends RoundRecord>(
  link: DecisionLink,
  { rounds, atHand, audit }: Decidable<Record>,
  people: People,
  now: number,
): LinkStanding<Record> {
  const round = rounds.find((candidate) => candidate.number === link.round);
  if (!round) return { kind: "superseded", outcome: undefined };
  if (round.ended?.byId && decided.includes(round.ended.outcome))
    return { kind: "decided", round, outcome: round.ended.outcome };
  if (round.ended?.outcome === "expired") return { kind: "expired", renewable: false };
  const current = atHand?.number === link.round && atHand.sha256 === link.sha256;
  if (!current) return { kind: "superseded", outcome: round.ended?.outcome };
  if (!holdsOffice(link.recipient, people)) return { kind: "retired" };
  if (isLocked(link, { audit })) return { kind: "locked" };
  if (now >= round.expiresAt) return { kind: "expired", renewable: false };
  if (now >= link.expiresAt) return { kind: "expired", renewable: true };
  return { kind: "open", round };
}

/** Whether whoever a link was mailed to has the office still that it was mailed to. */
export function holdsOffice({ role, address }: Recipient, people: People): boolean {
  return role === "chair" ? people.chair === address : people.secretaries.includes(address);
}

/**
 * Why a link doesn't open the document, if it doesn't: it is for those who are in office, while the link lives. That a
 * round is decided keeps the decision readable, not the applicant's file.
 */
export function documentIsClosed<Record extends RoundRecord>(
  link: DecisionLink,
  standing: LinkStanding<Record>,
  people: People,
  now: number,
): Exclude<LinkStanding["kind"], "open" | "decided"> | undefined {
  if (standing.kind !== "open" && standing.kind !== "decided") return standing.kind;
  if (!holdsOffice(link.recipient, people)) return "retired";
  return now >= link.expiresAt ? "expired" : undefined;
}

/** A reason is owed to the submitter when the answer isn't yes, and to the record when a failed signature is approved. */
export function needsReason(decision: Decision, light: "green" | "yellow" | "red" | undefined): boolean {
  return decision !== "approve" || light === "red";
}
