import { dueDate } from "../calendar/bank-days.ts";
import { copenhagenDate } from "../calendar/copenhagen-date.ts";
import { duesLineState, payerOf } from "../dues/invoice-readiness.ts";
import { type PlanLine, planLine, stillAsPlanned } from "../dues/plan-line.ts";
import type { MemberChange } from "../files.ts";
import type { DuesLine } from "../membership/member.ts";
import { type MemberFile, memberContact } from "../membership/member-file.ts";
import type { RunId } from "../owner.ts";
import type { Settings } from "../settings/settings.ts";

/** What became of one line of a confirmed plan. */
export type ChargeOutcome =
  | "sent"
  /** By this run before: a step may run twice. */
  | "done"
  /** The payer's file is not what was confirmed. */
  | "changed";

/**
 * Charges one line of a confirmed plan, if the payer's file still says what was confirmed. Pure, and decided on the
 * file as it is read for the very transaction that writes the invoice: a second run finds it written.
 * @param invoiceNumber the number that is next
 */
export function duesAreCharged(
  file: MemberFile,
  planned: PlanLine,
  run: { id: RunId; year: number },
  settings: Settings,
  invoiceNumber: number,
  now: number,
): { change?: MemberChange; outcome: ChargeOutcome } {
  if (planned.verdict.kind !== "charge") return { outcome: "changed" };
  if (file.dues.some((line) => line.runId === run.id && sameCharge(line, planned)))
    return { outcome: "done" };
  const today = copenhagenDate(now);
  const current = planLine(file, run.year, settings, today);
  if (current.verdict.kind !== "charge" || !stillAsPlanned(planned, current)) return { outcome: "changed" };
  const charge = {
    ...current.verdict.charge,
    dueOn: dueDate(today, settings.firstInvoiceDueDays),
  };
  const state = duesLineState(
    payerOf(file.member, memberContact(file)),
    charge,
    settings.payee,
    invoiceNumber,
  );
  if (state.kind !== "issued") return { outcome: "changed" };
  const line: DuesLine = {
    ...charge,
    memberId: file.member.id,
    line: nextLine(file, run.year),
    invoicedOn: today,
    state,
    runId: run.id,
  };
  return {
    outcome: "sent",
    change: {
      audit: [
        {
          code: "DUES_CHARGED",
          at: now,
          actor: "system",
          details: { runId: run.id, invoiceNumber, totalOere: charge.totalOere },
        },
      ],
      records: [{ type: "dues-line", line }],
      errands: [{ type: "file-invoice", invoiceNumber }],
    },
  };
}

/** A line of this very run that still stands: a credited one makes room for another run's. */
function sameCharge(line: DuesLine, planned: PlanLine): boolean {
  return (
    planned.verdict.kind === "charge" &&
    line.year === planned.verdict.charge.year &&
    line.state.kind === "issued" &&
    !line.state.credited
  );
}

function nextLine(file: Pick<MemberFile, "dues">, year: number): number {
  return Math.max(0, ...file.dues.filter((line) => line.year === year).map(({ line }) => line)) + 1;
}
