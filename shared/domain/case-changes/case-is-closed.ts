import { isClosed, isConfirmed, isUndecided } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { close, hold } from "../agreement/transitions.ts";
import { caseMail } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import type { ApproverRecord, ReasonRecord } from "../filing/person.ts";
import { newTask } from "../filing/tasks.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { PersonId } from "../owner.ts";
import type { People } from "../settings/settings.ts";
import { endRound, settleHold, tellTheAsked, theContact, wake } from "./parts.ts";

/**
 * The secretariat ends an open case without deciding on it, wherever it stands. Nothing to change where it is closed,
 * or where nobody has answered for it: that one goes by itself.
 */
export function secretariatCloses(
  file: CaseFile,
  closing: { by: EmailAddress; reason: string },
  people: People,
  newId: NewId,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  if (isClosed(agreement) || !isConfirmed(agreement)) return undefined;
  const approver: ApproverRecord = { id: newId() as PersonId, role: "approver", email: closing.by };
  const reason: ReasonRecord = { id: newId() as PersonId, role: "reason", text: closing.reason };
  return {
    after: close(agreement, { reason: "closed-by-secretariat", reasonId: reason.id }, now),
    audit: [{ code: "CLOSED", at: now, actor: approver.id, details: { stage: "secretariat" } }],
    records: [
      ...endRound(file, "closed", now),
      ...settleHold(file, "mark-done", now),
      { type: "person", person: approver },
      { type: "person", person: reason },
    ],
    errands: [
      wake,
      caseMail(theContact(file), "closed", file.head.sequence, {}),
      ...tellTheAsked(file, people),
    ],
  };
}

/**
 * Another application for the same body was admitted. An undecided one is closed, and says so; one that both have said
 * yes to already is a person's to look at. Nothing to change where it was done before.
 */
export function rivalIsAdmitted(
  file: CaseFile,
  people: People,
  newId: NewId,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  if (isClosed(agreement) || !isConfirmed(agreement)) return undefined;
  if (isUndecided(agreement))
    return {
      after: close(agreement, { reason: "another-admitted" }, now),
      audit: [{ code: "CLOSED", at: now, actor: "system", details: { reason: "another-admitted" } }],
      records: [...endRound(file, "closed", now), ...settleHold(file, "mark-done", now)],
      errands: [
        wake,
        caseMail(theContact(file), "closed", file.head.sequence, {}),
        ...tellTheAsked(file, people),
      ],
    };
  const opened = newTask(file, { reason: "RIVAL_ADMITTED", cause: agreement.id }, people, newId, now);
  if (!opened) return undefined;
  const { task, records, errands } = opened;
  return {
    after: hold(agreement, { taskId: task.id, since: now, reason: "RIVAL_ADMITTED" }),
    audit: [
      { code: "HELD", at: now, actor: "system", details: { taskId: task.id, reason: "RIVAL_ADMITTED" } },
    ],
    records: [...settleHold(file, "mark-done", now), ...records],
    errands: [wake, ...errands],
  };
}
