import { withFewMarks } from "../normal-form.ts";

/**
 * What nobody sees and pasting brings along: format characters, fillers, variation selectors, tag characters, the
 * empty braille cell. They are dropped, never counted and never refused: whoever typed can't see what to mend.
 * Source: Unicode, General_Category Cf and Default_Ignorable_Code_Point (U+3164, U+115F, U+1160 and U+FFA0 are there).
 */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/** Line breaks and controls: they begin lines and headers that aren't ours. A tab is a space to whoever pasted it. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Text without what can't be seen, with at most 30 marks in a row and every kind of space a plain one. Takes time in
 * proportion to its length. Reads forms and documents alike.
 */
export function seenText(text: string): string {
  return withFewMarks(text.toWellFormed().replace(unseen, "")).replace(/[\p{Zs}\t]/gu, " ");
}

export type LineError = "REQUIRED" | "TOO_LONG" | "ILL_FORMED_TEXT" | "CONTROL_CHARACTERS" | "WEB_ADDRESS";

/** Whether nothing was typed that anybody can see. Looks at no more than it must. */
export function looksEmpty(typed: string): boolean {
  return typed.length < 1_000 && seenText(typed).trim() === "";
}

/** What is typed may hold this many characters for each that is kept: decomposed letters and what nobody sees. */
const typedPerKept = 4;

/**
 * One line as somebody typed it: trimmed, in NFC so that "å" is one letter however it was typed.
 *
 * The length is looked at first, for what comes after costs by it. `maximumLength` counts UTF-16 units, as zod does.
 */
export function readLine(typed: string, maximumLength: number): { line: string } | { error: LineError } {
  if (typed.length > maximumLength * typedPerKept) return { error: "TOO_LONG" };
  // A lone surrogate is half a character: no store, page or hash could keep it.
  if (!typed.isWellFormed()) return { error: "ILL_FORMED_TEXT" };
  const line = seenText(typed).normalize("NFC").replace(/ {2,}/g, " ").trim();
  if (line === "") return { error: "REQUIRED" };
  if (breaks.test(line)) return { error: "CONTROL_CHARACTERS" };
  return line.length > maximumLength ? { error: "TOO_LONG" } : { line };
}

/** Domains that mail programs make links of without being asked; titles such as "cand.it" and "adm.dir" stay. */
const topDomains: ReadonlySet<string> = new Set(
  [
    "dk com net org info biz eu de se no fi nl uk fr pl ru cn us io ai me co cc tv ly nu to gg gl fo su tk ml ga cf",
    "gq pw ws app dev xyz top site online shop store link click live club pro icu vip work page email support cloud",
    "website space fun buzz rest zip mov",
  ].flatMap((some) => some.split(" ")),
);

function isHost(word: string): boolean {
  const labels = word.replace(/^\.+|\.+$/g, "").split(".");
  const last = labels.at(-1) ?? "";
  return labels.length > 1 && (topDomains.has(last) || last.startsWith("xn--"));
}

/**
 * Whether a mail program could make a link of some of it. Our own mails carry what applicants call themselves, and
 * must not carry where they want the reader to go.
 */
export function holdsWebAddress(line: string): boolean {
  // Browsers take the full stops of other scripts for dots, and full-width letters for letters.
  const plain = line
    .normalize("NFKC")
    .replace(/[\u3002\uff61\u2024]/g, ".")
    .toLowerCase();
  return /:\/\/|\bwww\./.test(plain) || (plain.match(/[\p{L}\p{M}\p{N}.-]+/gu) ?? []).some(isHost);
}

/** A name or a title: a line with a letter or a digit in it, and no address of the web. */
export function readName(typed: string, maximumLength: number): { line: string } | { error: LineError } {
  const read = readLine(typed, maximumLength);
  if ("error" in read) return read;
  if (!/[\p{L}\p{N}]/u.test(read.line)) return { error: "REQUIRED" };
  return holdsWebAddress(read.line) ? { error: "WEB_ADDRESS" } : read;
}
