import type { PersonId } from "../agreement/agreement-case.ts";
import { isInRound } from "../agreement/agreement-case.ts";
import type { Change, NewId, RecordChange } from "../agreement/case-change.ts";
import type { CaseFile, PersonRecord, RoundRecord } from "../agreement/case-file.ts";
import { approve, type CaseDeadlines, decline, sendBack } from "../agreement/transitions.ts";
import { type Decision, outcomeOf } from "../approval/decision.ts";
import type { DecisionLink } from "../approval/link.ts";
import type { Errand } from "../errands/errand.ts";
import { contactOf, mailTo, secretaries } from "../errands/mail-errands.ts";
import type { AuditCode } from "../filing/audit-event.ts";
import type { Settings } from "../settings/settings.ts";
import { wakeExecutions } from "./wake.ts";

const codeOf = { approve: "APPROVED", return: "SENT_BACK", decline: "DECLINED" } as const satisfies Record<
  Decision,
  AuditCode
>;

/** One round has one decision; the caller has judged the link to be open for it. */
export function recordDecision(
  file: CaseFile,
  link: DecisionLink,
  round: RoundRecord,
  decided: { decision: Decision; reason: string },
  settings: Pick<Settings, "people" | "deadlines" | "countersignature">,
  newId: NewId,
  now: number,
): Change {
  const approver: PersonRecord = { id: newId() as PersonId, role: "approver", email: link.recipient.address };
  const reason: PersonRecord | undefined = decided.reason
    ? { id: newId() as PersonId, role: "reason", text: decided.reason }
    : undefined;
  const reasonId = reason?.id;
  const ended: RoundRecord = {
    ...round,
    ended: { outcome: outcomeOf[decided.decision], at: now, byId: approver.id, reasonId },
  };
  const persons = [approver, ...(reason ? [reason] : [])];
  return {
    after: afterDecision(file, decided.decision, reasonId, settings, now),
    audit: [
      {
        code: codeOf[decided.decision],
        at: now,
        actor: approver.id,
        details: { round: round.number, stage: round.stage, sha256: round.sha256 },
      },
    ],
    records: [
      { type: "round", round: ended },
      ...persons.map((person): RecordChange => ({ type: "person", person })),
    ],
    errands: [
      ...wakeExecutions(file),
      ...tellTheOthers(link, round, settings.people),
      ...tellTheSubmitter(file, decided.decision, round, reasonId),
    ],
  };
}

function afterDecision(
  file: CaseFile,
  decision: Decision,
  reasonId: PersonId | undefined,
  settings: { deadlines: CaseDeadlines; countersignature: Settings["countersignature"] },
  now: number,
) {
  const agreement = file.case;
  if (!isInRound(agreement)) throw new RangeError(`case ${agreement.id} is not in a round`);
  if (decision === "approve")
    return approve(agreement, now, { countersignedByChair: settings.countersignature[agreement.kind] });
  if (!reasonId) throw new RangeError(`${decision} needs a reason`);
  return decision === "return"
    ? sendBack(agreement, reasonId, now, settings.deadlines)
    : decline(agreement, reasonId, now);
}

/** Either secretary decides alone; the other is told at once. What the chair decides, both are told. */
function tellTheOthers(link: DecisionLink, round: RoundRecord, people: Settings["people"]): Errand[] {
  return secretaries(people)
    .filter((secretary) => secretary.address !== link.recipient.address)
    .map((secretary) => mailTo(secretary, "decided-by-other", round.number, { round: round.number }));
}

function tellTheSubmitter(
  file: CaseFile,
  decision: Decision,
  round: RoundRecord,
  reasonId: PersonId | undefined,
): Errand[] {
  if (decision === "approve") return [];
  const mail = decision === "return" ? "sent-back" : "declined";
  return [mailTo(contactOf(file), mail, round.number, { round: round.number, reasonId })];
}
