import type { Language } from "../domain/agreement/kind.ts";

type Words = (match: RegExpExecArray) => string;

/** How the comparison names a place in the file, and what a person calls it. */
const places: readonly { as: RegExp; da: Words; en: Words }[] = [
  {
    as: /^page (\d+): Contents$/,
    da: ([, n]) => `Side ${n}: indholdet`,
    en: ([, n]) => `Page ${n}: the content`,
  },
  {
    as: /^page (\d+): annotation(?: \d+)? added$/,
    da: ([, n]) => `Side ${n}: noget er lagt oven på`,
    en: ([, n]) => `Page ${n}: something was laid on top`,
  },
  {
    as: /^page (\d+): annotation(?: \d+)? removed$/,
    da: ([, n]) => `Side ${n}: noget er fjernet`,
    en: ([, n]) => `Page ${n}: something was removed`,
  },
  {
    as: /^page (\d+): annotation(?: \d+)? changed$/,
    da: ([, n]) => `Side ${n}: en note eller et felt`,
    en: ([, n]) => `Page ${n}: a note or a field`,
  },
  {
    as: /^page (\d+): (.+)$/,
    da: ([, n, key]) => `Side ${n}: sidens opsætning (${key})`,
    en: ([, n, key]) => `Page ${n}: how it is set up (${key})`,
  },
  { as: /^page (\d+)$/, da: ([, n]) => `Side ${n}: skiftet ud`, en: ([, n]) => `Page ${n}: replaced` },
  {
    as: /^(\d+) pages became (\d+)$/,
    da: ([, then, now]) => `${then} sider er blevet til ${now}`,
    en: ([, then, now]) => `${then} pages became ${now}`,
  },
  { as: /^field (.+) added$/, da: ([, name]) => `Nyt felt: ${name}`, en: ([, name]) => `New field: ${name}` },
  {
    as: /^field (.+) removed$/,
    da: ([, name]) => `Fjernet felt: ${name}`,
    en: ([, name]) => `Removed field: ${name}`,
  },
  {
    as: /^field (.+) redrawn$/,
    da: ([, name]) => `Feltet ${name} er tegnet om`,
    en: ([, name]) => `The field ${name} was drawn anew`,
  },
  { as: /^field (.+)$/, da: ([, name]) => `Feltet ${name}`, en: ([, name]) => `The field ${name}` },
  {
    as: /^signature field (.+)$/,
    da: ([, name]) => `Underskriftsfeltet ${name}`,
    en: ([, name]) => `The signature field ${name}`,
  },
  {
    as: /^signature (.+)$/,
    da: ([, name]) => `En senere underskrift: ${name}`,
    en: ([, name]) => `A later signature: ${name}`,
  },
  { as: /^added$/, da: () => "Bevis for underskriften", en: () => "Evidence for the signature" },
];

/** What was changed after signing, in words. A place we have no words for is shown as the comparison names it. */
export function changeWords(change: string, language: Language): string {
  for (const place of places) {
    const match = place.as.exec(change);
    if (match) return place[language](match);
  }
  return change;
}
