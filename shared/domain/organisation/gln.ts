import type { Brand } from "../brand.ts";
import { readNumber } from "./typed-number.ts";

/** Thirteen digits with a valid GS1 check digit: the address of a public body's invoices ("EAN-nummer"). */
export type Gln = Brand<string, "Gln">;

export type GlnError = "GLN_FORMAT" | "GLN_CHECK_DIGIT";

const labels: ReadonlySet<string> = new Set(
  "ean eannr eannummer gln glnnr lokationsnummer lokationsnr nr no nummer number".split(" "),
);

/**
 * Reads a GLN as a person types it, with any separators and labels.
 * Source: GS1 General Specifications §7.9: weights 1 and 3 in turn, the sum with the check digit ends in 0.
 */
export function parseGln(text: string): Gln | GlnError {
  const digits = readNumber(text, labels);
  if (digits?.length !== 13) return "GLN_FORMAT";
  const sum = [...digits].reduce(
    (total, digit, position) => total + Number(digit) * (position % 2 === 0 ? 1 : 3),
    0,
  );
  return sum > 0 && sum % 10 === 0 ? (digits as Gln) : "GLN_CHECK_DIGIT";
}

/** Whether it is a GLN as we keep it: thirteen digits and nothing else. */
export function isGln(text: string): text is Gln {
  return parseGln(text) === text;
}
