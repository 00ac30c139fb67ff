import { describe, expect, it, test } from "vitest";
import { PdfFile } from "../../../pdf-evidence/structure/pdf-file.ts";
import { type PdfDictionary, PdfName, PdfStream } from "../../../pdf-evidence/structure/pdf-objects.ts";
import { PdfInvoicePrinter } from "../../../shared/adapters/pdf/invoice-printer.ts";
import type { Row } from "../../../shared/adapters/pdf/printing/blocks.ts";
import { TaggedDocument } from "../../../shared/adapters/pdf/printing/tagged-document.ts";
import type { Language } from "../../../shared/domain/agreement/kind.ts";
import { oere } from "../../../shared/domain/dues/dues-rate.ts";
import type { InvoiceDocument } from "../../../shared/domain/invoicing/invoice-document.ts";
import { aBuyer, aCreditNote, anInvoice, byFik, vats } from "../../support/builders/an-invoice.ts";
import { wholeReading } from "../../support/pdfs/whole-reading.ts";

const fontFolder = new URL(
  "../../../node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/",
  import.meta.url,
);
const printer = new PdfInvoicePrinter({ fontFolder });

const onPaper = { ...aBuyer, gln: undefined };

/** What a program takes out of the file, in its order, a space between any two words. */
async function textOf(document: InvoiceDocument, language: Language): Promise<string> {
  const { facts } = await wholeReading(await printer.print(document, language));
  return facts.text.replace(/\s+/g, " ");
}

function expectInOrder(text: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    expect(at, `“${part}” in “${text.slice(from)}”`).toBeGreaterThanOrEqual(0);
    from = at + part.length;
  }
}

const references = { person: "aae", order: "REK-7781", account: "4711-00-123" };

describe("the copy of an invoice that goes to an EAN number", () => {
  it("says in Danish that it is one, and then everything that the invoice says", async () => {
    expectInOrder(await textOf(anInvoice({ references, netOere: oere(1_284_551) }), "da"), [
      ...["Faktura", "KOPI", "Betales via EAN 5798009811578", "ikke skal betales"],
      ...["Til", "Prøvekøbing Kommune", "10 15 08 17", "5798009811578", "Rådhuspladsen 1, 9999 Prøvekøbing"],
      ...["Åse Ærlig", "Fra", "OS2, det offentlige digitaliseringsfællesskab", "55 13 30 18", "os2@os2.eu"],
      ...["Fakturanr.", "20270042", "Fakturadato", "4. januar 2027", "Forfaldsdato", "3. februar 2027"],
      ...["Personreference", "aae", "Ordrenr.", "REK-7781", "Kontostreng", "4711-00-123"],
      ...["Ydelse", "Periode", "Moms", "Beløb (DKK)"],
      ...["Kontingent 2027, helt år", "1.1.2027 – 31.12.2027", "25 %", "12.845,51"],
      ...["Beløb uden moms", "12.845,51", "Moms 25 %", "3.211,38", "Faktureret i alt", "16.056,89"],
    ]);
  });

  it("says so in English too, and keeps the word that a Danish bookkeeper looks for", async () => {
    expectInOrder(await textOf(anInvoice({ references, vat: vats.E }), "en"), [
      ...[
        "Invoice",
        "COPY (KOPI)",
        "Paid through EAN 5798009811578",
        "not to be paid",
        "Prøvekøbing Kommune",
      ],
      ...["Invoice no.", "20270042", "Invoice date", "4 January 2027", "Due date", "3 February 2027"],
      ...["Order no.", "REK-7781", "Membership dues 2027, full year", "Exempt", "25,000.00"],
      ...["VAT (exempt)", "0.00", "Total invoiced", "25,000.00", "momslovens § 13, stk. 1, nr. 4"],
    ]);
  });

  it.each(["da", "en"] as const)(
    "can't be paid by: no account and no FIK line stands in it (%s)",
    async (language) => {
      for (const document of [anInvoice(), anInvoice({ payment: byFik })]) {
        const text = await textOf(document, language);
        expect(text).not.toMatch(/0012345678|1234 |\+71|Betaling|Payment|At betale|To pay/);
      }
    },
  );
});

describe("the invoice of who has no EAN number", () => {
  it("says where to pay and what to write", async () => {
    const text = await textOf(anInvoice({ buyer: onPaper }), "da");
    expectInOrder(text, [
      ...["At betale", "31.250,00", "Betaling", "Betales senest", "3. februar 2027", "Reg.nr.", "1234"],
      ...["Kontonr.", "0012345678", "Skriv ved betalingen", "Faktura 20270042"],
    ]);
    expect(text).not.toContain("KOPI");
  });

  it("says by which FIK line to pay, where there is one", async () => {
    const text = await textOf(anInvoice({ buyer: onPaper, payment: byFik, vat: vats.O }), "en");
    expectInOrder(text, ["VAT (outside the scope)", "To pay", "Payment", "+71<000000202700423+81234567<"]);
  });
});

