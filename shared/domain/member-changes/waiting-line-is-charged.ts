import { copenhagenDate } from "../calendar/copenhagen-date.ts";
import { yearlyDues } from "../dues/first-dues.ts";
import { duesLineState } from "../dues/invoice-readiness.ts";
import { memberMail } from "../errands/mail-errands.ts";
import type { MemberChange } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import type { TaskRecord } from "../filing/task.ts";
import { newTask } from "../filing/tasks.ts";
import type { DuesLine } from "../membership/member.ts";
import { type MemberFile, memberContact } from "../membership/member-file.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * A person has the line charged that waited for something. In place: it takes the next number, dated today, and its
 * mail goes. Still not: a new task says what is missing now. Nothing where no line waits any longer.
 * The amount is worked out anew, for the rate's row may be what was mended; the year and the join date stay.
 * @param task the one that is being settled
 * @param invoiceNumber the number that is next
 */
export function waitingLineIsCharged(
  file: MemberFile,
  task: TaskRecord,
  settings: Settings,
  invoiceNumber: number,
  newId: NewId,
  now: number,
): Pick<MemberChange, "records" | "errands"> {
  const waiting = file.dues.find(
    ({ year, state }) => String(year) === task.cause && state.kind === "not-invoice-ready",
  );
  const line = waiting && chargedLine(file, waiting, settings, invoiceNumber, now);
  if (!line) return {};
  if (line.state.kind === "issued") {
    const to = { role: "contact", address: memberContact(file).email } as const;
    return {
      records: [{ type: "dues-line", line }],
      errands: [memberMail(to, "dues", duesStep(line), { invoiceNumber: line.state.invoiceNumber })],
    };
  }
  const tasks = file.tasks.filter(({ id }) => id !== task.id);
  const again = newTask({ tasks }, unreadyTask(line, line.state.missing), settings.people, newId, now);
  return {
    records: [{ type: "dues-line", line }, ...(again?.records ?? [])],
    errands: again?.errands ?? [],
  };
}

function chargedLine(
  { member }: MemberFile,
  waiting: DuesLine,
  { rates, firstInvoiceDueDays, payee }: Settings,
  invoiceNumber: number,
  now: number,
): DuesLine | undefined {
  const invoicedOn = copenhagenDate(now);
  const charge = yearlyDues(member, waiting.year, { rates, dueDays: firstInvoiceDueDays, invoicedOn });
  if (!charge) return undefined;
  const state = duesLineState(member, charge, payee, invoiceNumber);
  return { ...waiting, ...charge, invoicedOn, state };
}

/** Tells a line's mail from the others of its name. */
export function duesStep({ year, line }: Pick<DuesLine, "year" | "line">): string {
  return `${year}-${line}`;
}

/** Opened once a year's line. */
export function unreadyTask({ year }: Pick<DuesLine, "year">, missing: string) {
  return { reason: "NOT_INVOICE_READY", cause: String(year), detail: missing } as const;
}
