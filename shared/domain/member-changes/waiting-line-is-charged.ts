import { copenhagenDate } from "../calendar/copenhagen-date.ts";
import { yearlyDues } from "../dues/first-dues.ts";
import { duesLineState, payerOf } from "../dues/invoice-readiness.ts";
import type { MemberChange } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import type { TaskRecord } from "../filing/task.ts";
import { newTask } from "../filing/tasks.ts";
import type { DuesLine } from "../membership/member.ts";
import { type MemberFile, memberContact } from "../membership/member-file.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * A person has the line charged that waited for something. In place: it takes the next number, dated today, and its
 * documents are made, and a task asks for them to be handed over. Still not: a new task says what is missing now. Nothing where no line waits any longer.
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
  const tasks = file.tasks.filter(({ id }) => id !== task.id);
  const next = newTask({ tasks }, taskOf(line), settings.people, newId, now);
  const { state } = line;
  return {
    records: [{ type: "dues-line", line }, ...(next?.records ?? [])],
    errands: [
      ...(state.kind === "issued"
        ? [{ type: "file-invoice", invoiceNumber: state.invoiceNumber } as const]
        : []),
      ...(next?.errands ?? []),
    ],
  };
}

function chargedLine(
  file: MemberFile,
  waiting: DuesLine,
  { rates, firstInvoiceDueDays, payee }: Settings,
  invoiceNumber: number,
  now: number,
): DuesLine | undefined {
  const { member } = file;
  const invoicedOn = copenhagenDate(now);
  const charge = yearlyDues(member, waiting.year, { rates, dueDays: firstInvoiceDueDays, invoicedOn });
  if (!charge) return undefined;
  const state = duesLineState(payerOf(member, memberContact(file)), charge, payee, invoiceNumber);
  return { ...waiting, ...charge, invoicedOn, state };
}

/** What a line of one member asks of a person: to put right what is missing, or to hand its e-invoice over. Once each. */
export function taskOf({ year, state }: Pick<DuesLine, "year" | "state">) {
  return state.kind === "issued"
    ? ({
        reason: "INVOICE_TO_HAND_OVER",
        cause: String(state.invoiceNumber),
        detail: String(state.invoiceNumber),
      } as const)
    : ({ reason: "NOT_INVOICE_READY", cause: String(year), detail: state.missing } as const);
}