describe("a credit note", () => {
  it.each<[Language, readonly string[]]>([
    [
      "da",
      [
        "Kreditnota",
        "KOPI",
        "Sendt via EAN 5798009811578",
        "Krediterer",
        "Faktura 20270042 af 4. januar 2027",
      ],
    ],
    [
      "en",
      ["Credit note", "COPY (KOPI)", "Sent through EAN", "Credits", "Invoice 20270042 of 4 January 2027"],
    ],
  ])("names the invoice that it credits, and asks for nothing (%s)", async (language, parts) => {
    const text = await textOf(aCreditNote({ note: "Udmeldt før periodens begyndelse." }), language);
    expectInOrder(text, [...parts, "Udmeldt før periodens begyndelse."]);
    expect(text).not.toMatch(/Forfaldsdato|Due date|Betal|Payment|Paid/);
  });

  it("without an EAN number is itself, not a copy", async () => {
    const text = await textOf(aCreditNote({ buyer: onPaper }), "da");
    expectInOrder(text, ["Kreditnota", "Krediteret i alt", "31.250,00"]);
    expect(text).not.toMatch(/KOPI|Betaling/);
  });
});

test("the same invoice is the same file whenever it is printed", async () => {
  const first = await printer.print(anInvoice(), "da");
  expect(Buffer.from(await printer.print(anInvoice(), "da")).equals(first)).toBe(true);
});

test("what a person types is set as far as there are letters for it, and breaks nothing", async () => {
  const name = `Ærø 🦆 ${"meget langt navn ".repeat(12)}`;
  const text = await textOf(
    anInvoice({ buyer: { ...aBuyer, name, contactName: "Å\u0000\u202e<&>" }, note: "n\n".repeat(90) }),
    "da",
  );
  expectInOrder(text, ["Ærø ◊ meget langt navn", "Å <&>", "Faktureret i alt", "n n n"]);
});

interface Heard {
  tag: string;
  scope: string | undefined;
  children: Heard[];
}

function heard(file: PdfFile, element: PdfDictionary): Heard {
  const name = (value: unknown) => (value instanceof PdfName ? value.text : undefined);
  const children = file
    .array(element.get("K"))
    .map((child) => file.dictionary(child))
    .filter((child) => name(file.resolve(child?.get("Type"))) === "StructElem")
    .map((child) => child && heard(file, child));
  return {
    tag: name(file.resolve(element.get("S"))) ?? "",
    scope: name(file.resolve(file.dictionary(element.get("A"))?.get("Scope"))),
    children: children.filter((child) => child !== undefined),
  };
}

function structureOf(pdf: Uint8Array): Heard[] {
  const file = new PdfFile(Buffer.from(pdf));
  const [document] = file.array(file.dictionary(file.catalog?.get("StructTreeRoot"))?.get("K"));
  const element = file.dictionary(document);
  return element ? heard(file, element).children : [];
}

const rowsOf = (table: Heard | undefined) =>
  table?.children.map(({ tag, children }) => [
    tag,
    ...children.map((cell) => `${cell.tag} ${cell.scope ?? ""}`.trim()),
  ]);

test("a screen reader hears of tables what heads each column and each total", async () => {
  const tables = structureOf(await printer.print(anInvoice(), "da")).filter(({ tag }) => tag === "Table");
  expect(tables.map(rowsOf)).toEqual([
    [
      ["TR", "TH Column", "TH Column", "TH Column", "TH Column"],
      ["TR", "TD", "TD", "TD", "TD"],
    ],
    [
      ["TR", "TH Row", "TD"],
      ["TR", "TH Row", "TD"],
      ["TR", "TH Row", "TD"],
    ],
  ]);
});

/** What is drawn on each page, as operators. */
function drawnOn(pdf: Uint8Array): string[] {
  const file = new PdfFile(Buffer.from(pdf));
  return file.array(file.dictionary(file.catalog?.get("Pages"))?.get("Kids")).map((page) =>
    file
      .array(file.dictionary(page)?.get("Contents"))
      .map((part) => file.resolve(part))
      .map((part) => (part instanceof PdfStream ? file.decode(part).toString("latin1") : ""))
      .join("\n"),
  );
}

test("every mark on an invoice is either part of what is read or said to be decoration", async () => {
  for (const drawn of drawnOn(await printer.print(anInvoice({ references, note: "Tak" }), "da"))) {
    expect(drawn).toContain("/TD <</MCID");
    expect(drawn.replace(/\/\w+ <<.*?>> BDC\s.*?\sEMC\b/gs, "").trim()).toBe("");
  }
});

test("a table longer than a page goes on under the same headings, which are heard once", async () => {
  const font = async (name: string) => {
    const { readFile } = await import("node:fs/promises");
    return readFile(new URL(name, fontFolder));
  };
  const paper = await TaggedDocument.create({
    title: "Lang",
    language: "da-DK",
    author: "OS2",
    keywords: [],
    regular: await font("IBMPlexSans-Regular.ttf"),
    semiBold: await font("IBMPlexSans-SemiBold.ttf"),
    footer: "Lang",
    pageNumber: (page) => String(page),
  });
  const style = { size: 10, lead: 14, colour: "ink" } as const;
  const at = { x: 0, width: 200, style };
  const row = (text: string): Row => ({ padding: 4, cells: [{ tag: "TD", text, ...at }] });
  paper.place([
    {
      kind: "table",
      before: 0,
      head: { padding: 4, cells: [{ tag: "TH", scope: "Column", text: "Hovedet", ...at }] },
      rows: Array.from({ length: 80 }, (_, index) => row(`Række ${index}`)),
    },
  ]);
  const pdf = await paper.save();
  expect(drawnOn(pdf)).toHaveLength(3);
  const { facts } = await wholeReading(pdf);
  expect(facts.text.match(/Hovedet/g)).toHaveLength(3);
  const [table] = structureOf(pdf);
  expect(rowsOf(table)?.filter(([, first]) => first === "TH Column")).toHaveLength(1);
  expect(table?.children).toHaveLength(81);
});
