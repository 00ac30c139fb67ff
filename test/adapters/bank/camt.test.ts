import { describe, expect, it } from "vitest";
import { readCamt } from "../../../shared/adapters/bank/camt.ts";
import { aCamtFile, fikOf, ourAccount } from "../../support/builders/a-camt-file.ts";

const today = "2027-01-22";

function statementsOf(bytes: Uint8Array) {
  const reading = readCamt(bytes, today);
  if (reading.kind === "refused") throw new Error(JSON.stringify(reading.faults));
  return reading.statements;
}

function rowsOf(bytes: Uint8Array) {
  return statementsOf(bytes).flatMap(({ rows }) => rows);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

describe.each(["02", "08"] as const)("A statement in camt.053, version %s", (version) => {
  it("says who paid what for which invoice, and which days it covers", () => {
    const file = aCamtFile(
      [
        {
          from: "2027-01-18",
          opening: "-100.00",
          closing: "31150.00",
          entries: [
            {
              amount: "31250.00",
              bankReference: "E1",
              payments: [
                {
                  bankReference: "T1",
                  endToEndId: "KMD-1",
                  payer: "Køge &amp; Omegn &#216;st",
                  payerAccount: "DK50 0040 0440 1162 43",
                  payerId: "DK55133018",
                  references: [`71/${fikOf(20270042)}`],
                  text: "Kontingent",
                },
              ],
            },
          ],
        },
      ],
      version,
    );
    expect(statementsOf(file)).toMatchObject([
      {
        account: ourAccount,
        from: "2027-01-18",
        through: "2027-01-20",
        openingOere: -10_000,
        closingOere: 3_115_000,
        skipped: [],
        rows: [
          {
            amountOere: 3_125_000,
            bookedOn: "2027-01-20",
            kind: "credit",
            bankReference: "T1",
            endToEndId: "KMD-1",
            reference: fikOf(20270042),
            text: "Kontingent",
            payerName: "Køge & Omegn Øst",
            payerAccount: ourAccount,
            payerCvr: "55133018",
            isReversal: false,
          },
        ],
      },
    ]);
  });

  it("gives each payment of a batch its own amount, and what the bank kept as a row of its own", () => {
    const file = aCamtFile(
      [
        {
          closing: "1490.00",
          entries: [
            {
              amount: "1490.00",
              payments: [
                { amount: "1000.00", text: "a" },
                { amount: "500", text: "b" },
              ],
            },
          ],
        },
      ],
      version,
    );
    expect(rowsOf(file)).toMatchObject([
      { amountOere: 100_000, text: "a" },
      { amountOere: 50_000, text: "b" },
      { amountOere: -1000, kind: "debit", isRemainder: true },
    ]);
  });

  it("leaves a batch whole that doesn't say what its payments are, and names no payer for it", () => {
    const payments = [
      { text: "a", payer: "Prøve Kommune" },
      { amount: "500.00", text: "b" },
    ];
    const [row, ...others] = rowsOf(
      aCamtFile(
        [{ closing: "1500.00", entries: [{ amount: "1500.00", payments, information: "Samlet" }] }],
        version,
      ),
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({ amountOere: 150_000, text: "Samlet" });
    expect(row).not.toHaveProperty("payerName");
  });

  it("tells a payment that came back, why, and whose it was", () => {
    const payments = [{ returnReason: "AC04", payer: "Prøve Kommune", text: "returneret" }];
    const entries = [{ amount: "31250.00", direction: "DBIT", isReversal: true, payments }] as const;
    expect(rowsOf(aCamtFile([{ closing: "-31250.00", entries }], version))).toMatchObject([
      {
        amountOere: -3_125_000,
        kind: "debit",
        isReversal: true,
        returnReason: "AC04",
        payerName: "Prøve Kommune",
      },
    ]);
  });
});

describe("A bank's statement", () => {
  it("has a row for an entry without details, by what the bank says of it", () => {
    const entries = [{ amount: "12.50", direction: "DBIT", information: "Gebyr" }] as const;
    expect(rowsOf(aCamtFile([{ closing: "-12.50", entries }]))).toMatchObject([
      { amountOere: -1250, text: "Gebyr", kind: "debit" },
    ]);
  });

  it("has no payer's id where the bank only says that there is none", () => {
    const payments = [{ endToEndId: "NOTPROVIDED" }, { endToEndId: "notprovided" }, { endToEndId: "E1" }].map(
      (one) => ({ ...one, amount: "1.00" }),
    );
    const rows = rowsOf(aCamtFile([{ closing: "3.00", entries: [{ amount: "3.00", payments }] }]));
    expect(rows.map(({ endToEndId }) => endToEndId)).toEqual([undefined, undefined, "E1"]);
  });

  it("is read for what is booked in kroner; the rest is counted", () => {
    const entries = [
      { amount: "1.00" },
      { amount: "2.00", status: "PDNG" },
      { amount: "3.00", status: "INFO" },
      { amount: "4.00", currency: "EUR" },
    ];
    expect(statementsOf(aCamtFile([{ closing: "1.00", entries }]))).toMatchObject([
      {
        rows: [{ amountOere: 100 }],
        skipped: [
          { reason: "not-booked", count: 2 },
          { reason: "not-in-kroner", count: 1 },
        ],
      },
    ]);
  });

  it("of an account in another currency is counted and not summed up", () => {
    const entries = [{ amount: "4.00", currency: "EUR" }];
    expect(statementsOf(aCamtFile([{ currency: "EUR", closing: "99.00", entries }]))).toMatchObject([
      { rows: [], skipped: [{ reason: "not-in-kroner", count: 1 }] },
    ]);
  });

  it("may name several references, and then has none of them for its own", () => {
    const references = [`71/${fikOf(20270042)}`, `71/${fikOf(20270043)}`];
    const payments = [{ references, documents: ["20270044"], text: "to fakturaer" }];
    const [row] = rowsOf(aCamtFile([{ closing: "2.00", entries: [{ amount: "2.00", payments }] }]));
    expect(row?.text).toBe(`to fakturaer 20270044 ${fikOf(20270042)} ${fikOf(20270043)}`);
    expect(row).not.toHaveProperty("reference");
  });

  it("tells a returned payment by the bank's own code where nothing else says why", () => {
    const code =
      "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>";
    const entries = [{ amount: "1.00", direction: "DBIT", payments: [{ text: "retur" }] }] as const;
    const file = text(aCamtFile([{ closing: "-1.00", entries }])).replace("<NtryDtls>", `${code}<NtryDtls>`);
    expect(rowsOf(bytesOf(file))).toMatchObject([{ returnReason: "RRTN", isReversal: false }]);
  });

  it("may lie in the envelope of a bank's network, with a mark before it and a prefix before its names", () => {
    const file = text(aCamtFile([{ closing: "1.00", entries: [{ amount: "1.00" }] }]))
      .replace(/<(\/?)(?=[A-Z])/g, "<$1c:")
      .replace("xmlns=", "xmlns:c=")
      .replace("<c:Document", "<Envelope><Header/><c:Document")
      .replace("</c:Document>", "</c:Document></Envelope>");
    expect(rowsOf(bytesOf(`\ufeff${file}`))).toMatchObject([{ amountOere: 100 }]);
  });

  it("that ends at midnight says nothing of the day that begins then", () => {
    const file = text(aCamtFile([{ closing: "0.00", entries: [] }]))
      .replace("2027-01-20T23:59:59", "2027-01-21T00:00:00")
      .replace("2027-01-20T00:00:00", "2027-01-19T23:00:00Z");
    expect(statementsOf(bytesOf(file))).toMatchObject([{ from: "2027-01-20", through: "2027-01-20" }]);
  });

  it("without a period covers the days after its opening balance to its closing one", () => {
    const file = text(aCamtFile([{ from: "2027-01-17", closing: "0.00", entries: [] }])).replace(
      /<FrToDt>.*<\/FrToDt>/,
      "",
    );
    expect(statementsOf(bytesOf(file))).toMatchObject([{ from: "2027-01-18", through: "2027-01-20" }]);
  });

  it("in Latin letters of another alphabet's file is read as the file says", () => {
    const file = text(
      aCamtFile([{ closing: "1.00", entries: [{ amount: "1.00", information: "Ærø" }] }]),
    ).replace('"UTF-8"', '"ISO-8859-1"');
    expect(rowsOf(Uint8Array.from(Buffer.from(file, "latin1")))).toMatchObject([{ text: "Ærø" }]);
  });

  it("may be one of two in a file, and counts once where it stands there twice", () => {
    const first = { closing: "1.00", entries: [{ amount: "1.00" }] };
    const second = { opening: "1.00", closing: "2.00", entries: [{ amount: "1.00" }] };
    const other = { iban: "DK5000400440116244", closing: "1.00", entries: [{ amount: "1.00" }] };
    const statements = statementsOf(aCamtFile([first, second, other, { ...first, id: "1" }]));
    expect(statements.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 0]);
    expect(new Set(statements.flatMap(({ rows }) => rows.map(({ identity }) => identity))).size).toBe(3);
    expect(statements[3]?.skipped).toEqual([{ reason: "repeated-statement", count: 1 }]);
  });
});
