import { describe, expect, it } from "vitest";
import { readCamt } from "../../../shared/adapters/bank/camt.ts";
import type { IdentifiedRow } from "../../../shared/domain/payments/bank-row.ts";
import { matchRows } from "../../../shared/domain/payments/match.ts";
import type { MatchedRow, MatchSnapshot, Outcome } from "../../../shared/domain/payments/matching.ts";
import { anInvoice, anotherInvoice, aSnapshot } from "../../support/builders/a-bank-row.ts";
import { aCamtFile, fikOf } from "../../support/builders/a-camt-file.ts";

const today = "2027-02-01";

/** A kommune of its own for each pitfall, whose invoice has a FIK line. */
function invoice(at: number, openOere: number) {
  const number = 20270100 + at;
  return anInvoice({
    memberId: `member-${at}` as never,
    memberNumber: `M-${at}`,
    name: `Kommune nr ${at}`,
    cvr: "",
    invoice: String(number),
    fik: fikOf(number),
    openOere,
  });
}

const fik = (at: number) => `71/${fikOf(20270100 + at)}`;

const invoices = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((at) => invoice(at, 100_000)),
  invoice(9, 50_000),
  invoice(10, 100_000),
  invoice(11, 100_000),
];

const batch = {
  amount: "1990.00",
  bankReference: "B1",
  payments: [
    { amount: "1000.00", references: [fik(1)] },
    { amount: "1000.00", references: [fik(2)] },
  ],
};
const sameIds = {
  amount: "20.00",
  bankReference: "B2",
  payments: [
    { amount: "10.00", endToEndId: "1", text: "ens" },
    { amount: "10.00", endToEndId: "1", text: "ens" },
  ],
};
const twice = { amount: "1000.00", payments: [{ references: [fik(3)] }] };
const withoutDetails = { amount: "1000.00", information: "Faktura 20270104" };
const paidFirst = { amount: "1000.00", payments: [{ endToEndId: "E5", references: [fik(5)] }] };
const cameBack = {
  amount: "1000.00",
  direction: "DBIT",
  isReversal: true,
  payments: [{ endToEndId: "E5", returnReason: "AC04" }],
} as const;
const byHand = { amount: "1000.00", payments: [{ text: "Tak for sidst" }] };
const half = { amount: "500.00", payments: [{ references: [fik(7)] }] };
const forTwo = { amount: "1500.00", payments: [{ references: [fik(8), fik(9)] }] };
const wrongDigit = {
  amount: "1000.00",
  payments: [
    { references: [`71/${fikOf(20270110).slice(0, 14)}${(Number(fikOf(20270110).at(-1)) + 1) % 10}`] },
  ],
};
const tooSmallFigures = { amount: "000001000.00000", payments: [{ references: [fik(11)] }] };
const pending = { amount: "7.00", status: "PDNG" };
const euros = { amount: "8.00", currency: "EUR" };

/** Everything of one day, in one file of a bank's. */
const file = aCamtFile([
  {
    id: "1",
    opening: "100.00",
    closing: "10110.00",
    entries: [
      ...[batch, sameIds, twice, twice, withoutDetails, paidFirst, cameBack, byHand, half, forTwo],
      ...[wrongDigit, tooSmallFigures, pending, euros],
    ],
  },
]);

function rowsIn(bytes: Uint8Array): readonly IdentifiedRow[] {
  const reading = readCamt(bytes, today);
  if (reading.kind === "refused") throw new Error(JSON.stringify(reading.faults));
  return reading.statements.flatMap(({ rows }) => rows);
}

function matched(bytes: Uint8Array, given: Partial<MatchSnapshot> = {}): MatchedRow[] {
  return matchRows(rowsIn(bytes), aSnapshot({ invoices, ...given }));
}

/** "booked 20270101 100000", "proposal part-payment 20270107 50000": what a row became. */
function told(outcome: Outcome): string {
  const parts = outcome.kind === "booked" ? [outcome.part] : outcome.kind === "proposal" ? outcome.parts : [];
  const why = "reason" in outcome ? [outcome.reason] : outcome.kind === "booked" ? [] : [outcome.by];
  return [outcome.kind, ...why, ...parts.map((part) => `${part.invoice} ${part.amountOere}`)].join(" ");
}

