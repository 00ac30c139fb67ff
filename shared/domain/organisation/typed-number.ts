import { seenText } from "./typed-text.ts";

/**
 * The digits of a number as people and registers write it: with any separators between them, and with its own
 * labels before or after ("CVR-nr. DK 13-74-81-36" is 13748136). Undefined where anything else stands there.
 * Full-width digits are digits; those of other scripts are not what a register issues.
 *
 * @param labels in small letters; separators inside a label don't matter.
 */
export function readNumber(typed: string, labels: ReadonlySet<string>): string | undefined {
  const parts = seenText(typed)
    .normalize("NFKC")
    .toLowerCase()
    .match(/\p{L}[\p{L}\p{M}]*|\p{N}+/gu);
  if (!parts) return undefined;
  const isNumber = (part: string) => /^[0-9]+$/.test(part);
  const first = parts.findIndex(isNumber);
  const last = parts.findLastIndex(isNumber);
  const around = [...parts.slice(0, Math.max(first, 0)), ...parts.slice(last + 1)];
  const digits = parts.slice(Math.max(first, 0), last + 1);
  return first >= 0 && digits.every(isNumber) && around.every((part) => labels.has(part))
    ? digits.join("")
    : undefined;
}

/**
 * Running text with one sign for whatever separates two digits, so that a number in it can be looked for in one way:
 * a hyphen for a mark that joins them ("13·74" is "13-74"), a space where words end ("13 - 74", "13, 74"), a line
 * break where the line does. At most three characters separate the digits of one number.
 */
export function withPlainSeparators(text: string): string {
  return seenText(text).replace(/(?<=[0-9])[^\p{L}\p{N}]{1,3}(?=[0-9])/gu, (separator) => {
    if (separator.includes("\n")) return separator.replace(/[^\n]/g, "");
    return /[\s,;]/.test(separator) ? " " : "-";
  });
}
