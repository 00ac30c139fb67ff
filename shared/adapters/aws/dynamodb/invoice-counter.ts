import type { DuesLine } from "../../../domain/membership/member.ts";
import { isIssued } from "../../../domain/membership/member-file.ts";
import { keyOf } from "./keys.ts";
import type { Part } from "./table.ts";

/** The label by which a race for a number is recognised. */
export const INVOICE_COUNTER = "invoice-counter";

/**
 * A line that becomes an invoice takes its number in the very transaction that says so, whoever commits it: an
 * admission, or a person who has a waiting line charged. One that was issued before takes none again.
 * @param before the member's lines as they were read; none for a file that begins
 */
export function takenNumbers(before: readonly DuesLine[], lines: readonly DuesLine[]): Part[] {
  const stood = new Set(before.filter(isIssued).map(({ line, year }) => `${year}-${line}`));
  return lines
    .filter(isIssued)
    .filter(({ line, year }) => !stood.has(`${year}-${line}`))
    .map(({ state }) => takeInvoiceNumber(state.invoiceNumber));
}

/** The number is taken if it still is the next one. */
function takeInvoiceNumber(invoiceNumber: number): Part {
  const first = invoiceNumber === 1;
  return {
    label: INVOICE_COUNTER,
    update: keyOf.invoiceCounter(),
    set: {
      expression: "SET #last = :taken",
      names: { "#last": "last" },
      values: { ":taken": invoiceNumber },
    },
    condition: {
      expression: first ? "attribute_not_exists(#last)" : "#last = :before",
      ...(first ? {} : { values: { ":before": invoiceNumber - 1 } }),
    },
  };
}
