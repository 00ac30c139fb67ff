import { describe, expect, it, test } from "vitest";
import { oere } from "../../../shared/domain/dues/dues-rate.ts";
import {
  type InvoiceDocument,
  invoiceFileName,
  isCopy,
} from "../../../shared/domain/invoicing/invoice-document.ts";
import {
  type InvoiceFault,
  invoiceFaultCodes,
  invoiceFaults,
} from "../../../shared/domain/invoicing/invoice-faults.ts";
import { defaultSender } from "../../../shared/domain/settings/default-sender.ts";
import { invoiceFaultText } from "../../../shared/words/invoice-fault-words.ts";
import {
  aBuyer,
  aCreditNote,
  aCreditor,
  anAccount,
  anInvoice,
  byFik,
  vats,
} from "../../support/builders/an-invoice.ts";

const exempt = {
  category: "E",
  percent: 0,
  reasonCode: "VATEX-EU-132-1L",
  reasonText: "Momsfritaget",
} as const;

const fik = (reference: string, creditorNumber = aCreditor) =>
  anInvoice({ payment: { kind: "fik", creditorNumber, reference } });

/** What no type lets through, but a hand or an old record might. */
function broken(document: InvoiceDocument, over: Record<string, unknown>): InvoiceDocument {
  return { ...document, ...over } as InvoiceDocument;
}

function without(document: InvoiceDocument, field: string): InvoiceDocument {
  return Object.fromEntries(
    Object.entries(document).filter(([name]) => name !== field),
  ) as unknown as InvoiceDocument;
}

const cases: readonly [string, InvoiceDocument, readonly InvoiceFault[]][] = [
  ["a FIK reference with a wrong check digit", fik("000000202700424"), ["FIK_CHECK_DIGIT"]],
  ["16 digits after 71", fik("0000000202700423"), ["FIK_LENGTH"]],
  ["14 digits after 71", fik("00000020270042"), ["FIK_LENGTH"]],
  ["a FIK reference of another invoice", fik("000000202700431"), ["FIK_OTHER_INVOICE"]],
  ["a creditor with letters", fik("000000202700423", "ABCDEFGH"), ["FIK_CREDITOR"]],
  ["a creditor number a digit short", fik("000000202700423", "8123456"), ["FIK_CREDITOR"]],
  [
    "a transfer to no account",
    anInvoice({ payment: { kind: "account", registrationNumber: "", accountNumber: "" } }),
    ["ACCOUNT_MISSING"],
  ],
  [
    "a registration number of three digits",
    anInvoice({ payment: { kind: "account", ...anAccount, registrationNumber: "123" } }),
    ["ACCOUNT_FORMAT"],
  ],
  ["no way to pay", without(anInvoice(), "payment"), ["PAYMENT_MISSING"]],
  [
    "VAT off by one øre",
    anInvoice({ netOere: oere(1_284_551), vatOere: oere(321_137), totalOere: oere(1_605_688) }),
    ["VAT_AMOUNT"],
  ],
  ["a total off by one øre", anInvoice({ totalOere: oere(3_125_001) }), ["TOTAL"]],
  [
    "VAT on what is exempt",
    anInvoice({ vat: vats.E, vatOere: oere(1), totalOere: oere(2_500_001) }),
    ["VAT_AMOUNT"],
  ],
  ["an amount of nothing", anInvoice({ netOere: oere(0) }), ["NET_AMOUNT"]],
  [
    "25 % on what is exempt",
    broken(anInvoice({ vat: vats.E }), { vat: { ...vats.E, percent: 25 } }),
    ["VAT_PERCENT", "VAT_AMOUNT"],
  ],
  ["a standard rate of nothing", anInvoice({ vat: { category: "S", percent: 0 } }), ["VAT_PERCENT"]],
  ["an exemption without a text", anInvoice({ vat: { ...exempt, reasonText: " " } }), ["VAT_REASON"]],
  [
    "an exemption by a code of our own",
    anInvoice({ vat: { ...exempt, reasonCode: "§ 13" } }),
    ["VAT_REASON"],
  ],
  [
    "an exemption with the code of what is outside the scope",
    anInvoice({ vat: { ...exempt, reasonCode: "VATEX-EU-O" } }),
    ["VAT_REASON"],
  ],
  [
    "outside the scope with the code of an exemption",
    anInvoice({ vat: { ...exempt, category: "O" } }),
    ["VAT_REASON"],
  ],
  ["a standard rate with a reason", broken(anInvoice(), { vat: { ...vats.E, ...vats.S } }), ["VAT_REASON"]],
  ["a credit note without its invoice", without(aCreditNote(), "credits"), ["CREDITS_NOTHING"]],
  [
    "a credit note of an invoice without a date",
    aCreditNote({ credits: { number: 20270042, issuedOn: "" } }),
    ["CREDITS_NOTHING"],
  ],
  ["a credit note of itself", aCreditNote({ number: 20270042 }), ["CREDITS_ITSELF"]],
  [
    "a credit note older than its invoice",
    aCreditNote({ issuedOn: "2027-01-03" }),
    ["CREDITED_BEFORE_ISSUED"],
  ],
  [
    "a credit note with a due date",
    broken(aCreditNote(), { dueOn: "2027-04-01" }),
    ["CREDIT_ASKS_FOR_PAYMENT"],
  ],
  [
    "a credit note that says how to pay",
    broken(aCreditNote(), { payment: byFik }),
    ["CREDIT_ASKS_FOR_PAYMENT"],
  ],
  ["no due date", anInvoice({ dueOn: "" }), ["DUE_DATE"]],
  ["a due date that isn't there", without(anInvoice(), "dueOn"), ["DUE_DATE"]],
  ["due before it is sent", anInvoice({ dueOn: "2027-01-03" }), ["DUE_DATE"]],
  ["a date that the calendar lacks", anInvoice({ dueOn: "2027-02-30" }), ["DUE_DATE"]],
  ["an issue date with a time zone", anInvoice({ issuedOn: "2027-01-04+01:00" }), ["ISSUE_DATE"]],
  ["a period backwards", anInvoice({ period: { start: "2027-12-31", end: "2027-01-01" } }), ["PERIOD"]],
  [
    "neither person, contact nor order",
    anInvoice({ references: {}, buyer: { ...aBuyer, contactName: undefined } }),
    ["REFERENCE_MISSING"],
  ],
  ...[
    "-",
    "...",
    "n/a",
    "N.A.",
    "xxx",
    "0000",
    "?",
    "Ingen",
    "ikke oplyst",
    "EAN",
    "10150817",
    "5798009811578",
    " ",
  ].map((person): [string, InvoiceDocument, readonly InvoiceFault[]] => [
    `a person reference that says nothing: “${person}”`,
    anInvoice({ references: { person } }),
    ["REFERENCE_SAYS_NOTHING"],
  ]),
  [
    "an order number that says nothing",
    anInvoice({ references: { person: "aae", order: "mangler" } }),
    ["REFERENCE_SAYS_NOTHING"],
  ],
  ["a buyer without a name", anInvoice({ buyer: { ...aBuyer, name: " " } }), ["BUYER_NAME"]],
  ["a buyer's CVR number that can't be", anInvoice({ buyer: { ...aBuyer, cvr: "10150818" } }), ["BUYER_CVR"]],
  [
    "a buyer's EAN number that can't be",
    anInvoice({ buyer: { ...aBuyer, gln: "5798009811579" } }),
    ["BUYER_GLN"],
  ],
  [
    "a CVR number with DK before it",
    anInvoice({ seller: { ...defaultSender, cvr: "DK55133018" } }),
    ["SELLER_CVR"],
  ],
  [
    "a seller's EAN number that can't be",
    anInvoice({ seller: { ...defaultSender, gln: "" } }),
    ["SELLER_GLN"],
  ],
  ["a seller without a name", anInvoice({ seller: { ...defaultSender, name: "" } }), ["SELLER_NAME"]],
  ["a line that says nothing", anInvoice({ lineText: { da: "", en: "Membership dues" } }), ["LINE_TEXT"]],
  ["number 0", aCreditNote({ number: 0 }), ["NUMBER"]],
  ["revision 0", anInvoice({ revision: 0 }), ["REVISION"]],
];

