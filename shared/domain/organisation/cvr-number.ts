import type { Brand } from "../brand.ts";
import { readNumber, withPlainSeparators } from "./typed-number.ts";

/** Eight digits with a valid check sum: the Danish business register's number. Text, for it may begin with 0. */
export type CvrNumber = Brand<string, "CvrNumber">;

/** `CVR_IS_P_NUMBER`: ten digits, the number of one of a business's places, which stands beside the CVR number everywhere. */
export type CvrError = "CVR_FORMAT" | "CVR_CHECK_DIGIT" | "CVR_IS_P_NUMBER";

const weights = [2, 7, 6, 5, 4, 3, 2, 1];

/** What stands before the digits on letterheads and invoices; "DK" is the prefix of the VAT number, "SE" of the tax's own. */
const labels: ReadonlySet<string> = new Set(
  "cvr cvrnr cvrno cvrnummer nr no nummer number dk dkcvr vat moms momsnr se p pnr pnummer".split(" "),
);

/**
 * Reads a CVR number as a person types it, with any separators and labels.
 * Source: modulus 11 as Erhvervsstyrelsen describes it: the weighted sum of all eight digits is divisible by 11.
 */
export function parseCvr(text: string): CvrNumber | CvrError {
  const digits = readNumber(text, labels);
  if (digits?.length === 10) return "CVR_IS_P_NUMBER";
  if (digits?.length !== 8) return "CVR_FORMAT";
  const sum = weights.reduce((total, weight, position) => total + weight * Number(digits[position]), 0);
  return sum > 0 && sum % 11 === 0 ? (digits as CvrNumber) : "CVR_CHECK_DIGIT";
}

/** Whether it is a CVR number as we keep it: eight digits and nothing else. */
export function isCvr(text: string): text is CvrNumber {
  return parseCvr(text) === text;
}

/**
 * Whether a document's text has this number in it, however it is written there, and not as part of a longer one. Over
 * the end of a line only where the text calls it a CVR number: two columns of figures are not one number.
 */
export function textHasCvr(text: string, cvr: string): boolean {
  const plain = withPlainSeparators(text);
  const onOneLine = new RegExp(`(?<![0-9]-?)${[...cvr].join("[- ]?")}(?!-?[0-9])`);
  return onOneLine.test(plain) || numbersNamedIn(plain).some((number) => number === cvr);
}

const named =
  /(?:CVR[^0-9\n]{0,20}|(?<!\p{L})(?:DK|SE)[^\p{L}\p{N}\n]{0,3})((?:[0-9][- \n]?){7}[0-9])(?!-?[0-9])/giu;

/** The numbers that a text itself calls CVR numbers: any eight digits might be a telephone's. */
export function cvrsNamedIn(text: string): CvrNumber[] {
  return numbersNamedIn(withPlainSeparators(text));
}

function numbersNamedIn(plain: string): CvrNumber[] {
  const numbers = [...plain.matchAll(named)].map((match) => parseCvr(match[1] ?? ""));
  return [...new Set(numbers)].filter((number): number is CvrNumber => isCvr(number));
}
