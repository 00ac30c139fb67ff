import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvStatement, readBankCsv } from "../../../shared/adapters/bank/bank-csv.ts";
import { bankProfileNames } from "../../../shared/domain/payments/bank-profile.ts";
import { fikOf, ourAccount } from "../../support/builders/a-camt-file.ts";

const about = { account: "0040 0440116243", today: "2027-02-01" } as const;

/** Of the letters that both have, Latin 1 is Windows-1252. */
function windows1252(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

function utf8(text: string, mark = ""): Uint8Array {
  return new TextEncoder().encode(`${mark}${text}`);
}

function statementOf(bytes: Uint8Array, given: Pick<CsvStatement, "profile"> & Partial<CsvStatement>) {
  const reading = readBankCsv(bytes, { ...about, ...given });
  if (reading.kind === "refused") throw new Error(JSON.stringify(reading.faults));
  const [statement] = reading.statements;
  if (!statement) throw new Error("no statement");
  return statement;
}

function faultsOf(bytes: Uint8Array, given: Pick<CsvStatement, "profile"> & Partial<CsvStatement>) {
  const reading = readBankCsv(bytes, { ...about, ...given });
  return reading.kind === "refused" ? reading.faults : [];
}

/** The same two payments in each bank's own headings: 31.250,00 from Ærø, and a fee of 12,50. */
const files = {
  nordea: utf8(
    [
      "Bogføringsdato;Beløb;Afsender;Modtager;Navn;Beskrivelse;Saldo;Valuta;Afstemt;",
      "Reserveret;-39,95;;;REMA;;;DKK;;",
      "2027/02/01;-12,5;0440116243;;;Gebyr;41237,50;DKK;;",
      "2027/01/02;31250,00;1234567890;0440116243;Ærø Kommune;Faktura 20270042;41250;DKK;;",
      "",
    ].join("\r\n"),
    "\ufeff",
  ),
  "danske-bank": windows1252(
    [
      '"Dato";"Kategori";"Underkategori";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"',
      '"02.01.2027";"Andet";"";"Ærø Kommune, Faktura 20270042";"31.250,00";"41.250,00";"Udført";"Nej"',
      '"01.02.2027";"Andet";"";"Gebyr";"-12,50";"41.237,50";"Udført";"Nej"',
      '"01.02.2027";"Andet";"";"Kaffe";"-45,00";"";"Venter";"Nej"',
    ].join("\r\n"),
  ),
  "jyske-bank": utf8(
    [
      "Dato,,Tekst,,Beløb,Saldo,Kommentar,Afstemt,Flag,Konto",
      '01.02.2027,,Gebyr,,"-12,50","41.237,50",,,,Driftskonto',
      '02.01.2027,,Ærø Kommune,,"31.250,00","41.250,00",Faktura 20270042,,,0040 0440116243',
    ].join("\n"),
  ),
  sydbank: windows1252(
    [
      "Kontoudskrift",
      "",
      "Dato;Tekst;Beløb;Saldo",
      "02.01.2027;Ærø Kommune Faktura 20270042;31250,00;41250,00",
      "01.02.2027;Gebyr;12,50-;41237,50",
    ].join("\r\n"),
  ),
  bec: windows1252(
    ["02-01-2027;Ærø Kommune Faktura 20270042;31.250,00;41.250,00", "01-02-2027;Gebyr;-12,50;41.237,50"].join(
      "\r\n",
    ),
  ),
  portalbank: utf8(
    [
      "1;02-01-2027;Ærø Kommune Faktura 20270042;31.250,00;41.250,00",
      "1;01-02-2027;Gebyr;-12,50;41.237,50",
    ].join("\n"),
  ),
} as const;

describe("A bank's CSV file", () => {
  it.each(bankProfileNames)("of %s says what came in and went out, and what it covers", (profile) => {
    const statement = statementOf(files[profile], { profile });
    expect(statement).toMatchObject({
      account: ourAccount,
      from: "2027-01-02",
      through: "2027-02-01",
      openingOere: 1_000_000,
      closingOere: 4_123_750,
    });
    const rows = statement.rows.toSorted((a, b) => a.bookedOn.localeCompare(b.bookedOn));
    expect(rows).toMatchObject([
      { bookedOn: "2027-01-02", amountOere: 3_125_000, kind: "credit", balanceAfterOere: 4_125_000 },
      { bookedOn: "2027-02-01", amountOere: -1250, kind: "debit", text: "Gebyr" },
    ]);
    expect(`${rows[0]?.payerName ?? ""} ${rows[0]?.text}`).toMatch(/Ærø Kommune.*Faktura 20270042/);
  });

  it("of Jyske Bank may have its other headings", () => {
    const file = [
      "Bogføringsdato;Rentedato;Beløb;Saldo;Tekst",
      "02.01.2027;03.01.2027;31.250,00;41.250,00;Ærø Kommune",
    ].join("\n");
    expect(statementOf(utf8(file), { profile: "jyske-bank" }).rows).toMatchObject([
      { bookedOn: "2027-01-02", amountOere: 3_125_000, text: "Ærø Kommune" },
    ]);
  });

  it("of Danske Bank's business customers names accounts and references among its many columns", () => {
    const headings = [
      ...["Kontonummer", "Kontonavn", "Dato", "Valørdato", "Tekst", "Beløb", "Saldo", "Valuta", "Status"],
      ...["Afstemt", "Afsendernavn", "Afsenderkonto", "Adresse 1", "Adresse 2", "Modtagernavn"],
      ...["Modtagerkonto", "Meddelelse", "Kundereference", "Arkivreference", "Kategori", "Underkategori"],
    ];
    const cells = [
      ...["0040 0440116243", "Drift", "02.01.2027", "02.01.2027", "Indbetaling", "31.250,00", "41.250,00"],
      ...["DKK", "Udført", "Nej", "Ærø Kommune", "1234-7654321", "", "", "OS2", "", "Kontingent"],
      ...[`+71<${fikOf(20270042)}+81234567<`, "A-1", "", ""],
    ];
    const file = [headings, cells].map((line) => line.map((cell) => `"${cell}"`).join(";")).join("\r\n");
    expect(headings).toHaveLength(21);
    expect(statementOf(utf8(file, "\ufeff"), { profile: "danske-bank" }).rows).toMatchObject([
      {
        amountOere: 3_125_000,
        payerName: "Ærø Kommune",
        payerAccount: "12340007654321",
        reference: fikOf(20270042),
        bankReference: "A-1",
        text: "Indbetaling Kontingent",
      },
    ]);
  });

  it("is read for what is booked in kroner; what is reserved or waits is counted", () => {
    expect(statementOf(files.nordea, { profile: "nordea" }).skipped).toEqual([
      { reason: "not-booked", count: 1 },
    ]);
    expect(statementOf(files["danske-bank"], { profile: "danske-bank" }).skipped).toEqual([
      { reason: "not-booked", count: 1 },
    ]);
    const euros = "Dato;Tekst;Beløb;Valuta\n02.01.2027;a;1,00;DKK\n02.01.2027;b;2,00;EUR";
    expect(statementOf(utf8(euros), { profile: "sydbank" })).toMatchObject({
      rows: [{ amountOere: 100 }],
      skipped: [{ reason: "not-in-kroner", count: 1 }],
    });
  });

  it("covers as many days as whoever made it says", () => {
    const stated = { profile: "bec", from: "2027-01-01", through: "2027-02-01" } as const;
    const [first = ""] = Buffer.from(files.bec).toString("latin1").split("\r\n");
    expect(statementOf(windows1252(first), stated)).toMatchObject({
      from: "2027-01-01",
      through: "2027-02-01",
    });
    expect(statementOf(windows1252(first), { profile: "bec" })).toMatchObject({ through: "2027-01-02" });
  });

  it("may list a day's rows in any order, as long as each balance leads to the next", () => {
    const rows = ["3,00;6,00", "1,00;1,00", "2,00;3,00"].map((cells) => `02.01.2027;x;${cells}`);
    const file = ["Dato;Tekst;Beløb;Saldo", ...rows].join("\n");
    expect(statementOf(utf8(file), { profile: "sydbank" })).toMatchObject({
      openingOere: 0,
      closingOere: 600,
    });
  });
});

describe("A bank's CSV file is refused", () => {
  const headings = "Dato;Tekst;Beløb;Saldo";
  it.each([
    { why: "a row that is missing", rows: ["1,00;1,00", "3,00;6,00"], row: 3, differenceOere: 200 },
    {
      why: "a row that stands twice",
      rows: ["1,00;1,00", "2,00;3,00", "2,00;3,00"],
      row: 4,
      differenceOere: -200,
    },
    { why: "an amount that was changed", rows: ["1,00;1,00", "2,50;3,00"], row: 3, differenceOere: -50 },
  ])("for $why, with the row and the difference", ({ rows, row, differenceOere }) => {
    const file = [headings, ...rows.map((cells) => `02.01.2027;x;${cells}`)].join("\n");
    expect(faultsOf(utf8(file), { profile: "sydbank" })).toEqual([
      { row, column: "Saldo", code: "SUM_DIFFERS", differenceOere },
    ]);
  });

  it("with every row that has a fault, by row and column", () => {
    const file = [
      headings,
      "2027-01-02;year first;1,00;1,00",
      "31.02.2027;no such day;1,00;1,00",
      "02.01.27;two digits;1,00;1,00",
      "02.02.2027;tomorrow;1,00;1,00",
      "02.01.2027;a point;1.00;1,00",
      "02.01.2027;three decimals;1,005;1,00",
      "02.01.2027;nothing;;1,00",
      "02.01.2027;balance;1,00;x",
    ].join("\n");
    expect(
      faultsOf(utf8(file), { profile: "sydbank" }).map(({ row, column, code }) => [row, column, code]),
    ).toEqual([
      [2, "Dato", "DATE_FORMAT"],
      [3, "Dato", "DATE_FORMAT"],
      [4, "Dato", "DATE_FORMAT"],
      [5, "Dato", "DATE_AHEAD"],
      [6, "Beløb", "AMOUNT_FORMAT"],
      [7, "Beløb", "AMOUNT_DECIMALS"],
      [8, "Beløb", "AMOUNT_FORMAT"],
      [9, "Saldo", "AMOUNT_FORMAT"],
    ]);
  });

  it.each([
    { why: "covers days to come", file: files.bec, given: { through: "2027-02-02" }, code: "DATE_AHEAD" },
    {
      why: "has rows after what it covers",
      file: files.bec,
      given: { through: "2027-01-31" },
      code: "THROUGH_BEFORE_ROWS",
    },
    { why: "is another bank's", file: files.bec, given: { profile: "nordea" }, code: "HEADING_MISSING" },
    {
      why: "has no amounts",
      file: utf8("Dato;Tekst\n02.01.2027;a"),
      given: { profile: "sydbank" },
      code: "HEADING_MISSING",
    },
    { why: "has too few columns", file: utf8("02-01-2027;a"), given: {}, code: "CSV_MALFORMED" },
    { why: "has nothing in it", file: utf8("\n\n"), given: {}, code: "ROWS_MISSING" },
    {
      why: "has headings only",
      file: utf8("Dato;Tekst;Beløb"),
      given: { profile: "sydbank" },
      code: "ROWS_MISSING",
    },
    {
      why: "is of another account",
      file: files["jyske-bank"],
      given: { profile: "jyske-bank", account: "0040 0440116244" },
      code: "ACCOUNT_DIFFERS",
    },
    {
      why: "tells the balance of some rows only",
      file: utf8("Dato;Tekst;Beløb;Saldo\n02.01.2027;a;1,00;1,00\n02.01.2027;a;1,00;"),
      given: { profile: "sydbank" },
      code: "BALANCE_MISSING",
    },
    { why: "is too large", file: new Uint8Array(5_000_001), given: {}, code: "FILE_TOO_LARGE" },
  ] as const)("when it $why", ({ file, given, code }) => {
    expect(faultsOf(file, { profile: "bec", ...given })).toMatchObject([{ code }]);
  });

  it("and never brings the reader down, whatever is broken in it", () => {
    const edit = fc.record({ at: fc.nat(400), cut: fc.nat(20), put: fc.uint8Array({ maxLength: 8 }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...bankProfileNames),
        fc.array(edit, { maxLength: 4 }),
        (profile, edits) => {
          const bytes = edits.reduce<Uint8Array>(
            (before, { at, cut, put }) =>
              Uint8Array.from([...before.subarray(0, at), ...put, ...before.subarray(at + cut)]),
            files[profile],
          );
          const reading = readBankCsv(bytes, { ...about, profile });
          return reading.kind === "refused" ? reading.faults.length > 0 : reading.statements.length === 1;
        },
      ),
      { numRuns: 500 },
    );
  });
});
