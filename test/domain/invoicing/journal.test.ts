import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { oere } from "../../../shared/domain/dues/dues-rate.ts";
import { handOverCsv, journalCsv } from "../../../shared/domain/invoicing/journal.ts";
import { aBuyer, aCreditNote, anInvoice } from "../../support/builders/an-invoice.ts";

/** The register's own guard, at its simplest. */
const guard = (text: string) => (/^[=+\-@\t\r']/.test(text) ? `'${text}` : text);

const lines = (csv: string) => csv.replace(/^\uFEFF/, "").split("\r\n");

describe("the journal for the accounts system", () => {
  it("has a line a document by its number, a credit note below zero", () => {
    const half = anInvoice({ number: 20270041, netOere: oere(1_284_551) });
    expect(lines(journalCsv([aCreditNote(), anInvoice(), half], guard))).toEqual([
      "Nummer;Dato;Debitor;CVR;Beløb uden moms;Moms;Beløb i alt;Type;Tekst",
      "20270041;2027-01-04;Prøvekøbing Kommune;10150817;12845,51;3211,38;16056,89;Faktura;Kontingent 2027, helt år",
      "20270042;2027-01-04;Prøvekøbing Kommune;10150817;25000,00;6250,00;31250,00;Faktura;Kontingent 2027, helt år",
      "20270043;2027-03-01;Prøvekøbing Kommune;10150817;-25000,00;-6250,00;-31250,00;Kreditnota;Kontingent 2027, helt år",
      "",
    ]);
  });

  it("opens in a Danish spreadsheet as it is: with a mark for its encoding", () => {
    expect(journalCsv([], guard).startsWith("\uFEFFNummer;")).toBe(true);
  });

  it("runs nothing that somebody typed as their name, and takes no amount for a formula", () => {
    const csv = journalCsv([aCreditNote({ buyer: { ...aBuyer, name: "=HYPERLINK(1)" } })], guard);
    expect(csv).toContain(";'=HYPERLINK(1);");
    expect(csv).toContain(";-25000,00;");
  });

  it("keeps a name with a semicolon, a quote or a line break in one cell", () => {
    const csv = journalCsv([anInvoice({ buyer: { ...aBuyer, name: 'A;"B"\nC' } })], guard);
    expect(csv).toContain(';"A;""B""\nC";');
  });

  test("of any documents adds up to the øre", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1e10 }), { maxLength: 20 });
    const sumOf = (csv: string, column: number) =>
      lines(csv)
        .slice(1, -1)
        .map((line) => Number(line.split(";")[column]?.replace(",", "")))
        .reduce((total, value) => total + value, 0);
    fc.assert(
      fc.property(amounts, amounts, (invoiced, credited) => {
        const documents = [
          ...invoiced.map((amount) => anInvoice({ netOere: oere(amount) })),
          ...credited.map((amount) => aCreditNote({ netOere: oere(amount) })),
        ];
        const csv = journalCsv(documents, guard);
        const net = [...invoiced, ...credited.map((amount) => -amount)].reduce(
          (sum, amount) => sum + amount,
          0,
        );
        expect(sumOf(csv, 4)).toBe(net);
        expect(sumOf(csv, 4) + sumOf(csv, 5)).toBe(sumOf(csv, 6));
      }),
    );
  });
});

it("a run's list says which file goes to which EAN number, and what it refers to", () => {
  const references = { person: "aae", order: "-REK", account: "4711" };
  expect(lines(handOverCsv([aCreditNote(), anInvoice({ references, revision: 2 })], guard))).toEqual([
    "Nummer;Type;Dato;Forfaldsdato;Krediterer;EAN;CVR;Navn;Personreference;Ordrenummer;Kontostreng;Beløb i alt;E-faktura;PDF",
    "20270042;Faktura;2027-01-04;2027-02-03;;5798009811578;10150817;Prøvekøbing Kommune;aae;'-REK;4711;31250,00;20270042-2.xml;20270042-2.pdf",
    "20270043;Kreditnota;2027-03-01;;20270042;5798009811578;10150817;Prøvekøbing Kommune;aae;;;31250,00;20270043.xml;20270043.pdf",
    "",
  ]);
});
