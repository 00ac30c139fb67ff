import { anyonesMail, caseMail } from "../errands/mail-errands.ts";
import type { AnyFile } from "../files.ts";
import type { AuditEntry } from "../filing/audit-event.ts";
import { linkDetails, linkMark } from "./case-code.ts";
import type { CodedLink, DecisionLink, TaskLink } from "./link.ts";

/** Enough for a bad day; whoever needs an eleventh link to one thing talks to a colleague. */
const mostRenewals = 10;

interface Renewal {
  audit: [AuditEntry];
  /** Tells this renewal's mail from the others'. */
  step: string;
}

/** Mails a new link to the same round to the address the old one was mailed to, and to nobody else. */
export function decisionLinkIsRenewed(file: Pick<AnyFile, "audit">, link: DecisionLink, now: number) {
  const renewal = renewalOf(file, link, String(link.round), now);
  return (
    renewal && {
      audit: renewal.audit,
      errands: [
        caseMail(link.recipient, "decision-request", renewal.step, { round: link.round, renewed: true }),
      ],
    }
  );
}

/** The same for a task: the other secretary's link goes on as it was. */
export function taskLinkIsRenewed(file: Pick<AnyFile, "audit">, link: TaskLink, now: number) {
  const renewal = renewalOf(file, link, link.taskId, now);
  return (
    renewal && {
      audit: renewal.audit,
      errands: [
        anyonesMail(link.recipient, "task-opened", renewal.step, { taskId: link.taskId, renewed: true }),
      ],
    }
  );
}

function renewalOf(
  { audit }: Pick<AnyFile, "audit">,
  link: CodedLink,
  about: string,
  now: number,
): Renewal | undefined {
  const details = linkDetails(link);
  const renewals = audit.filter(
    (event) =>
      event.code === "LINK_RENEWED" &&
      (link.purpose === "decision"
        ? event.details["round"] === link.round
        : event.details["taskId"] === link.taskId),
  );
  // A button pressed twice is one wish: the mail is on its way.
  const justNow = renewals.some((event) => event.details["link"] === linkMark(link));
  if (justNow || renewals.length >= mostRenewals) return undefined;
  return {
    audit: [{ code: "LINK_RENEWED", at: now, actor: "system", details }],
    step: `${about}-renewed-${renewals.length + 1}`,
  };
}
