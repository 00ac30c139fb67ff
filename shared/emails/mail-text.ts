import { seenText } from "../domain/organisation/typed-text.ts";

/**
 * A name or a value on one line: no line breaks that could forge a header or a line of ours, no characters that
 * hide or turn the reading direction of what follows, at most `maxLength` characters.
 */
export function oneLine(text: string, maxLength = 300): string {
  const line = seenText(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** Somebody else's free text, cleaned line by line; its own line breaks stay. */
export function cleanLines(text: string): string[] {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => oneLine(line, 4000))
    .join("\n")
    .trim()
    .split("\n");
}
