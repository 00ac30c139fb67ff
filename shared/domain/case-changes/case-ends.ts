import { isInRound, isUnconfirmed, isUndecided } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { expire, withdraw } from "../agreement/transitions.ts";
import { caseMail } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { People } from "../settings/settings.ts";
import { endRound, settleHold, tellContact, tellTheAsked, theContact, wake } from "./parts.ts";

/** The applicant takes the application back: legal until the last approval. */
export function applicantWithdraws(file: CaseFile, people: People, now: number): CaseChange | undefined {
  const agreement = file.case;
  if (!isUndecided(agreement)) return undefined;
  return {
    after: withdraw(agreement, now),
    audit: [{ code: "WITHDRAWN", at: now, actor: "submitter", details: {} }],
    records: [...endRound(file, "withdrawn", now), ...settleHold(file, "mark-done", now)],
    errands: [
      wake,
      ...tellContact(file, caseMail(theContact(file), "withdrawn", file.head.sequence, {})),
      ...tellTheAsked(file, people),
    ],
  };
}

/**
 * Nobody sent a file, or nobody decided, in time. The submitter is told how to go on. A case whose contact never
 * answered has a deadline of its own, at which it is gone.
 */
export function timeRunsOut(file: CaseFile, now: number): CaseChange | undefined {
  const agreement = file.case;
  if (isUnconfirmed(agreement)) return undefined;
  const ranOut =
    (isInRound(agreement) && now >= agreement.round.expiresAt) ||
    ((agreement.status === "awaiting-upload" || agreement.status === "rejected") &&
      now >= agreement.lapsesAt);
  if (!ranOut) return undefined;
  return {
    after: expire(agreement, now),
    audit: [{ code: "EXPIRED", at: now, actor: "system", details: { status: agreement.status } }],
    records: [...endRound(file, "expired", now), ...settleHold(file, "mark-done", now)],
    errands: [wake, caseMail(theContact(file), "expired", file.head.sequence, {})],
  };
}
