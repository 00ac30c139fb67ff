import { describe, expect, it } from "vitest";
import { languages } from "../../shared/domain/agreement/kind.ts";
import { oere } from "../../shared/domain/dues/dues-rate.ts";
import { type MailName, mailRules } from "../../shared/domain/errands/mails.ts";
import { cleanLines, oneLine } from "../../shared/emails/mail-text.ts";
import { hostileNames, judgements } from "../support/page-fixtures.ts";
import { drawMail, mailData, mailNames } from "./mail-gallery.ts";

const all = mailNames.flatMap((name) => languages.map((language) => [name, language] as const));

const isOfRun = (name: MailName) => name in mailRules.run && !(name in mailRules.office);
const aboutTheCase = /^[^\r\n]+ \(A-2026-0117\)$/;
const aboutTheRun = { da: /^Kontingent 2027: [^\r\n]+$/, en: /^Dues 2027: [^\r\n]+$/ };

/** What a reader sees of the HTML body. */
function shown(html: string): string {
  return html
    .replace(/<(title|style)>.*?<\/\1>/gs, "")
    .replace(/<[^>]+>/g, "\n")
    .replace(
      /&(lt|gt|quot|amp|#39|nbsp);/g,
      (_, name: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&", nbsp: " " })[name] ?? "'",
    );
}

const words = (text: string) => text.replace(/[\s\u00a0]+/g, " ");

describe("every mail", () => {
  it.each(all)("%s (%s) has one line of subject that says what it is about", (name, language) => {
    const { subject } = drawMail(name, language);
    expect(subject).toMatch(isOfRun(name) ? aboutTheRun[language] : aboutTheCase);
    expect(subject.length).toBeLessThan(120);
  });

  it.each(all)("%s (%s) says in plain text all that its HTML says", (name, language) => {
    const { html, text } = drawMail(name, language);
    const plain = words(text);
    const missing = shown(html)
      .split("\n")
      .map((line) => words(line).trim())
      .filter((line) => line !== "" && line !== "OS2aftale" && !/^(Virker knappen|If the button)/.test(line))
      .filter((line) => !plain.toLowerCase().includes(line.toLowerCase().replace(/:$/, "")));
    expect(missing).toEqual([]);
  });

  it.each(all)(
    "%s (%s) is whole, without images and without anything fetched from elsewhere",
    (name, language) => {
      const { html, text } = drawMail(name, language);
      expect(html + text).not.toMatch(/undefined|NaN|\[object|Invalid/);
      expect(html).not.toMatch(/<img|<link|<script|@import|url\(/);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain("max-width:600px");
    },
  );

  it.each(mailNames)("%s differs between Danish and English", (name) => {
    expect(drawMail(name, "da").text).not.toBe(drawMail(name, "en").text);
  });

  it.each(
    Object.entries(hostileNames).flatMap(([kind, typed]) =>
      mailNames.filter((name) => !isOfRun(name)).map((name) => [name, kind, typed] as const),
    ),
  )("%s survives a name of %s", (name, _kind, typed) => {
    const { subject, html, text } = drawMail(name, "da", { organisationName: typed });
    expect(subject).toMatch(/^[^\r\n]{1,200}$/);
    expect(subject).toContain("(A-2026-0117)");
    expect(html).not.toMatch(/<script|<img/);
    expect(html + text).not.toContain("\u202e");
    expect(text.split("\n")).not.toContain("Sagskode: 9999");
    expect(text).not.toMatch(/^Bcc:/m);
  });
});

describe("the mail that asks for a decision", () => {
  it.each([
    ["da", "Sagskode: 4711"],
    ["en", "Case code: 4711"],
  ] as const)("has the link and the code on lines of their own (%s)", (language, code) => {
    const lines = drawMail("decision-request", language).text.split("\n");
    expect(lines).toContain(mailData["decision-request"].decisionLink);
    expect(lines).toContain(code);
    expect(lines.filter((line) => line.includes("/decisions/"))).toHaveLength(1);
  });

  it.each([
    ["signed", "GRØN"],
    ["scan", "GUL"],
    ["changed", "RØD"],
  ] as const)("begins with the verdict in words (%s)", (file, light) => {
    const { text } = drawMail("decision-request", "da", { judgement: judgements[file] });
    expect(text.startsWith(`${light}\n`)).toBe(true);
  });

  it("tells what to look at and what to do, and nothing twice", () => {
    const { text } = drawMail("decision-request", "da", { judgement: judgements.changed });
    expect(text).toContain("Send tilbage, og bed om den fil, der blev skrevet under.");
    expect(text).not.toContain("bed om en ny underskrift");
  });

  it("says that a new link has taken the old one's place", () => {
    expect(drawMail("decision-request", "da", { renewed: true }).text).toContain(
      "Det gamle virker ikke længere.",
    );
  });
});

describe("a mail about a decision", () => {
  const asked = languages.flatMap((language) =>
    (["secretariat", "chair"] as const).map((stage) => [language, stage] as const),
  );

  it.each(asked)(
    "that asks for one (%s, %s) names the organisation and its CVR number",
    (language, stage) => {
      const { subject, html, text } = drawMail("decision-request", language, { stage });
      expect(subject).toContain("Eksempelby Kommune");
      for (const body of [html, text]) expect(words(body)).toContain("Eksempelby Kommune, CVR 12 34 56 74");
    },
  );

  it.each(asked)(
    "repeats the code on the button (%s, %s), so that a phone's reader need not go back",
    (language, stage) => {
      const { html, text } = drawMail("decision-request", language, { stage });
      expect(html).toMatch(/<a class="m-button"[^>]*>(Læs og afgør, kode|Read and decide, code) 4711<\/a>/);
      expect(text).toMatch(/^(Læs og afgør, kode|Read and decide, code) 4711:$/m);
    },
  );

  it.each([
    ["signed", "Skrevet under af: Anna Eksempel, Eksempelby Kommune, CVR 12 34 56 74: gyldig"],
    ["sealed", "Skrevet under af: Platformen Penneo: filen er uændret siden"],
    ["scan", "Skrevet under af: Ingen digital underskrift i filen"],
  ] as const)("says who signed and whether it holds, without the file (%s)", (file, line) => {
    expect(drawMail("decision-request", "da", { judgement: judgements[file] }).text.split("\n")).toContain(
      line,
    );
  });

  it("asks the chair to approve for OS2, never to sign", () => {
    expect(drawMail("decision-request", "da", { stage: "chair" }).subject).toMatch(/^Godkend for OS2: /);
    expect(drawMail("decision-request", "en", { stage: "chair" }).subject).toMatch(/^Approve for OS2: /);
  });

  it.each([
    ["secretariat", "approve", "Sekretariatet har godkendt Eksempelby Kommune"],
    ["chair", "approve", "Formanden har godkendt Eksempelby Kommune"],
    ["secretariat", "decline", "Sekretariatet har afvist Eksempelby Kommune"],
    ["chair", "return", "Formanden har bedt Eksempelby Kommune om en ny fil"],
  ] as const)("says in its subject that it was the %s who decided (%s)", (stage, decision, subject) => {
    expect(drawMail("decided-by-other", "da", { stage, decision }).subject).toBe(`${subject} (A-2026-0117)`);
  });

  it("says who declined to the applicant too", () => {
    expect(drawMail("declined", "da", { stage: "secretariat" }).subject).toMatch(/^Sekretariatet har afvist/);
    expect(drawMail("declined", "en", { stage: "chair" }).subject).toMatch(/^The chair has declined/);
  });

  it("is the only kind with a link to decide by, besides a run's", () => {
    const withOne = mailNames.filter((name) => drawMail(name, "da").text.includes("/decisions/"));
    expect(withOne).toEqual(["decision-request", "plan-request", "run-confirmed", "run-report"]);
  });
});

describe("somebody else's words in a mail", () => {
  it("are quoted line by line, so that they can't pass for ours", () => {
    const { text } = drawMail("sent-back", "da", {
      reason: "Hej\r\nSagskode: 9999\u2028https://evil.example",
    });
    expect(text).toContain("> Sagskode: 9999\n> https://evil.example");
    expect(text).not.toMatch(/^(Sagskode|https:\/\/evil)/m);
  });

  it("lose line breaks, controls and turned reading directions, and are cut with a mark", () => {
    expect(oneLine("a\r\nb\u0000c\u202ed\u00a0e\u200b\u3164")).toBe("a b cd e");
    expect(oneLine("æ".repeat(400), 10)).toBe(`${"æ".repeat(9)}…`);
    expect(cleanLines("\n\na\r\nb\rc\n")).toEqual(["a", "b", "c"]);
  });
});

describe("the copy of an invoice", () => {
  it("has number, amounts, VAT, due date and references, and explains the half year", () => {
    const { text, subject, attachments } = drawMail("invoice-copy", "da");
    for (const part of [
      "Fakturanummer: 1001",
      "Beløb uden moms: 12.500 kr.",
      "Moms 25 %: 3.125 kr.",
      "I alt: 15.625 kr.",
      "Forfalder: 28. december 2026",
      "Personreference: BP",
      "Ordrenummer: 4500012345",
      "betales via EAN 5790000123452",
      "altså efter 1. juli",
      "Fra næste år er kontingentet 25.000 kr.",
    ])
      expect(words(text)).toContain(part);
    expect(subject).toMatch(/^KOPI: Faktura 1001/);
    expect(attachments?.map(({ fileName }) => fileName)).toEqual(["OS2-1001.pdf"]);
  });

  it("names no account: whoever pays the copy as well as the e-invoice pays twice", () => {
    const { account } = mailData["invoice-copy"].line.state.payee;
    const { text, html } = drawMail("invoice-copy", "da");
    expect(text + html).not.toContain(account.accountNumber);
    expect(text).not.toMatch(/Overfør|Reg\.nr/);
  });

  it.each([
    ["E", "fritaget"],
    ["O", "uden for momsloven"],
  ] as const)("names the reason when there is no VAT (%s)", (vatCategory, word) => {
    const line = { ...mailData["invoice-copy"].line, vatCategory, vatPercent: 0, vatOere: oere(0) };
    expect(drawMail("invoice-copy", "da", { line }).text).toContain(word);
  });
});

describe("the mail about a refused file", () => {
  it("lists every reason with what to do, so that the next file is the last", () => {
    const { text } = drawMail("upload-rejected", "da");
    expect(text).toContain("adgangskode eller kryptering");
    expect(text).toContain("Der står noget foran PDF’en");
    expect(text).toContain(mailData["upload-rejected"].statusLink);
  });
});
