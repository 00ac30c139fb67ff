import { isInRound, isUndecided } from "../agreement/agreement-case.ts";
import type { Change, RecordChange } from "../agreement/case-change.ts";
import type { CaseFile, RoundOutcome } from "../agreement/case-file.ts";
import { expire, withdraw } from "../agreement/transitions.ts";
import type { Errand } from "../errands/errand.ts";
import { chair, contactOf, mailTo, secretaries } from "../errands/mail-errands.ts";
import type { People } from "../settings/settings.ts";
import { wakeExecutions } from "./wake.ts";

/** The applicant takes the application back: legal until the last approval. */
export function withdrawCase(file: CaseFile, people: People, now: number): Change | undefined {
  const agreement = file.case;
  if (!isUndecided(agreement)) return undefined;
  return {
    after: withdraw(agreement, now),
    audit: [{ code: "WITHDRAWN", at: now, actor: "submitter", details: {} }],
    records: [...endRound(file, "withdrawn", now), ...closeTasks(file, now)],
    errands: [
      ...wakeExecutions(file),
      mailTo(contactOf(file), "withdrawn", file.head.sequence),
      ...tellTheAsked(file, people),
    ],
  };
}

/** Nobody sent a file, or nobody decided, in time. The submitter is told how to go on. */
export function expireCase(file: CaseFile, now: number): Change | undefined {
  const agreement = file.case;
  const ranOut =
    (isInRound(agreement) && now >= agreement.round.expiresAt) ||
    ((agreement.status === "awaiting-upload" || agreement.status === "rejected") &&
      now >= agreement.lapsesAt);
  if (!ranOut) return undefined;
  return {
    after: expire(agreement, now),
    audit: [{ code: "EXPIRED", at: now, actor: "system", details: { status: agreement.status } }],
    records: [...endRound(file, "expired", now), ...closeTasks(file, now)],
    errands: [...wakeExecutions(file), mailTo(contactOf(file), "expired", file.head.sequence)],
  };
}

function endRound(file: CaseFile, outcome: RoundOutcome, now: number): RecordChange[] {
  const agreement = file.case;
  if (!isInRound(agreement)) return [];
  return file.rounds
    .filter((round) => round.number === agreement.round.number)
    .map((round) => ({ type: "round", round: { ...round, ended: { outcome, at: now } } }));
}

/** What held the case is moot with it; other tasks (an unsent mail) stay with the people who have them. */
function closeTasks(file: CaseFile, now: number): RecordChange[] {
  return file.tasks
    .filter((task) => task.id === file.case.hold?.taskId && !task.resolved)
    .map((task) => ({ type: "task", task: { ...task, resolved: { resolution: "mark-done", at: now } } }));
}

/** Whoever has a decision link in the inbox is told that it is no longer needed. */
function tellTheAsked(file: CaseFile, people: People): Errand[] {
  const agreement = file.case;
  if (!isInRound(agreement)) return [];
  const asked = agreement.round.stage === "chair" ? [chair(people)] : secretaries(people);
  const round = agreement.round.number;
  return asked.map((approver) => mailTo(approver, "round-ended", round, { round }));
}
