import { anyonesMail, secretaries } from "../errands/mail-errands.ts";
import type { AuditEvent } from "../filing/audit-event.ts";
import type { SharedChange } from "../filing/change.ts";
import type { PersonId } from "../owner.ts";
import type { People } from "../settings/settings.ts";
import type { CodedLink } from "./link.ts";

/** How many wrong case codes lock a link. */
export const wrongCodesAllowed = 5;

/** How the trail names a link: 48 bits of its hash tell a file's links apart and open nothing. */
export function linkMark({ linkHash }: Pick<CodedLink, "linkHash">): string {
  return linkHash.slice(0, 12);
}

/** What a link is about, in the trail's words. */
export function linkDetails(link: CodedLink): Readonly<Record<string, string | number>> {
  const about = link.purpose === "decision" ? { round: link.round } : { taskId: link.taskId };
  return { ...about, link: linkMark(link) };
}

/**
 * How many wrong codes were typed on a link. The trail is the count: what locks a link, what is written of it and what
 * is mailed about it are then one thing that is committed, and can't tell different stories.
 */
export function wrongCodesOn(
  link: Pick<CodedLink, "linkHash">,
  { audit }: { audit: readonly AuditEvent[] },
): number {
  const mark = linkMark(link);
  return audit.filter(({ code, details }) => code === "WRONG_CASE_CODE" && details["link"] === mark).length;
}

export function isLocked(link: Pick<CodedLink, "linkHash">, file: { audit: readonly AuditEvent[] }): boolean {
  return wrongCodesOn(link, file) >= wrongCodesAllowed;
}

/** A wrong case code leaves a trace; the one that locks the link tells the secretariat whose link it was. */
export function codeIsWrong(
  file: { audit: readonly AuditEvent[] },
  link: CodedLink,
  people: People,
  approverId: PersonId,
  now: number,
): SharedChange {
  const wrongCodes = wrongCodesOn(link, file) + 1;
  const details = { ...linkDetails(link), wrongCodes };
  const refused = { code: "WRONG_CASE_CODE", at: now, actor: "system", details } as const;
  if (wrongCodes < wrongCodesAllowed) return { audit: [refused] };
  return {
    audit: [refused, { code: "LINK_LOCKED", at: now, actor: "system", details }],
    records: [
      { type: "person", person: { id: approverId, role: "approver", email: link.recipient.address } },
    ],
    errands: secretaries(people).map((secretary) =>
      anyonesMail(secretary, "link-locked", linkMark(link), { purpose: link.purpose, approverId }),
    ),
  };
}
