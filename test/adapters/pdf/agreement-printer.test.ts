import { PDFDocument } from "@cantoo/pdf-lib";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signAgreement } from "../../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { PdfFile } from "../../../pdf-evidence/structure/pdf-file.ts";
import { PdfName, PdfStream, PdfString } from "../../../pdf-evidence/structure/pdf-objects.ts";
import { PdfAgreementPrinter } from "../../../shared/adapters/pdf/agreement-printer.ts";
import { printableText } from "../../../shared/adapters/pdf/printing/printable-text.ts";
import { wrapText } from "../../../shared/adapters/pdf/printing/wrap-text.ts";
import { judge } from "../../../shared/domain/judgement/judge.ts";
import { templateMark } from "../../../shared/domain/judgement/templates/agreement-template.ts";
import {
  agreementTemplates,
  currentTemplate,
  recogniseAgreement,
} from "../../../shared/domain/judgement/templates/recognise-agreement.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import { isCvr } from "../../../shared/domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import { parseEmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import { type Gln, isGln } from "../../../shared/domain/organisation/gln.ts";
import { defaultSender } from "../../../shared/domain/settings/default-sender.ts";
import { wholeReading } from "../../support/pdfs/whole-reading.ts";

const fontFolder = new URL(
  "../../../node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/",
  import.meta.url,
);
const printer = new PdfAgreementPrinter({ fontFolder });

function cvr(text: string): CvrNumber {
  if (!isCvr(text)) throw new Error(`${text} is no CVR number`);
  return text;
}

function email(text: string): EmailAddress {
  const address = parseEmailAddress(text);
  if (address === "EMAIL_FORMAT") throw new Error(`${text} is no address`);
  return address;
}

function gln(text: string): Gln {
  if (!isGln(text)) throw new Error(`${text} is no GLN`);
  return text;
}

const member = currentTemplate("member", "da");
if (member === undefined) throw new Error("there is no member agreement in Danish");

const details = {
  sender: defaultSender,
  organisation: {
    name: "Ærø & Blåvand Kommune",
    cvr: cvr("25313763"),
    gln: gln("5790000423408"),
    address: { street: "Østergade 2", postalCode: "5970", city: "Ærøskøbing" },
  },
  signer: { name: "Søren Łukasz Ågård", title: "Direktør" },
  contact: { name: "Åse Ørsted", email: email("aase@example.dk"), phone: "63 52 50 00" },
};

describe.each(agreementTemplates.map((template) => ({ template, mark: templateMark(template) })))(
  "The prefilled agreement $mark",
  ({ template, mark }) => {
    const current = currentTemplate(template.kind, template.language) === template;

    test("is recognised as itself when it comes back, lacking nothing but a signature", async () => {
      const pdf = await printer.print(template, details, "A-2026-0117");
      const { facts } = await wholeReading(pdf);
      const judgement = judge(facts, { cvr: "25313763", kind: template.kind });
      expect(judgement).toMatchObject({
        verdict: "NEEDS_HUMAN",
        light: "yellow",
        template: { kind: template.kind, version: template.version, language: template.language, current },
      });
      expect(recogniseAgreement(facts.text)?.missingClauses).toEqual([]);
      const open = judgement.findings.filter(({ severity }) => severity === "needs-human");
      expect(open.map(({ code }) => code).filter((code) => code !== "AGREEMENT_VERSION_OLD")).toEqual([
        "UNSIGNED",
      ]);
      const codes = judgement.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(["AGREEMENT_RECOGNISED", "CVR_IN_TEXT"]));
      expect(facts.observations).toEqual([]);
      const text = facts.text.replace(/\s+/g, " ");
      const printed = [
        mark,
        "A-2026-0117",
        "Ærø & Blåvand Kommune",
        "25 31 37 63",
        "5790000423408",
        "Østergade 2, 5970 Ærøskøbing",
        "Søren Łukasz Ågård",
        "Direktør",
        "Åse Ørsted",
        "aase@example.dk",
        "63 52 50 00",
        ...template.clauses.map(({ heading }, index) => `${index + 1}. ${heading}`),
      ];
      for (const part of printed) expect(text).toContain(part);
    });

    test("tells a screen reader its language, its title and the order of its parts", async () => {
      const file = new PdfFile(Buffer.from(await printer.print(template, details, "A-2026-0117")));
      const { catalog } = file;
      const language = file.resolve(catalog?.get("Lang"));
      expect(language instanceof PdfString && language.toText()).toMatch(/^(da-DK|en-GB)$/);
      expect(file.dictionary(catalog?.get("MarkInfo"))?.get("Marked")).toBe(true);
      expect(file.dictionary(catalog?.get("ViewerPreferences"))?.get("DisplayDocTitle")).toBe(true);
      const tree = file.dictionary(catalog?.get("StructTreeRoot"));
      const [document] = file.array(tree?.get("K"));
      const tags = file.array(file.dictionary(document)?.get("K")).map((child) => {
        const tag = file.resolve(file.dictionary(child)?.get("S"));
        return tag instanceof PdfName ? tag.text : "";
      });
      const clauses = template.clauses.flatMap(() => ["H3", "P"]);
      expect(tags.filter((tag) => tag === "H1")).toHaveLength(1);
      expect(tags.slice(0, 5)).toEqual(["H1", "P", "P", "H2", "H3"]);
      expect(tags.join(" ")).toContain(["H2", ...clauses, "H2", "P", "H3"].join(" "));
    });
  },
);