const asTheyAre = [
  // 1 A batch: each payment its own amount, not the entry's; and what the bank kept of it.
  "booked 20270101 100000",
  "booked 20270102 100000",
  "unmatched fee",
  // 2 Two payments of one entry have the same id, and are two.
  "unmatched unknown-payment",
  "unmatched unknown-payment",
  // 3 Two equal payments on a day are two, and the second is too much.
  "booked 20270103 100000",
  "proposal over-payment 20270103 100000",
  // 4 An entry without details is read by what the bank says of it.
  "booked 20270104 100000",
  // 5 and 6 A payment that came back, with its reason, reopens its invoice.
  "booked 20270105 100000",
  "proposal return 20270105 100000",
  // 7 What only a person can match.
  "unmatched unknown-payment",
  // 8 Half is not paid.
  "proposal part-payment 20270107 50000",
  // 9 One payment over two invoices.
  "proposal several-invoices 20270108 100000 20270109 50000",
  // 10 A wrong check digit is no reference.
  "unmatched unknown-payment",
  // 11 Zeros around an amount change nothing; 12 and 13, what is not booked and not in kroner is left out.
  "booked 20270111 100000",
];

describe("A bank's file with fourteen pitfalls", () => {
  it("becomes what each row is", () => {
    expect(matched(file).map(({ outcome }) => told(outcome))).toEqual(asTheyAre);
  });

  it("says what of it was left out", () => {
    const reading = readCamt(file, today);
    expect(reading).toMatchObject({
      statements: [
        {
          skipped: [
            { reason: "not-booked", count: 1 },
            { reason: "not-in-kroner", count: 1 },
          ],
        },
      ],
    });
  });

  it("brings nothing new when it is imported again", () => {
    const bookedRows = new Set(rowsIn(file).map(({ identity }) => identity));
    expect(bookedRows.size).toBe(asTheyAre.length);
    const again = matched(file, { bookedRows });
    expect(new Set(again.map(({ outcome }) => outcome.kind))).toEqual(new Set(["already-booked"]));
  });

  it("never undoes what a person matched, also when its invoice turns up in another row", () => {
    const rows = rowsIn(file);
    const matchedByHand = rows.find(({ text }) => text === "Tak for sidst");
    const decidedRows = new Set([matchedByHand?.identity ?? ""]);
    const outcomes = matched(file, { decidedRows }).map(({ outcome }) => told(outcome));
    expect(outcomes).toEqual(asTheyAre.map((was, at) => (at === 10 ? "already-booked person" : was)));
  });

  // 14 The same rows come under another statement's id; and an id comes again with other rows.
  it("overlaps with the next day's file, which brings only its own rows", () => {
    const before = aCamtFile([
      {
        id: "1",
        opening: "0.00",
        closing: "2000.00",
        entries: [twice, { ...twice, bookedOn: "2027-01-21" }],
      },
    ]);
    const after = aCamtFile([
      {
        id: "2",
        from: "2027-01-20",
        through: "2027-01-21",
        closing: "3000.00",
        entries: [twice, twice, { ...twice, bookedOn: "2027-01-21" }],
      },
    ]);
    const bookedRows = new Set(rowsIn(before).map(({ identity }) => identity));
    const kinds = matched(after, { bookedRows }).map(({ outcome }) => outcome.kind);
    expect(kinds).toEqual(["already-booked", "booked", "already-booked"]);
    const nextYear = aCamtFile([
      {
        id: "1",
        from: "2027-01-25",
        through: "2027-01-25",
        closing: "1000.00",
        entries: [{ ...twice, bookedOn: "2027-01-25" }],
      },
    ]);
    expect(matched(nextYear, { bookedRows }).map(({ outcome }) => outcome.kind)).toEqual(["booked"]);
  });

  it("means the same in both versions of its format", () => {
    const entries = [batch, twice, paidFirst, cameBack];
    const [older, newer] = (["02", "08"] as const).map((version) =>
      rowsIn(aCamtFile([{ closing: "2990.00", entries }], version)),
    );
    expect(newer).toEqual(older);
  });

  it("leaves another member's invoice alone", () => {
    const other = anotherInvoice();
    const outcomes = matched(file, { invoices: [...invoices, other] }).map(({ outcome }) => told(outcome));
    expect(outcomes).toEqual(asTheyAre);
  });
});
