import { describe, expect, it } from "vitest";
import type { BankRow } from "../../../shared/domain/payments/bank-row.ts";
import { accountKey } from "../../../shared/domain/payments/bank-row.ts";
import { fiksIn, normalisedReference } from "../../../shared/domain/payments/payment-reference.ts";
import { rowsOf } from "../../support/builders/a-bank-row.ts";

function identities(...rows: Partial<BankRow>[]): string[] {
  return rowsOf(...rows).map(({ identity }) => identity);
}

describe("A row of a bank's file", () => {
  it("is recognised when it comes again, whatever else is in the file", () => {
    const row = { text: "Kontingent", bankReference: "B1" };
    const [alone] = identities(row);
    expect(identities({ text: "før" }, row)[1]).toBe(alone);
    expect(alone).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is another one than its equal on the same day, in every file alike", () => {
    const [first, second, third] = identities({}, {}, { text: "x" });
    expect(new Set([first, second, third]).size).toBe(3);
    expect(identities({ text: "x" }, {}, {}).slice(1)).toEqual([first, second]);
  });

  it.each([
    { what: "account", change: { account: "1" } },
    { what: "day", change: { bookedOn: "2027-01-21" } },
    { what: "amount", change: { amountOere: 1 } },
    { what: "bank's reference", change: { bankReference: "B1" } },
    { what: "payer's id", change: { endToEndId: "E1" } },
    { what: "reference", change: { reference: "1" } },
    { what: "text", change: { text: "x" } },
    { what: "balance after it, where nothing refers to it", change: { balanceAfterOere: 1 } },
  ])("is another one by its $what", ({ change }) => {
    expect(identities(change)).not.toEqual(identities({}));
  });

  it("is the same whatever the bank calls the payer, and whatever balance follows a row that has a reference", () => {
    expect(identities({ payerName: "A", payerAccount: "1" })).toEqual(identities({ payerName: "B" }));
    const row = { bankReference: "B1" };
    expect(identities({ ...row, balanceAfterOere: 1 })).toEqual(identities({ ...row, balanceAfterOere: 2 }));
  });
});

describe("An account", () => {
  it.each([
    "DK50 0040 0440 1162 43",
    "dk5000400440116243",
    "0040 0440116243",
    "0040-440116243",
    "00400440116243",
  ])("is the same one written as %s", (text) => {
    expect(accountKey(text)).toBe("00400440116243");
  });

  it("of another country is left as it is", () => {
    expect(accountKey("se45 5000 0000 0583 9825 7466")).toBe("SE4550000000058398257466");
  });
});

describe("A FIK reference", () => {
  // The examples published with the payment form.
  it.each([
    "71/004040400000669",
    "+71<004040400000669+81234567<",
    "004040400000669",
    "71#004040400000669",
    "71 004040400000669",
  ])("is read from %s", (text) => {
    expect(fiksIn(text)).toEqual(["004040400000669"]);
    expect(normalisedReference(text)).toBe("004040400000669");
  });

  it.each(["004040400000668", "0004040400000669", "00404040000066", "71/", ""])("is not in %s", (text) => {
    expect(fiksIn(text)).toEqual([]);
    expect(normalisedReference(text)).toBe(text);
  });
});
