import { type InRound, isInRound } from "../agreement/agreement-case.ts";
import type { CaseFile, CaseRound } from "../agreement/case-file.ts";
import { approve, askForNewFile, close, decline } from "../agreement/transitions.ts";
import { type Decision, outcomeOf } from "../approval/decision.ts";
import type { DecisionLink } from "../approval/link.ts";
import { caseMail, secretaries } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { AuditCode } from "../filing/audit-event.ts";
import type { NewId } from "../filing/change.ts";
import type { ApproverRecord, ReasonRecord } from "../filing/person.ts";
import type { PersonId } from "../owner.ts";
import type { Settings } from "../settings/settings.ts";
import { theContact, wake } from "./parts.ts";

const codeOf = {
  approve: "APPROVED",
  return: "SENT_BACK",
  decline: "DECLINED",
  close: "CLOSED",
} as const satisfies Record<Decision, AuditCode>;

type DecidingSettings = Pick<Settings, "people" | "deadlines" | "countersignature">;

/** One round has one decision; the caller has judged the link to be open for it. */
export function approverDecides(
  file: CaseFile,
  link: DecisionLink,
  round: CaseRound,
  decided: { decision: Decision; reason: string },
  settings: DecidingSettings,
  newId: NewId,
  now: number,
): CaseChange {
  const agreement = file.case;
  if (!isInRound(agreement)) throw new RangeError(`case ${agreement.id} is not in a round`);
  const { decision } = decided;
  const approver: ApproverRecord = {
    id: newId() as PersonId,
    role: "approver",
    email: link.recipient.address,
  };
  const reason: ReasonRecord | undefined = decided.reason
    ? { id: newId() as PersonId, role: "reason", text: decided.reason }
    : undefined;
  const effect = effects[decision](file, agreement, { reasonId: reason?.id, round, settings, now });
  return {
    after: effect.after,
    audit: [
      {
        code: codeOf[decision],
        at: now,
        actor: approver.id,
        details: { round: round.number, stage: round.stage, sha256: round.sha256 },
      },
    ],
    records: [
      {
        type: "round",
        round: {
          ...round,
          ended: { outcome: outcomeOf[decision], at: now, byId: approver.id, reasonId: reason?.id },
        },
      },
      { type: "person", person: approver },
      ...(reason ? [{ type: "person", person: reason } as const] : []),
    ],
    errands: [wake, ...tellTheOthers(link, round, settings.people), ...effect.errands],
  };
}

interface Effect extends Pick<Required<CaseChange>, "after" | "errands"> {}

interface Deciding {
  reasonId: PersonId | undefined;
  round: CaseRound;
  settings: DecidingSettings;
  now: number;
}

/** What each decision makes of the case, and what the submitter is told of it. */
const effects: Record<Decision, (file: CaseFile, agreement: InRound, deciding: Deciding) => Effect> = {
  approve: (_file, agreement, { settings, now }) => ({
    after: approve(agreement, now, { countersignedByChair: settings.countersignature[agreement.kind] }),
    errands: [],
  }),
  return: (file, agreement, { reasonId, round, settings, now }) => {
    const reason = owed(reasonId);
    return {
      after: askForNewFile(agreement, round.stage, reason, now, settings.deadlines),
      errands: [caseMail(theContact(file), "sent-back", round.number, { reasonId: reason })],
    };
  },
  decline: (file, agreement, { reasonId, round, now }) => ({
    after: decline(agreement, owed(reasonId), now),
    errands: [caseMail(theContact(file), "declined", round.number, {})],
  }),
  close: (file, agreement, { reasonId, round, now }) => ({
    after: close(agreement, { reason: "closed-by-secretariat", reasonId: owed(reasonId) }, now),
    errands: [caseMail(theContact(file), "closed", round.number, {})],
  }),
};

function owed(reasonId: PersonId | undefined): PersonId {
  if (!reasonId) throw new RangeError("the answer isn't yes: it needs a reason");
  return reasonId;
}

/** Either secretary decides alone; the other is told at once. What the chair decides, both are told. */
function tellTheOthers(link: DecisionLink, round: CaseRound, people: Settings["people"]) {
  return secretaries(people)
    .filter((secretary) => secretary.address !== link.recipient.address)
    .map((secretary) => caseMail(secretary, "decided-by-other", round.number, { round: round.number }));
}
