import { afterAll, describe, expect, test } from "vitest";
import { PdfAgreementPrinter } from "../../../shared/adapters/pdf/agreement-printer.ts";
import { PdfReader } from "../../../shared/adapters/pdf/pdf-reader.ts";
import { wrapText } from "../../../shared/adapters/pdf/printing/wrap-text.ts";
import { PdfFile } from "../../../shared/adapters/pdf/structure/pdf-file.ts";
import { PdfName, PdfString } from "../../../shared/adapters/pdf/structure/pdf-objects.ts";
import { judge } from "../../../shared/domain/judgement/judge.ts";
import { templateMark } from "../../../shared/domain/judgement/templates/agreement-template.ts";
import { agreementTemplates } from "../../../shared/domain/judgement/templates/recognise-agreement.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import { isCvr } from "../../../shared/domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import { parseEmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import { signAgreement } from "../../support/pdfs/agreement-pdfs.ts";
import { NOW, trusting } from "../../support/pdfs/signature-values.ts";
import { testAuthority } from "../../support/pdfs/test-authority.ts";

const fontFolder = new URL(
  "../../../node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/",
  import.meta.url,
);
const printer = new PdfAgreementPrinter({ fontFolder });
const reader = new PdfReader({ anchors: trusting([testAuthority().root.certificate]) });
afterAll(() => reader.close());

function cvr(text: string): CvrNumber {
  if (!isCvr(text)) throw new Error(`${text} is no CVR number`);
  return text;
}

function email(text: string): EmailAddress {
  const address = parseEmailAddress(text);
  if (address === "EMAIL_FORMAT") throw new Error(`${text} is no address`);
  return address;
}

const details = {
  organisation: { name: "Ærø & Blåvand Kommune", cvr: cvr("25313763") },
  signer: { name: "Søren Ågård", title: "Direktør" },
  contact: { name: "Åse Ørsted", email: email("aase@example.dk") },
};

describe.each(agreementTemplates.map((template) => ({ template, mark: templateMark(template) })))(
  "The prefilled agreement $mark",
  ({ template, mark }) => {
    test("is recognised as itself when it comes back", async () => {
      const pdf = await printer.print(template, details, "A-2026-0117");
      const { facts } = await reader.read(pdf, { now: NOW });
      const judgement = judge(facts, { cvr: "25313763", kind: template.kind });
      expect(judgement.template).toMatchObject({ version: template.version, language: template.language });
      const codes = judgement.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(["UNSIGNED", "AGREEMENT_RECOGNISED", "CVR_IN_TEXT"]));
      expect(facts.observations).toEqual([]);
      for (const text of [mark, "A-2026-0117", "Ærø & Blåvand Kommune", "Søren Ågård", "aase@example.dk"]) {
        expect(facts.text).toContain(text);
      }
    });

    test("tells a screen reader its language, its title and the order of its parts", async () => {
      const file = new PdfFile(Buffer.from(await printer.print(template, details, "A-2026-0117")));
      const { catalog } = file;
      const language = file.resolve(catalog?.get("Lang"));
      expect(language instanceof PdfString && language.toText()).toMatch(/^(da-DK|en-GB)$/);
      expect(file.dictionary(catalog?.get("MarkInfo"))?.get("Marked")).toBe(true);
      expect(file.dictionary(catalog?.get("ViewerPreferences"))?.get("DisplayDocTitle")).toBe(true);
      const tree = file.dictionary(catalog?.get("StructTreeRoot"));
      const document = file.dictionary(tree?.get("K"));
      const tags = file.array(document?.get("K")).map((child) => {
        const tag = file.resolve(file.dictionary(child)?.get("S"));
        return tag instanceof PdfName ? tag.text : "";
      });
      expect(tags[0]).toBe("H1");
      expect(tags.filter((tag) => tag === "H2")).toHaveLength(template.clauses.length + 1);
    });
  },
);

test("the prefilled agreement, signed, passes as what was asked for", async () => {
  const [template] = agreementTemplates;
  if (template === undefined) throw new Error("no template");
  const printed = Buffer.from(await printer.print(template, details, "A-2026-0117"));
  const signed = signAgreement(printed, {
    organisationName: details.organisation.name,
    cvr: "25313763",
    signerName: details.signer.name,
  });
  const { facts } = await reader.read(signed, { now: NOW });
  expect(judge(facts, { cvr: "25313763", kind: template.kind })).toMatchObject({
    verdict: "PASSED",
    light: "green",
  });
});

test("names of 300 letters go on on further lines, and nothing is lost", async () => {
  const [template] = agreementTemplates;
  if (template === undefined) throw new Error("no template");
  const name = "Æ".repeat(300);
  const wish = { ...details, organisation: { ...details.organisation, name } };
  const { facts } = await reader.read(await printer.print(template, wish, "A-2026-0117"), { now: NOW });
  expect(facts.text.replace(/\s/g, "")).toContain(name);
  expect(judge(facts, { kind: template.kind }).findings.map(({ code }) => code)).toContain(
    "AGREEMENT_RECOGNISED",
  );
});

test.each([
  ["et to tre", ["et to", "tre"]],
  ["kommunalbestyrelse", ["kommu", "nalbe", "styre", "lse"]],
  ["  ", []],
])("“%s” breaks into lines of five letters", (text, lines) => {
  expect(wrapText(text, (line) => line.length <= 5)).toEqual(lines);
});
