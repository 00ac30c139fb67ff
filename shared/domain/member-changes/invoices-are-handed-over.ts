import { copenhagenDate } from "../calendar/copenhagen-date.ts";
import { memberMail } from "../errands/mail-errands.ts";
import type { MemberChange } from "../files.ts";
import type { IssuedLine, MemberFile } from "../membership/member-file.ts";
import { isIssued, memberContact } from "../membership/member-file.ts";
import { goneSince } from "../membership/standing.ts";

/** The lines of a member that nobody has said are handed over. */
export function linesToHandOver(file: Pick<MemberFile, "dues">): IssuedLine[] {
  return file.dues.filter(isIssued).filter(({ state }) => state.delivery.state === "to-hand-over");
}

/**
 * Somebody says that these e-invoices went to whoever carries them: from now on the contact may have its copy. Nothing
 * for what was handed over before; a member that is gone gets no copy.
 * @param actor the system's or a person's
 */
export function invoicesAreHandedOver(
  file: MemberFile,
  wanted: (line: IssuedLine) => boolean,
  actor: string,
  now: number,
): MemberChange | undefined {
  const [first, ...others] = linesToHandOver(file).filter(wanted);
  if (!first) return undefined;
  const lines = [first, ...others];
  const to = { role: "contact", address: memberContact(file).email } as const;
  const handedOver = (line: IssuedLine) => ({
    code: "HANDED_OVER" as const,
    at: now,
    actor,
    details: { invoiceNumber: line.state.invoiceNumber },
  });
  return {
    audit: [handedOver(first), ...others.map(handedOver)],
    records: lines.map((line) => ({
      type: "dues-line",
      line: {
        ...line,
        state: { ...line.state, delivery: { state: "handed-over", on: copenhagenDate(now), at: now } },
      },
    })),
    errands: goneSince(file.member.standing)
      ? []
      : lines.map(({ state: { invoiceNumber } }) =>
          memberMail(to, "invoice-copy", invoiceNumber, { invoiceNumber }),
        ),
  };
}
