import { describe, expect, it } from "vitest";
import type { BankRow } from "../../../shared/domain/payments/bank-row.ts";
import { matchRows } from "../../../shared/domain/payments/match.ts";
import type { InvoiceStanding, MatchSnapshot, Outcome } from "../../../shared/domain/payments/matching.ts";
import { anInvoice, anotherInvoice, aSnapshot, duesOere, rowsOf } from "../../support/builders/a-bank-row.ts";
import { fikOf } from "../../support/builders/a-camt-file.ts";

function outcomesOf(snapshot: Partial<MatchSnapshot>, ...rows: Partial<BankRow>[]): Outcome[] {
  return matchRows(rowsOf(...rows), aSnapshot(snapshot)).map(({ outcome }) => outcome);
}

function outcomeOf(invoices: readonly InvoiceStanding[], row: Partial<BankRow>): Outcome | undefined {
  return outcomesOf({ invoices }, row)[0];
}

const fik = fikOf(20270042);
const withFik = anInvoice({ fik });
const part = { memberNumber: "M-0001", invoice: "20270042", amountOere: duesOere, posting: "payment" };

describe("A payment is booked by itself", () => {
  it.each([
    { why: "our FIK line as the bank gives it", row: { reference: fik } },
    { why: "our FIK line in the text", row: { text: `+71<${fik}+81234567<` } },
    { why: "our FIK line, whoever pays it", row: { reference: fik, payerCvr: "28856075" } },
  ])("for $why and exactly the open amount", ({ row }) => {
    expect(outcomeOf([withFik, anotherInvoice()], row)).toMatchObject({ kind: "booked", by: "fik", part });
  });

  it.each([
    "20270042",
    "Faktura 20270042",
    "faktura nr. 20270042, CVR 55133018",
    "Fakturanr.:20270042",
    "OS2 KONTINGENT 20270042 PRØVE KOMMUNE",
    "Opkrævning 20270042",
    "INV20270042",
  ])("for our invoice's number alone in a text such as: %s", (text) => {
    expect(outcomeOf([anInvoice(), anotherInvoice()], { text })).toMatchObject({
      kind: "booked",
      by: "invoice-number",
      part,
    });
  });

  it("for a short number where the text calls it an invoice, or is nothing else", () => {
    const invoice = anInvoice({ invoice: "42" });
    for (const row of [{ text: "Faktura 42" }, { text: "Demand 42" }, { reference: "42", text: "OS2" }])
      expect(outcomeOf([invoice], row)).toMatchObject({ kind: "booked", part: { invoice: "42" } });
  });

  it("once: the second of two equal payments on a day is more than the open amount", () => {
    expect(outcomesOf({ invoices: [withFik] }, { reference: fik }, { reference: fik })).toMatchObject([
      { kind: "booked" },
      { kind: "proposal", reason: "over-payment", parts: [part] },
    ]);
  });

  it("as the confirmation of what a secretary has marked as paid, and posts nothing twice", () => {
    const marked = anInvoice({ fik, openOere: 0, markedPaidOere: duesOere });
    expect(outcomesOf({ invoices: [marked] }, { reference: fik }, { reference: fik })).toMatchObject([
      { kind: "booked", by: "fik", part: { posting: "confirms-mark", amountOere: duesOere } },
      { kind: "proposal", reason: "over-payment" },
    ]);
  });
});

