import { outcomeOf } from "../approval/decision.ts";
import type { HeldLines, RunFile } from "../dues/dues-run.ts";
import { runMail, secretaries } from "../errands/mail-errands.ts";
import type { Change } from "../files.ts";
import type { AuditCode } from "../filing/audit-event.ts";
import type { NewId } from "../filing/change.ts";
import type { ApproverRecord, ReasonRecord } from "../filing/person.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { PersonId } from "../owner.ts";
import type { People } from "../settings/settings.ts";

export const planDecisions = ["approve", "return", "decline"] as const;
export type PlanDecision = (typeof planDecisions)[number];

export interface DecidedPlan {
  decision: PlanDecision;
  by: EmailAddress;
  /** Why it is planned again or not run at all, or why lines are held. */
  reason: string;
  /** Member numbers to hold back. */
  hold: readonly string[];
}

interface DecidingRun {
  people: People;
  /** How long a confirmed run waits before it sends. */
  waitMs: number;
}

const codeOf = {
  approve: "RUN_CONFIRMED",
  return: "SENT_BACK",
  decline: "RUN_CANCELLED",
} as const satisfies Record<PlanDecision, AuditCode>;

/** One round has one decision; the caller has judged the link to be open for it, and the plan to be confirmable. */
export function planIsDecided(
  file: RunFile,
  { decision, by, reason, hold }: DecidedPlan,
  { people, waitMs }: DecidingRun,
  newId: NewId,
  now: number,
): Change<"run"> {
  const { run } = file;
  if (run.status !== "awaiting-confirmation") throw new RangeError(`run ${run.id} has no plan to decide on`);
  const approver: ApproverRecord = { id: newId() as PersonId, role: "approver", email: by };
  const why: ReasonRecord | undefined = reason
    ? { id: newId() as PersonId, role: "reason", text: reason }
    : undefined;
  const { id, year, plan, round } = run;
  const held: HeldLines = { memberNumbers: hold, reasonId: why?.id };
  const effects: Record<PlanDecision, () => Pick<Required<Change<"run">>, "after" | "errands">> = {
    approve: () => ({
      after: { id, year, status: "waiting", plan, held, confirmedAt: now, sendsAt: now + waitMs },
      errands: [...secretaries(people), { role: "chair" as const, address: people.chair }].map((to) =>
        runMail(to, "run-confirmed", round.number, { round: round.number }),
      ),
    }),
    return: () => ({ after: { id, year, status: "planning" }, errands: [{ type: "start" }] }),
    decline: () => ({
      after: { id, year, status: "cancelled", plan, reasonId: owed(why?.id) },
      errands: othersThan(by, people).map((to) =>
        runMail(to, "run-cancelled", round.number, { round: round.number }),
      ),
    }),
  };
  const { after, errands } = effects[decision]();
  return {
    after,
    audit: [
      {
        code: codeOf[decision],
        at: now,
        actor: approver.id,
        details: { round: round.number, sha256: plan.sha256, held: hold.length },
      },
    ],
    records: [
      {
        type: "round",
        round: {
          ...round,
          sha256: plan.sha256,
          ended: { outcome: outcomeOf[decision], at: now, byId: approver.id, reasonId: why?.id },
        },
      },
      { type: "person", person: approver },
      ...(why ? [{ type: "person", person: why } as const] : []),
    ],
    errands: [{ type: "wake" }, ...errands],
  };
}

function othersThan(by: EmailAddress, people: People) {
  return secretaries(people).filter(({ address }) => address !== by);
}

function owed(reasonId: PersonId | undefined): PersonId {
  if (!reasonId) throw new RangeError("a run that isn't held needs a reason");
  return reasonId;
}
