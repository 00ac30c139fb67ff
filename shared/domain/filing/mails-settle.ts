import type { MailRecord } from "../errands/mail-record.ts";
import { closesAddress, type MailState, mailProgress } from "../errands/mail-record.ts";
import type { People } from "../settings/settings.ts";
import type { AuditCode } from "./audit-event.ts";
import type { NewId, SharedChange } from "./change.ts";
import type { Filed } from "./filed.ts";
import { newTask, taskOpens } from "./tasks.ts";

/** What ends a mail without its having arrived: from now on nothing goes to that address by itself. */
const undelivered = {
  refused: "MAIL_REFUSED",
  bounced: "MAIL_BOUNCED",
  complained: "MAIL_COMPLAINED",
} as const satisfies Partial<Record<MailState, AuditCode>>;
export type Undelivered = keyof typeof undelivered;

/**
 * A mail did not arrive: the ledger's line and the task that tells a person of it are one change, for a line without
 * its task would be forgotten. Nothing to change where the line has come as far already. A refused mail that tells of
 * a task opens no task of its own: the task it is about stands, and asking the same address again would go in circles.
 * Nor does the one that asks a stranger's address to answer: whoever applied sees on the page that nobody has.
 * @param line as the ledger has it, or as it would have been claimed.
 * @param bounce SES's type and subtype, where it came back.
 */
export function mailDoesNotArrive(
  file: Pick<Filed, "tasks">,
  line: MailRecord,
  state: Undelivered,
  people: People,
  newId: NewId,
  now: number,
  bounce?: string,
): SharedChange | undefined {
  if (mailProgress[line.state] >= mailProgress[state]) return undefined;
  const task =
    line.mail === "confirm-contact" || (line.mail === "task-opened" && state === "refused")
      ? undefined
      : newTask(
          file,
          { reason: "MAIL_UNDELIVERED", cause: line.ledgerKey, detail: line.mail },
          people,
          newId,
          now,
        );
  return {
    audit: [
      {
        code: undelivered[state],
        at: now,
        actor: "system",
        details: { mail: line.mail, step: line.step, ...(bounce !== undefined && { bounce }) },
      },
    ],
    records: [{ type: "mail", mail: { ...line, state, settledAt: now } }, ...(task?.records ?? [])],
    errands: task?.errands ?? [],
  };
}

/**
 * Something came back that doesn't close the address: out of office, a full mailbox. It stands in the trail, once a
 * kind, and changes nothing else; but SES must have taken a mail that something comes back for.
 */
export function bounceIsNoted(line: MailRecord, bounce: string, now: number): SharedChange | undefined {
  const noted = line.noted ?? [];
  if (noted.includes(bounce)) return undefined;
  const taken = mailProgress[line.state] >= mailProgress.sent;
  return {
    audit: [
      {
        code: "MAIL_BOUNCE_NOTED",
        at: now,
        actor: "system",
        details: { mail: line.mail, step: line.step, bounce },
      },
    ],
    records: [
      {
        type: "mail",
        mail: {
          ...line,
          ...(taken ? {} : { state: "sent", settledAt: now }),
          noted: [...noted, bounce],
        },
      },
    ],
  };
}

/**
 * An address that bounced or complained gets nothing more by itself, until a person has it tried again: each such
 * line has its task, and *send again* there takes that line's word back.
 */
export function isSilenced(file: Pick<Filed, "mails" | "tasks">, recipientHash: string): boolean {
  const triedAgain = (ledgerKey: string) =>
    file.tasks.some(
      ({ reason, cause, resolved }) =>
        reason === "MAIL_UNDELIVERED" && cause === ledgerKey && resolved?.resolution === "send-again",
    );
  return file.mails.some(
    (mail) => mail.recipientHash === recipientHash && closesAddress(mail) && !triedAgain(mail.ledgerKey),
  );
}

/** Nobody knows whether it was sent, so nobody but a person may send it again: asked once. */
export function mailIsUncertain(
  file: Pick<Filed, "tasks" | "mails">,
  ledgerKey: string,
  people: People,
  newId: NewId,
  now: number,
): SharedChange | undefined {
  const mail = file.mails.find((candidate) => candidate.ledgerKey === ledgerKey);
  const asked = file.tasks.some((task) => task.reason === "MAIL_UNCERTAIN" && task.cause === ledgerKey);
  // Lists may be behind: the file says whether the mail has been settled since.
  if (mail?.state !== "claimed" || asked) return undefined;
  // Nobody at OS2 is asked about an address that has not answered; the applicant can have the mail sent again.
  if (mail.mail === "confirm-contact")
    return mailDoesNotArrive({ tasks: file.tasks }, mail, "refused", people, newId, now);
  return taskOpens(
    file,
    { reason: "MAIL_UNCERTAIN", cause: ledgerKey, detail: mail.mail },
    people,
    newId,
    now,
  );
}

/** How long a mail may be without a word of its sending before a person looks at it. */
export const uncertainAfterMs = 15 * 60 * 1000;