describe("A payment waits for a person", () => {
  it.each([
    { why: "is one øre short", amountOere: duesOere - 1, reason: "part-payment" },
    { why: "is one øre over", amountOere: duesOere + 1, reason: "over-payment" },
  ])("when it $why, be its reference ever so right", ({ amountOere, reason }) => {
    for (const row of [{ reference: fik }, { text: "Faktura 20270042" }])
      expect(outcomeOf([withFik], { ...row, amountOere })).toMatchObject({
        kind: "proposal",
        reason,
        parts: [{ ...part, amountOere }],
      });
  });

  it("when the invoice is paid already", () => {
    expect(outcomeOf([anInvoice({ fik, openOere: 0 })], { reference: fik })).toMatchObject({
      kind: "proposal",
      reason: "over-payment",
    });
  });

  it("when it is for two invoices, each with its open amount", () => {
    const two = [withFik, anotherInvoice({ openOere: 100 })];
    const parts = [part, { invoice: "20270043", amountOere: 100 }];
    for (const text of ["Faktura 20270042 og faktura 20270043", "20270042, 20270043", `${fik} 20270043`])
      expect(outcomeOf(two, { text, amountOere: duesOere + 100 })).toMatchObject({
        kind: "proposal",
        reason: "several-invoices",
        parts,
      });
  });

  it("when it names two invoices and pays exactly one of them", () => {
    expect(
      outcomeOf([withFik, anotherInvoice()], { text: "Faktura 20270042 20270043 Faktura 20270043" }),
    ).toMatchObject({ kind: "proposal", reason: "several-invoices", parts: [part] });
    expect(
      outcomeOf([withFik, anotherInvoice()], { reference: fik, text: "Faktura 20270043" }),
    ).toMatchObject({
      kind: "proposal",
      reason: "several-invoices",
    });
  });

  it("when the old series and ours have the same number", () => {
    const old = anotherInvoice({ invoice: "20270042" });
    expect(outcomeOf([anInvoice(), old], { text: "Faktura 20270042" })).toMatchObject({
      kind: "proposal",
      reason: "several-invoices",
    });
  });

  it.each([
    { text: "Kontingent 2027", invoice: "2027" },
    { text: "Betalt 20-01-2027", invoice: "2027" },
    { text: "rate 42", invoice: "42" },
    { text: "7670 20270042", invoice: "20270042" },
    { text: "ref 1234-20270042", invoice: "20270042" },
    { text: "A20270042B", invoice: "20270042" },
  ])("when $invoice in “$text” may be something else", ({ text, invoice }) => {
    expect(outcomeOf([anInvoice({ invoice })], { text })).toMatchObject({
      kind: "proposal",
      reason: "number-unclear",
      parts: [{ invoice }],
    });
  });

  it("when it comes from another member than the invoice is of: where all owe the same, a slip of the pen pays for another", () => {
    expect(
      outcomeOf([anInvoice(), anotherInvoice()], { text: "Faktura 20270042", payerCvr: "28856075" }),
    ).toMatchObject({
      kind: "proposal",
      reason: "payer-differs",
      parts: [part],
      candidates: [{ invoice: "20270043" }],
    });
  });

  it.each([
    { why: "its CVR number", row: { payerCvr: "55133018" } },
    { why: "its CVR number in the text", row: { text: "Fra 55133018" } },
    { why: "the account it has paid from", row: { payerAccount: "12340007654321" } },
  ])("when only the payer is known, by $why", ({ row }) => {
    const invoice = anInvoice({ knownAccounts: ["12340007654321"] });
    expect(outcomeOf([invoice, anotherInvoice()], row)).toMatchObject({
      kind: "proposal",
      reason: "known-payer",
      parts: [part],
    });
  });

  it("when a known payer owes several, by what they add up to or not at all", () => {
    const two = [anInvoice({ openOere: 200 }), anInvoice({ invoice: "20270050", openOere: 300 })];
    const from = { payerCvr: "55133018" };
    expect(outcomeOf(two, { ...from, amountOere: 300 })).toMatchObject({ parts: [{ invoice: "20270050" }] });
    expect(outcomeOf(two, { ...from, amountOere: 500 })).toMatchObject({
      reason: "several-invoices",
      parts: [{ amountOere: 200 }, { amountOere: 300 }],
    });
    expect(outcomeOf(two, { ...from, amountOere: 400 })).toMatchObject({
      reason: "choose-invoice",
      parts: [],
      candidates: [{ invoice: "20270042" }, { invoice: "20270050" }],
    });
    const equal = [anInvoice(), anInvoice({ invoice: "20270050" })];
    expect(outcomeOf(equal, from)).toMatchObject({ reason: "choose-invoice", parts: [] });
  });

  it("when a known payer pays half, too much, or owes nothing", () => {
    const from = { payerCvr: "55133018" };
    expect(outcomeOf([anInvoice()], { ...from, amountOere: 1 })).toMatchObject({ reason: "part-payment" });
    expect(outcomeOf([anInvoice()], { ...from, amountOere: duesOere * 2 })).toMatchObject({
      reason: "over-payment",
    });
    expect(outcomeOf([anInvoice({ openOere: 0 })], from)).toMatchObject({
      reason: "over-payment",
      parts: [part],
    });
  });

  it("when only the name fits, in whatever capitals", () => {
    for (const row of [{ payerName: "PRØVE KOMMUNE" }, { text: "Overførsel fra Prøve-Kommune, Drift" }])
      expect(outcomeOf([anInvoice(), anotherInvoice()], row)).toMatchObject({
        kind: "proposal",
        reason: "name-only",
        parts: [part],
      });
    expect(outcomeOf([anInvoice()], { payerName: "Prøve Kommunes Venner" })).toMatchObject({
      kind: "unmatched",
    });
  });

  it("when it looks like what a secretary has marked as paid", () => {
    const marked = anInvoice({ openOere: 0, markedPaidOere: duesOere });
    expect(outcomeOf([marked], { payerCvr: "55133018" })).toMatchObject({
      kind: "proposal",
      reason: "marked-paid",
      parts: [{ posting: "confirms-mark" }],
    });
  });
});

