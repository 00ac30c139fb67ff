import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCamt } from "../../../shared/adapters/bank/camt.ts";
import { bankFileLimitBytes } from "../../../shared/domain/payments/bank-row.ts";
import { aCamtFile } from "../../support/builders/a-camt-file.ts";

const today = "2027-01-22";

function statementsOf(bytes: Uint8Array) {
  const reading = readCamt(bytes, today);
  if (reading.kind === "refused") throw new Error(JSON.stringify(reading.faults));
  return reading.statements;
}

function rowsOf(bytes: Uint8Array) {
  return statementsOf(bytes).flatMap(({ rows }) => rows);
}

function faultsOf(bytes: Uint8Array) {
  const reading = readCamt(bytes, today);
  return reading.kind === "refused" ? reading.faults : [];
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

describe("A bank's file is refused", () => {
  it.each([
    { why: "its rows don't explain its balance", closing: "3.00", code: "SUM_DIFFERS", differenceOere: 100 },
    { why: "they explain more than that", closing: "1.99", code: "SUM_DIFFERS", differenceOere: -1 },
  ])("whole when $why, by how much", ({ closing, ...fault }) => {
    const { why: _, ...expected } = fault;
    const good = { closing: "1.00", entries: [{ amount: "1.00" }] };
    const bad = { closing, entries: [{ amount: "2.00" }] };
    expect(faultsOf(aCamtFile([good, bad]))).toMatchObject([expected]);
  });

  it("whatever is in it, when a single øre is missing; and is read the same twice when none is", () => {
    const entry = fc.record({
      oere: fc.nat(10_000_000),
      direction: fc.constantFrom("CRDT" as const, "DBIT" as const),
      text: fc.constantFrom("a", "b"),
    });
    const offOere = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 10 }), fc.nat(1000), offOere, (entries, openingOere, off) => {
        const sum = entries.reduce(
          (at, { oere, direction }) => (direction === "CRDT" ? at + oere : at - oere),
          openingOere,
        );
        const file = aCamtFile([
          {
            opening: (openingOere / 100).toFixed(2),
            closing: ((sum + off) / 100).toFixed(2),
            entries: entries.map(({ oere, direction, text: said }) => ({
              amount: (oere / 100).toFixed(2),
              direction,
              payments: [{ text: said }],
            })),
          },
        ]);
        if (off !== 0) expect(faultsOf(file)).toMatchObject([{ code: "SUM_DIFFERS", differenceOere: off }]);
        else {
          const identities = rowsOf(file).map(({ identity }) => identity);
          expect(new Set(identities).size).toBe(entries.length);
          expect(rowsOf(file).map(({ identity }) => identity)).toEqual(identities);
        }
      }),
      {
        numRuns: 300,
        examples: [
          [
            [
              { oere: 5, direction: "DBIT", text: "a" },
              { oere: 5, direction: "DBIT", text: "a" },
            ],
            0,
            0,
          ],
        ],
      },
    );
  });

  it.each([
    { amount: "1.234,00", code: "AMOUNT_FORMAT" },
    { amount: "1,00", code: "AMOUNT_FORMAT" },
    { amount: "-1.00", code: "AMOUNT_FORMAT" },
    { amount: "1e3", code: "AMOUNT_FORMAT" },
    { amount: "99999999999.00", code: "AMOUNT_FORMAT" },
    { amount: "1.005", code: "AMOUNT_DECIMALS" },
  ])("for an amount of $amount, with the entry that has it", ({ amount, code }) => {
    const entries = [{ amount: "1.00" }, { amount }];
    expect(faultsOf(aCamtFile([{ closing: "1.00", entries }]))).toEqual([
      { row: 2, column: "Ntry/Amt", code, found: amount },
    ]);
  });

  it("but not for zeros behind the øre or before the kroner", () => {
    const entries = [{ amount: "000000429.56000" }];
    expect(rowsOf(aCamtFile([{ closing: "429.56", entries }]))).toMatchObject([{ amountOere: 42_956 }]);
  });

  it("for a row or a period after today", () => {
    const late = [{ amount: "1.00", bookedOn: "2027-01-23" }];
    expect(faultsOf(aCamtFile([{ closing: "1.00", entries: late }]))).toMatchObject([
      { row: 1, code: "DATE_AHEAD", found: "2027-01-23" },
    ]);
    expect(faultsOf(aCamtFile([{ through: "2027-01-23", closing: "0.00", entries: [] }]))).toMatchObject([
      { code: "DATE_AHEAD", found: "2027-01-23" },
    ]);
  });

  const small = text(aCamtFile([{ closing: "1.00", entries: [{ amount: "1.00" }] }]));
  it.each([
    {
      why: "a document type",
      file: small.replace("<Document", "<!DOCTYPE a [<!ENTITY b 'c'>]><Document"),
      code: "XML_DOCTYPE",
    },
    { why: "half a file", file: small.slice(0, small.length / 2), code: "XML_MALFORMED" },
    { why: "something else", file: "Dato;Beløb\n1;2", code: "XML_MALFORMED" },
    { why: "nothing", file: "", code: "XML_MALFORMED" },
    { why: "another document", file: "<a/>", code: "NOT_CAMT_053" },
    {
      why: "an advice, which repeats what the statement has",
      file: small.replace("camt.053", "camt.054"),
      code: "NOT_CAMT_053",
    },
    { why: "another version", file: small.replace("001.02", "001.04"), code: "NOT_CAMT_053" },
    { why: "no statement", file: small.replace(/<Stmt>.*<\/Stmt>/, ""), code: "STATEMENT_MISSING" },
    { why: "no account", file: small.replace(/<IBAN>.*<\/IBAN>/, ""), code: "ACCOUNT_MISSING" },
    { why: "no closing balance", file: small.replace("CLBD", "CLAV"), code: "BALANCE_MISSING" },
    {
      why: "no direction",
      file: small.replace("</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", "</Amt><Sts>"),
      code: "DIRECTION_MISSING",
    },
    {
      why: "no such day",
      file: small.replaceAll("<Dt>2027-01-20</Dt>", "<Dt>2027-02-30</Dt>"),
      code: "DATE_FORMAT",
    },
    { why: "an unknown alphabet", file: small.replace("UTF-8", "KLINGON"), code: "ENCODING" },
  ])("for $why", ({ file, code }) => {
    expect(faultsOf(bytesOf(file))).toMatchObject([{ code }]);
  });

  it("when it is larger than what is read", () => {
    expect(faultsOf(new Uint8Array(bankFileLimitBytes + 1))).toMatchObject([{ code: "FILE_TOO_LARGE" }]);
  });

  it("and never brings the reader down, whatever is broken in it", () => {
    const payments = [
      { amount: "1.00", references: ["71/1"], returnReason: "AC04" },
      { amount: "2.00", payerId: "1" },
    ];
    const whole = aCamtFile(
      [{ closing: "3.00", entries: [{ amount: "3.00", payments }, { amount: "0" }] }],
      "08",
    );
    const edit = fc.record({
      at: fc.nat(whole.length - 1),
      cut: fc.nat(40),
      put: fc.uint8Array({ maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const mutated = edits.reduce<Uint8Array>(
          (bytes, { at, cut, put }) =>
            Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)]),
          whole,
        );
        const reading = readCamt(mutated, today);
        if (reading.kind === "refused") return reading.faults.length > 0;
        return reading.statements.every(({ rows }) =>
          rows.every(({ amountOere }) => Number.isSafeInteger(amountOere)),
        );
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readCamt(bytes, today).kind === "refused"),
    );
  });
});
