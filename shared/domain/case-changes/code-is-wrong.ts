import type { PersonId } from "../agreement/agreement-case.ts";
import type { Change } from "../agreement/case-change.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { type DecisionLink, wrongCodesAllowed } from "../approval/link.ts";
import { mailTo, secretaries } from "../errands/mail-errands.ts";
import type { People } from "../settings/settings.ts";

/** A wrong case code leaves a trace; the one that locks the link tells the secretariat whose link it was. */
export function recordWrongCode(
  file: CaseFile,
  link: DecisionLink,
  wrongCodes: number,
  people: People,
  approverId: PersonId,
  now: number,
): Change {
  const details = { round: link.round, wrongCodes };
  const refused = { code: "WRONG_CASE_CODE", at: now, actor: "system", details } as const;
  if (wrongCodes !== wrongCodesAllowed) return { after: file.case, audit: [refused] };
  const step = `${link.round}-${link.linkHash.slice(0, 12)}`;
  return {
    after: file.case,
    audit: [refused, { code: "LINK_LOCKED", at: now, actor: "system", details }],
    records: [
      { type: "person", person: { id: approverId, role: "approver", email: link.recipient.address } },
    ],
    errands: secretaries(people).map((secretary) =>
      mailTo(secretary, "link-locked", step, { round: link.round, approverId }),
    ),
  };
}