describe("A payment of nobody's", () => {
  it.each([
    { why: "an open amount alone", row: {} },
    { why: "a FIK line with the wrong check digit", row: { reference: `71/${fik.slice(0, 14)}x` } },
    { why: "a number within a longer one", row: { text: "120270042" } },
    { why: "a telephone number", row: { text: "Tlf. 12345678" } },
  ])("stays on the list: $why", ({ row }) => {
    expect(outcomeOf([withFik], row)).toEqual({ kind: "unmatched", reason: "unknown-payment" });
  });

  it("doesn't pay anything when it is none: nothing, what the bank keeps of a batch, what it gives back", () => {
    const rows: Partial<BankRow>[] = [
      { amountOere: 0, reference: fik },
      { isRemainder: true },
      { isReversal: true, reference: fik },
    ];
    expect(outcomesOf({ invoices: [anInvoice({ fik, openOere: 0 }), withFik] }, ...rows)).toEqual([
      { kind: "unmatched", reason: "no-amount" },
      { kind: "unmatched", reason: "fee" },
      { kind: "unmatched", reason: "reversed-debit" },
    ]);
  });
});

describe("A payment that came back", () => {
  const paid = {
    memberId: anInvoice().memberId,
    memberNumber: "M-0001",
    invoice: "20270042",
    amountOere: duesOere,
  };
  const back = { amountOere: -duesOere, isReversal: true, returnReason: "AC04" };
  const invoices = [anInvoice({ fik, openOere: 0 })];
  const reopens = { kind: "proposal", reason: "return", parts: [{ ...part, posting: "return" }] };

  it.each([
    { why: "the payer's own id of it", payment: { endToEndId: "E1" }, row: { endToEndId: "E1" } },
    { why: "the invoice's FIK line", payment: {}, row: { reference: fik } },
    { why: "the invoice's number", payment: {}, row: { text: "retur faktura 20270042" } },
    {
      why: "the account",
      payment: { payerAccount: "12340007654321" },
      row: { payerAccount: "12340007654321" },
    },
  ])("reopens the invoice it had paid, by $why, once a person says so", ({ payment, row }) => {
    const other = { ...paid, invoice: "20270050", amountOere: 1, ...payment };
    const payments = [{ ...paid, ...payment }, other];
    expect(outcomesOf({ invoices, payments }, { ...back, ...row })).toMatchObject([reopens]);
  });

  it("is recognised in the file that brought it", () => {
    const rows = [
      { reference: fik, endToEndId: "E1" },
      { ...back, endToEndId: "E1" },
    ];
    expect(outcomesOf({ invoices: [withFik] }, ...rows)).toMatchObject([{ kind: "booked" }, reopens]);
  });

  it("waits where it may be one of two, or none", () => {
    const payments = ["20270042", "20270050"].map((invoice) => ({ ...paid, invoice, payerAccount: "1" }));
    expect(outcomesOf({ invoices, payments }, { ...back, payerAccount: "1" })).toMatchObject([
      { reason: "return", parts: [], candidates: [{ invoice: "20270042" }, { invoice: "20270050" }] },
    ]);
    expect(outcomesOf({ invoices, payments }, back)).toEqual([
      { kind: "unmatched", reason: "unknown-return" },
    ]);
  });
});

describe("Money that goes out", () => {
  const refunds = [
    { memberId: anInvoice().memberId, memberNumber: "M-0001", invoice: "20270042", amountOere: 500 },
  ];
  const invoices = [anInvoice({ openOere: -500 }), anotherInvoice()];

  it("settles the refund that was decided, where it names the invoice alone, and once", () => {
    const row = { amountOere: -500, text: "Retur faktura 20270042" };
    expect(outcomesOf({ invoices, refunds }, row, row)).toMatchObject([
      { kind: "booked", by: "invoice-number", part: { posting: "refund", amountOere: 500 } },
      { kind: "unmatched", reason: "other-debit" },
    ]);
  });

  it("waits where another number in its text may be an invoice's too", () => {
    const both = [...invoices, anotherInvoice({ invoice: "2027" })];
    const row = { amountOere: -500, text: "Faktura 20270042 for 2027" };
    expect(outcomesOf({ invoices: both, refunds }, row)).toMatchObject([
      { kind: "proposal", reason: "refund" },
    ]);
  });

  it("is proposed for it where only the receiver fits", () => {
    for (const row of [{ payerName: "Prøve Kommune" }, { text: "55133018" }])
      expect(outcomesOf({ invoices, refunds }, { amountOere: -500, ...row })).toMatchObject([
        { kind: "proposal", reason: "refund", parts: [{ posting: "refund", amountOere: 500 }] },
      ]);
  });

  it("is a fee, or an expense of the association's", () => {
    const rows = [
      { amountOere: -500, text: "Kontogebyr" },
      { amountOere: -10, isRemainder: true as const },
      { amountOere: -501, text: "Kaffe, coffee" },
    ];
    expect(
      outcomesOf({ invoices, refunds }, ...rows).map((outcome) => "reason" in outcome && outcome.reason),
    ).toEqual(["fee", "fee", "other-debit"]);
  });
});

describe("What a person has said of a row", () => {
  it("is never undone: it isn't booked again, not even when a person unmatched it", () => {
    const [row] = rowsOf({ reference: fik });
    const decidedRows = new Set([row?.identity ?? ""]);
    expect(outcomesOf({ invoices: [withFik], decidedRows }, { reference: fik })).toEqual([
      { kind: "already-booked", by: "person" },
    ]);
  });
});
