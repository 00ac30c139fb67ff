import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "../../../shared/domain/owner.ts";
import { type BankRow, withIdentities } from "../../../shared/domain/payments/bank-row.ts";
import { matchRows } from "../../../shared/domain/payments/match.ts";
import type { InvoiceStanding } from "../../../shared/domain/payments/matching.ts";
import { anInvoice, aRow, aSnapshot } from "../../support/builders/a-bank-row.ts";
import { fikOf } from "../../support/builders/a-camt-file.ts";

// Few of each, so that they meet.
const numbers = [42, 43, 2027, 20270042, 20270043];
const amounts = [100, 200, 300, 500];
const cvrs = ["55133018", "28856075", "10150817"];
const accounts = ["12340007654321", "12340007654322"];

const invoice: fc.Arbitrary<InvoiceStanding> = fc
  .record({
    number: fc.constantFrom(...numbers),
    member: fc.nat(2),
    openOere: fc.constantFrom(-100, 0, ...amounts),
    hasFik: fc.boolean(),
    knownAccounts: fc.subarray(accounts),
  })
  .map(({ number, member, openOere, hasFik, knownAccounts }) =>
    anInvoice({
      memberId: `member-${member}` as MemberId,
      memberNumber: `M-${member}`,
      cvr: cvrs[member] ?? "",
      name: `Kommune ${"abc"[member]}`,
      invoice: String(number),
      ...(hasFik ? { fik: fikOf(number) } : {}),
      openOere,
      knownAccounts,
    }),
  );

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom("faktura", "Kommune a", "2027", "gebyr", "-", ",", ...cvrs),
      fc.constantFrom(...numbers).map(String),
      fc.constantFrom(...numbers).map((number) => `71/${fikOf(number)}`),
    ),
    { maxLength: 4 },
  )
  .map((words) => words.join(" "));

const row: fc.Arbitrary<BankRow> = fc
  .record({
    amountOere: fc.constantFrom(0, -100, -500, ...amounts),
    bookedOn: fc.constantFrom("2027-01-20", "2027-01-21"),
    text,
    reference: fc.constantFrom("", "42", fikOf(42), fikOf(20270042)),
    payerCvr: fc.constantFrom("", "", "", ...cvrs),
    payerAccount: fc.constantFrom("", ...accounts),
    isReversal: fc.constantFrom(false, false, false, true),
  })
  .map(({ reference, payerCvr, payerAccount, ...parts }) =>
    aRow({
      ...parts,
      ...(reference ? { reference } : {}),
      ...(payerCvr ? { payerCvr } : {}),
      ...(payerAccount ? { payerAccount } : {}),
    }),
  );

const invoices = fc.uniqueArray(invoice, {
  minLength: 1,
  maxLength: 6,
  selector: ({ memberId, invoice: number }) => `${memberId} ${number}`,
});
const rows = fc.array(row, { maxLength: 8 });

describe("Whatever rows come for whatever invoices", () => {
  it("nothing is booked by itself but the whole open amount, and no invoice twice", () => {
    let booked = 0;
    fc.assert(
      fc.property(invoices, rows, (given, came) => {
        const matched = matchRows(withIdentities(came), aSnapshot({ invoices: given }));
        const paid = new Set<string>();
        for (const { row: bankRow, outcome } of matched) {
          if (outcome.kind !== "booked") continue;
          booked += 1;
          const { memberId, invoice: number, amountOere } = outcome.part;
          const owed = given.find((one) => one.memberId === memberId && one.invoice === number);
          expect(amountOere).toBe(owed?.openOere);
          expect(amountOere).toBe(bankRow.amountOere);
          expect(bankRow).toMatchObject({ kind: "credit", isReversal: false });
          expect(paid.has(`${memberId} ${number}`)).toBe(false);
          paid.add(`${memberId} ${number}`);
        }
      }),
      { numRuns: 2000 },
    );
    expect(booked).toBeGreaterThan(50);
  });

  it("a proposal never posts more or less than what came in, and only on what there is", () => {
    fc.assert(
      fc.property(invoices, rows, (given, came) => {
        for (const { row: bankRow, outcome } of matchRows(
          withIdentities(came),
          aSnapshot({ invoices: given }),
        )) {
          if (outcome.kind !== "proposal") continue;
          const sum = outcome.parts.reduce((total, { amountOere }) => total + amountOere, 0);
          expect(outcome.parts.length === 0 ? Math.abs(bankRow.amountOere) : sum).toBe(
            Math.abs(bankRow.amountOere),
          );
          for (const { memberId, invoice: number } of [...outcome.parts, ...outcome.candidates])
            expect(given.some((one) => one.memberId === memberId && one.invoice === number)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("each is a row of its own, and none is new when it comes again, alone or among later ones", () => {
    fc.assert(
      fc.property(invoices, rows, rows, (given, came, later) => {
        const first = withIdentities(came);
        const bookedRows = new Set(first.map(({ identity }) => identity));
        expect(bookedRows.size).toBe(came.length);
        const again = matchRows(
          withIdentities([...came, ...later]),
          aSnapshot({ invoices: given, bookedRows }),
        );
        const kinds = again.map(({ outcome }) => outcome.kind);
        expect(kinds.slice(0, came.length).every((kind) => kind === "already-booked")).toBe(true);
        expect(kinds.slice(came.length)).not.toContain("already-booked");
      }),
      { numRuns: 500 },
    );
  });
});
