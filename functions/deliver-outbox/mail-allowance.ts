import type { MailToSend } from "../../shared/domain/errands/errand.ts";
import { type MailPriority, mailPriority } from "../../shared/domain/errands/mails.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import type { Limits, MailLimitName } from "../../shared/ports/limits.ts";

type Counter = readonly [limit: MailLimitName, subject: string];

/** What was counted for a mail, to be given back where it does not go out after all. */
export interface Allowance {
  giveBack(): Promise<void>;
}

const everybody = "all";

/** The counters of each class that a mail has to fit under, the narrowest first. */
const countersOf: Record<MailPriority, (recipient: string) => readonly Counter[]> = {
  first: () => [["first-mails", everybody]],
  normal: (recipient) => [
    ["mails-per-recipient", recipient],
    ["other-mails", everybody],
  ],
  dues: (recipient) => [
    ["mails-per-recipient", recipient],
    ["dues-mails", everybody],
  ],
  unconfirmed: (recipient) => [
    ["unconfirmed-mails-per-recipient", recipient],
    ["mails-per-recipient", recipient],
  ],
};

/**
 * Counts a mail under every ceiling that is its, or none: one that is refused somewhere leaves no trace, for it comes
 * again until there is room. A recipient is counted whoever's file it is in.
 */
export async function allowMail(
  item: MailToSend,
  file: AnyFile,
  limits: Limits,
  now: number,
): Promise<Allowance | undefined> {
  const priority = mailPriority(file.owner.kind, item.mail);
  const counted: Counter[] = [];
  const count = async (...counter: Counter) => {
    const { allowed } = await limits.hit(...counter, now);
    if (allowed) counted.push(counter);
    return allowed;
  };
  const giveBack = async () => {
    for (const counter of counted.splice(0)) await limits.giveBack(...counter, now);
  };
  let allowed = true;
  for (const counter of countersOf[priority](item.to.address.toLowerCase()))
    allowed = allowed && (await count(...counter));
  if (allowed && priority === "unconfirmed") {
    // Each source is sure of its part of the day's; who wants more shares what is kept for that.
    const fair = await count("unconfirmed-mails-per-source", sourceOf(file));
    allowed = await count(fair ? "unconfirmed-mails-in-fair-parts" : "unconfirmed-mails-beyond", everybody);
  }
  if (allowed) return { giveBack };
  await giveBack();
  return undefined;
}

function sourceOf(file: AnyFile): string {
  return "case" in file && "source" in file.case.confirmation ? file.case.confirmation.source : "";
}
