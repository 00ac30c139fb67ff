import { describe, expect, it } from "vitest";
import { languages } from "../../shared/domain/agreement/kind.ts";
import { bankFileFaultCodes } from "../../shared/domain/payments/bank-file-fault.ts";
import { skipReasons } from "../../shared/domain/payments/bank-row.ts";
import {
  certainties,
  type Outcome,
  proposalReasons,
  unmatchedReasons,
} from "../../shared/domain/payments/matching.ts";
import { bankFileFaultWords, outcomeWords, skippedWords } from "../../shared/words/payment-words.ts";
import { anInvoice } from "../support/builders/a-bank-row.ts";

const part = { ...anInvoice(), amountOere: 1, posting: "payment" } as const;
const outcomes: readonly Outcome[] = [
  { kind: "already-booked", by: "row" },
  { kind: "already-booked", by: "person" },
  ...certainties.map((by) => ({ kind: "booked", by, part }) as const),
  ...proposalReasons.map((reason) => ({ kind: "proposal", reason, parts: [], candidates: [] }) as const),
  ...unmatchedReasons.map((reason) => ({ kind: "unmatched", reason }) as const),
];

describe("What is said of a bank's file", () => {
  it.each(languages)("is said of everything, and of each its own, in %s", (language) => {
    const faults = bankFileFaultCodes.map((code) =>
      bankFileFaultWords({ row: 1, column: "Dato", code }, language),
    );
    const rows = outcomes.map((outcome) => outcomeWords(outcome, language));
    const skipped = skipReasons.map((reason) => skippedWords(reason, 2, language));
    for (const words of [faults, rows, skipped]) {
      expect(words.every((text) => text.length > 3 && !/undefined|NaN/.test(text))).toBe(true);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it("names what stands there, and by how much the sums differ", () => {
    const sum = { row: 0, column: "Bal", code: "SUM_DIFFERS", differenceOere: -3_125_050 } as const;
    expect(bankFileFaultWords(sum, "da")).toContain("31.250,50\u00a0kr.");
    expect(bankFileFaultWords(sum, "en")).toContain("DKK\u00a031,250.50");
    expect(
      bankFileFaultWords({ row: 1, column: "Beløb", code: "AMOUNT_FORMAT", found: "1.00" }, "da"),
    ).toContain("»1.00«");
  });
});