describe("an invoice doesn't leave the house with", () => {
  it.each(cases)("%s", (_, document, faults) => {
    expect(invoiceFaults(document)).toEqual(faults);
  });

  test("any fault that we have a rule for: each rule is reached", () => {
    expect(new Set(cases.flatMap(([, , faults]) => faults))).toEqual(new Set(invoiceFaultCodes));
  });
});

describe("nothing is wrong with", () => {
  it.each<[string, InvoiceDocument]>([
    ["a year's dues by account", anInvoice()],
    ["the same by FIK", anInvoice({ payment: byFik })],
    ["half a year with an odd øre", anInvoice({ netOere: oere(1_284_551) })],
    ["what is exempt", anInvoice({ vat: vats.E })],
    ["what is outside the scope", anInvoice({ vat: vats.O })],
    ["a credit note", aCreditNote()],
    [
      "an order alone",
      anInvoice({ references: { order: "REK-7781" }, buyer: { ...aBuyer, contactName: undefined } }),
    ],
    ["a contact in the place of a person reference", anInvoice({ references: {} })],
    [
      "initials, an account string and a user id",
      anInvoice({ references: { person: "å", account: "4711-00-123", order: "b042" } }),
    ],
    [
      "a buyer without EAN number and address",
      anInvoice({ buyer: { name: "Ø", cvr: "10150817", contactName: "Bo" } }),
    ],
  ])("%s", (_, document) => {
    expect(invoiceFaults(document)).toEqual([]);
  });
});

test("each fault is told in its own words, in both languages", () => {
  for (const language of ["da", "en"] as const) {
    const told = invoiceFaultCodes.map((code) => invoiceFaultText(code, language));
    expect(new Set(told).size).toBe(invoiceFaultCodes.length);
    for (const text of told) expect(text).toMatch(/^\p{Lu}.*\.$/u);
  }
});

describe("the paper of an invoice", () => {
  it("is a copy where an e-invoice goes to the EAN number, and the invoice itself where there is none", () => {
    expect(isCopy(anInvoice())).toBe(true);
    expect(isCopy(anInvoice({ buyer: { ...aBuyer, gln: undefined } }))).toBe(false);
  });

  it("keeps its number when it is written again, and takes another name", () => {
    expect(invoiceFileName(anInvoice(), "xml")).toBe("20270042.xml");
    expect(invoiceFileName(anInvoice({ revision: 2 }), "xml")).toBe("20270042-2.xml");
  });
});
