import { isConfirmed, isInRound } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { contactOf, openRound } from "../agreement/case-questions.ts";
import type { MailToSend, Recipient, Wake } from "../errands/errand.ts";
import { caseMail, chair, secretaries } from "../errands/mail-errands.ts";
import type { RecordChange } from "../files.ts";
import type { RoundOutcome } from "../filing/round.ts";
import type { TaskResolution } from "../filing/task.ts";
import type { People } from "../settings/settings.ts";

/**
 * Whoever waits on the file is woken and plans again. One errand, whatever waits: which tokens there are is looked up
 * when it is run, so that one stored in the same moment is found too, and a change never grows with what waits.
 */
export const wake: Wake = { type: "wake" };

export function theContact(file: Pick<CaseFile, "persons" | "contactId">): Recipient {
  return { role: "contact", address: contactOf(file).email };
}

/** What the contact is told of a change: nothing before its address has answered. */
export function tellContact(file: Pick<CaseFile, "case">, mail: MailToSend<"case">): MailToSend<"case">[] {
  return isConfirmed(file.case) ? [mail] : [];
}

/** Ends the round that is open, without a decision. */
export function endRound(file: CaseFile, outcome: RoundOutcome, now: number): RecordChange<"case">[] {
  const round = openRound(file);
  return round ? [{ type: "round", round: { ...round, ended: { outcome, at: now } } }] : [];
}

/** What held the case is moot; other tasks (an unsent mail) stay with the people who have them. */
export function settleHold(file: CaseFile, resolution: TaskResolution, now: number): RecordChange<"case">[] {
  const task = file.tasks.find(({ id, resolved }) => id === file.case.hold?.taskId && !resolved);
  return task ? [{ type: "task", task: { ...task, resolved: { resolution, at: now } } }] : [];
}

/** Whoever has a decision link in the inbox is told that it is no longer needed. */
export function tellTheAsked(file: CaseFile, people: People): MailToSend<"case">[] {
  const agreement = file.case;
  if (!isInRound(agreement)) return [];
  const asked = agreement.round.stage === "chair" ? [chair(people)] : secretaries(people);
  const round = agreement.round.number;
  return asked.map((approver) => caseMail(approver, "round-ended", round, { round }));
}
