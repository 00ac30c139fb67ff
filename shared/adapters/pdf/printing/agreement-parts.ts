import type { AgreementTemplate } from "../../../domain/judgement/templates/agreement-template.ts";
import type { Sender } from "../../../domain/settings/settings.ts";
import type { AgreementPrinter } from "../../../ports/agreement-printer.ts";
import type { AgreementWords } from "./agreement-words.ts";
import { type Block, bodyWidth, type Style } from "./blocks.ts";
import { columnWidth, inPairs, oneLine, party, styles, text } from "./layout.ts";

type Details = Parameters<AgreementPrinter["print"]>[1];

const looks = {
  intro: { size: 11.5, lead: 17, colour: "quiet" },
  clauseHeading: { size: 11, lead: 16, bold: true, colour: "ink" },
  clauseNumber: { size: 11, lead: 16, bold: true, colour: "accent" },
  clause: { size: 10.5, lead: 15.5, colour: "ink" },
  caption: { size: 8.5, lead: 12, colour: "quiet" },
} as const satisfies Record<string, Style>;

const clauseIndent = 26;

export function titlePart(template: AgreementTemplate, words: AgreementWords): Block[] {
  const day = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
  const version = words.version(day.format(Date.parse(template.version)));
  return [
    text("H1", 28, { text: template.title, style: styles.title }),
    text("P", 7, { text: words.intro, style: looks.intro }),
    text("P", 1, { text: version, style: styles.label }),
  ];
}

export function applicantParty(
  template: AgreementTemplate,
  details: Details,
  words: AgreementWords,
): Block[] {
  const { organisation, contact } = details;
  return party(words.applicant[template.kind], organisation.name, [
    [words.cvr, inPairs(organisation.cvr)],
    [words.gln, organisation.gln],
    [words.address, organisation.address && oneLine(organisation.address)],
    [words.contact, contact.name],
    [words.email, contact.email],
    [words.phone, contact.phone],
  ]);
}

export function os2Party(os2: Sender, words: AgreementWords): Block[] {
  return party(words.os2, os2.name, [
    [words.cvr, inPairs(os2.cvr)],
    [words.gln, os2.gln],
    [words.address, oneLine(os2)],
    [words.email, os2.email],
  ]);
}

/** The clause, word for word, with its number in the margin. */
export function clausePart(
  { heading, text: words }: AgreementTemplate["clauses"][number],
  number: number,
): Block[] {
  const width = bodyWidth - clauseIndent;
  return [
    text(
      "H3",
      12,
      { text: `${number}.`, style: looks.clauseNumber, width: clauseIndent },
      { text: heading, style: looks.clauseHeading, x: clauseIndent, width },
    ),
    text("P", 1, { text: words, style: looks.clause, x: clauseIndent, width }),
  ];
}

export function howToSign(words: AgreementWords): Block {
  return text("P", 2, { text: words.howToSign, style: styles.value });
}

export function applicantSignature(
  template: AgreementTemplate,
  { organisation, signer }: Details,
  words: AgreementWords,
): Block[] {
  return [
    ...linesToSign(words.forApplicant[template.kind], words),
    text("P", 18, { text: signer.name, style: styles.value, width: columnWidth }),
    ...lineFor(words.name, 2),
    text("P", 4, { text: signer.title, style: styles.value, width: columnWidth }),
    text("P", 0, { text: organisation.name, style: styles.value, width: columnWidth }),
  ];
}

export function chairSignature(words: AgreementWords): Block[] {
  return [
    ...linesToSign(words.forOs2, words),
    ...lineFor(words.name, 34.5),
    text("P", 4, { text: words.chair, style: styles.value, width: columnWidth }),
  ];
}

function linesToSign(role: string, words: AgreementWords): Block[] {
  return [
    text("H3", 18, { text: role, style: styles.role, width: columnWidth }),
    ...lineFor(words.signature, 46),
    ...lineFor(words.date, 30),
  ];
}

function lineFor(label: string, before: number): Block[] {
  return [
    { kind: "rule", before, width: columnWidth, thickness: 0.7, colour: "line" },
    text("P", 2, { text: label, style: looks.caption, width: columnWidth }),
  ];
}