test("the version and the case travel in the document’s own description", async () => {
  const printed = await PDFDocument.load(await printer.print(member, details, "A-2026-0117"), {
    updateMetadata: false,
  });
  expect(printed.getKeywords()).toBe("OS2-M-2026-03-17-DA A-2026-0117");
  expect(printed.getTitle()).toBe("Medlemsaftale – Ærø & Blåvand Kommune");
  // A date would make two prints of one agreement two files.
  expect(printed.getCreationDate()).toBeUndefined();
});

test("every mark on the page is either part of what is read or said to be decoration", async () => {
  const file = new PdfFile(Buffer.from(await printer.print(member, details, "A-2026-0117")));
  const pages = file.array(file.dictionary(file.catalog?.get("Pages"))?.get("Kids"));
  expect(pages).toHaveLength(2);
  for (const page of pages) {
    const contents = file.array(file.dictionary(page)?.get("Contents")).map((part) => file.resolve(part));
    const drawn = contents.map((part) =>
      part instanceof PdfStream ? file.decode(part).toString("latin1") : "",
    );
    const unmarked = drawn.join("\n").replace(/\/\w+ <<.*?>> BDC\s.*?\sEMC\b/gs, "");
    expect(drawn.join("")).toContain("/H3 <</MCID");
    expect(unmarked.trim()).toBe("");
  }
});

test("the same agreement is the same file whenever it is fetched", async () => {
  const first = await printer.print(member, details, "A-2026-0117");
  const second = await printer.print(member, details, "A-2026-0117");
  expect(Buffer.from(second).equals(first)).toBe(true);
});

test("the prefilled agreement, signed, passes as what was asked for", async () => {
  const printed = Buffer.from(await printer.print(member, details, "A-2026-0117"));
  const signed = signAgreement(printed, {
    organisationName: details.organisation.name,
    cvr: "25313763",
    signerName: details.signer.name,
  });
  const { facts } = await wholeReading(signed);
  expect(judge(facts, { cvr: "25313763", kind: "member" })).toMatchObject({
    verdict: "PASSED",
    light: "green",
  });
});

const long = (text: string) => text.repeat(300).slice(0, 300);

test.each([
  ["one long word", long("Æ")],
  ["markup", long("<script>alert(1)</script> ")],
  ["wide letters", long("W")],
])("300 letters of %s go on on further lines within the margins, and nothing is lost", async (_, name) => {
  const printed = await printer.print(
    member,
    {
      ...details,
      organisation: {
        ...details.organisation,
        name,
        address: { street: name, postalCode: "5970", city: name },
      },
      signer: { name, title: name },
      contact: { ...details.contact, name },
    },
    "A-2026-0117",
  );
  const { facts } = await wholeReading(printed);
  const lettersOnly = (text: string) => text.replace(/\s|Side \d af \d|OS2-M-.*0117/g, "");
  expect(lettersOnly(facts.text)).toContain(lettersOnly(name));
  expect(recogniseAgreement(facts.text)).toMatchObject({ template: member, missingClauses: [] });
  expect(await inkInMargins(printed)).toBe(0);
});

test("whatever is written in a name, the agreement is printed and recognised", async () => {
  const names = fc.string({ unit: "binary", maxLength: 300 });
  const anything = fc.asyncProperty(names, names, async (name, title) => {
    const wish = { ...details, organisation: { ...details.organisation, name }, signer: { name, title } };
    const { facts } = await wholeReading(await printer.print(member, wish, "A-2026-0117"));
    expect(recogniseAgreement(facts.text)).toMatchObject({ template: member, missingClauses: [] });
  });
  await fc.assert(anything, { seed: 4, numRuns: 10 });
});

test.each([
  ["Æ", "Æ"],
  ["A\u030a", "Å"],
  ["𝐁 & ﬁ", "B & fi"],
  ["👩‍👩‍👧!", "◊!"],
  ["a\u202eb\u00adc", "abc"],
  ["a\u0000b", "a b"],
  ["\ud800", "◊"],
])("“%s” is printed as “%s” in a typeface of Danish letters", (text, printed) => {
  const typeface = new Set([..."abcdefghijklmnopqrstuvwxyz &!◊ABÆØÅ"].map((letter) => letter.codePointAt(0)));
  expect(printableText(text, (codePoint) => typeface.has(codePoint))).toBe(printed);
});

test.each([
  ["et to tre", ["et to", "tre"]],
  ["kommunalbestyrelse", ["kommu", "nalbe", "styre", "lse"]],
  ["  ", []],
])("“%s” breaks into lines of five letters", (text, lines) => {
  expect(wrapText(text, (line) => line.length <= 5)).toEqual(lines);
});

test.each([
  ["an@aa.dk", ["an@", "aa.dk"]],
  ["25\u00a031 37", ["25\u00a031", "37"]],
])("“%s” breaks where a person would break it", (text, lines) => {
  expect(wrapText(text, (line) => line.length <= 5)).toEqual(lines);
});

/** @returns how many points left and right of the text have ink on them, over all pages */
async function inkInMargins(pdf: Uint8Array): Promise<number> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  let ink = 0;
  for (const page of document.pages()) {
    const { data, width, height } = await page.render({ scale: 1, render: "bitmap" });
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inMargin = x < 72 || x > width - 72 || y < 40 || y > height - 30;
        if (inMargin && (data[(y * width + x) * 4 + 1] ?? 0) < 250) ink++;
      }
    }
  }
  document.destroy();
  library.destroy();
  return ink;
}
