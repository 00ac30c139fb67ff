import { describe, expect, it } from "vitest";
import { languages } from "../../shared/domain/agreement/kind.ts";
import { cleanLines, oneLine } from "../../shared/emails/mail-text.ts";
import { hostileNames, judgements } from "../support/page-fixtures.ts";
import { drawMail, mailData, mailNames } from "./mail-gallery.ts";

const all = mailNames.flatMap((name) => languages.map((language) => [name, language] as const));

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
  it.each(all)("%s (%s) has one line of subject with the case number in it", (name, language) => {
    const { subject } = drawMail(name, language);
    expect(subject).toMatch(/^[^\r\n]+ \(A-2026-0117\)$/);
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
      mailNames.map((name) => [name, kind, typed] as const),
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

describe("somebody else's words in a mail", () => {
  it("are quoted line by line, so that they can't pass for ours", () => {
    const { text } = drawMail("sent-back", "da", {
      reason: "Hej\r\nSagskode: 9999\u2028https://evil.example",
    });
    expect(text).toContain("> Sagskode: 9999\n> https://evil.example");
    expect(text).not.toMatch(/^(Sagskode|https:\/\/evil)/m);
  });

  it("lose line breaks, controls and turned reading directions, and are cut with a mark", () => {
    expect(oneLine("a\r\nb\u0000c\u202ed\u00a0e")).toBe("a b cd e");
    expect(oneLine("æ".repeat(400), 10)).toBe(`${"æ".repeat(9)}…`);
    expect(cleanLines("\n\na\r\nb\rc\n")).toEqual(["a", "b", "c"]);
  });
});

describe("the mail with the dues", () => {
  it("has number, amounts, VAT, due date and account, and explains the half year", () => {
    const { text, subject } = drawMail("dues", "da");
    for (const part of [
      "Nummer: 1001",
      "Beløb uden moms: 12.500 kr.",
      "Moms 25 %: 3.125 kr.",
      "I alt at betale: 15.625 kr.",
      "Betales senest: 25. december 2026",
      "Overfør til: Danske Bank",
      "altså efter 1. juli",
      "Fra næste år er kontingentet 25.000 kr.",
    ])
      expect(text).toContain(part);
    expect(subject).toContain("1001");
  });

  it.each([
    ["E", "fritaget"],
    ["O", "uden for momsloven"],
  ] as const)("names the reason when there is no VAT (%s)", (vatCategory, word) => {
    const charge = {
      ...mailData.dues.charge,
      vatCategory,
      vatPercent: 0,
      vatOere: mailData.dues.charge.vatOere,
    };
    expect(drawMail("dues", "da", { charge }).text).toContain(word);
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
