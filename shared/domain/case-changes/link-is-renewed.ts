import type { CaseFile } from "../agreement/case-file.ts";
import type { DecisionLink } from "../approval/link.ts";
import { caseMail } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";

/** Enough for a bad day; whoever needs an eleventh link to one round talks to the secretariat. */
const renewalsPerRound = 10;

/** Mails a new link for the same round to the address the old one was mailed to, and to nobody else. */
export function linkIsRenewed(
  file: Pick<CaseFile, "audit">,
  link: DecisionLink,
  now: number,
): CaseChange | undefined {
  const renewals = file.audit.filter(
    (event) => event.code === "LINK_RENEWED" && event.details["round"] === link.round,
  );
  // A button pressed twice is one wish: the mail is on its way.
  const justNow = renewals.some((event) => event.details["link"] === link.linkHash.slice(0, 12));
  if (justNow || renewals.length >= renewalsPerRound) return undefined;
  const step = `${link.round}-renewed-${renewals.length + 1}`;
  const details = { round: link.round, link: link.linkHash.slice(0, 12) };
  return {
    audit: [{ code: "LINK_RENEWED", at: now, actor: "system", details }],
    errands: [caseMail(link.recipient, "decision-request", step, { round: link.round, renewed: true })],
  };
}
