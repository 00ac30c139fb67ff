import { type DecisionLink, wrongCodesAllowed } from "../approval/link.ts";
import { caseMail, secretaries } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { PersonId } from "../owner.ts";
import type { People } from "../settings/settings.ts";

/** A wrong case code leaves a trace; the one that locks the link tells the secretariat whose link it was. */
export function codeIsWrong(
  link: DecisionLink,
  wrongCodes: number,
  people: People,
  approverId: PersonId,
  now: number,
): CaseChange {
  const details = { round: link.round, wrongCodes };
  const refused = { code: "WRONG_CASE_CODE", at: now, actor: "system", details } as const;
  if (wrongCodes !== wrongCodesAllowed) return { audit: [refused] };
  const step = `${link.round}-${link.linkHash.slice(0, 12)}`;
  return {
    audit: [refused, { code: "LINK_LOCKED", at: now, actor: "system", details }],
    records: [
      { type: "person", person: { id: approverId, role: "approver", email: link.recipient.address } },
    ],
    errands: secretaries(people).map((secretary) =>
      caseMail(secretary, "link-locked", step, { round: link.round, approverId }),
    ),
  };
}
