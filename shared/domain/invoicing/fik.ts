import type { Brand } from "../brand.ts";

/** Fifteen digits, the last of them a check digit: what a payer types after "+71<". */
export type FikReference = Brand<string, "FikReference">;

/**
 * The reference of an invoice in the Danish payment form 71, which the bank gives back with the payment.
 * Source: FI-Kreditor, card type 71: 14 digits and a check digit of modulus 10.
 * @param invoiceNumber a whole number above 0
 */
export function fikReference(invoiceNumber: number): FikReference {
  if (!Number.isSafeInteger(invoiceNumber) || invoiceNumber <= 0 || String(invoiceNumber).length > 14)
    throw new RangeError(`${invoiceNumber} can't be an invoice number`);
  const body = String(invoiceNumber).padStart(14, "0");
  return `${body}${checkDigit(body)}` as FikReference;
}

export type FikError = "FIK_LENGTH" | "FIK_CHECK_DIGIT";

/** Reads the fifteen digits as they stand in an invoice or a bank's file: nothing but digits. */
export function parseFikReference(text: string): FikReference | FikError {
  if (!/^[0-9]{15}$/.test(text)) return "FIK_LENGTH";
  return text.endsWith(checkDigit(text.slice(0, -1))) ? (text as FikReference) : "FIK_CHECK_DIGIT";
}

/** Eight digits that begin with 8: whom the bank pays. A bank hands it out with the agreement. */
export function isFikCreditor(text: string): boolean {
  return /^8[0-9]{7}$/.test(text);
}

/** The line as it stands on paper and is typed at the bank: "+71<000000202700423+81234567<". */
export function fikLine(reference: string, creditorNumber: string): string {
  return `+71<${reference}+${creditorNumber}<`;
}

/** Modulus 10 (Luhn): from the right, every second digit counts twice, by the sum of its digits. */
function checkDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
