import type { Brand } from "../brand.ts";

/** Eight digits with a valid check sum: the Danish business register's number. Text, for it may begin with 0. */
export type CvrNumber = Brand<string, "CvrNumber">;

export type CvrError = "CVR_FORMAT" | "CVR_CHECK_DIGIT";

const weights = [2, 7, 6, 5, 4, 3, 2, 1];

/** Spaces and a leading "DK" are how people write it; they are not part of the number. */
export function normaliseCvr(text: string): string {
  return text.replace(/[\s ]/g, "").replace(/^DK/i, "");
}

/**
 * Reads a CVR number as a person types it.
 * Source: modulus 11 as Erhvervsstyrelsen describes it: the weighted sum of all eight digits is divisible by 11.
 */
export function parseCvr(text: string): CvrNumber | CvrError {
  const digits = normaliseCvr(text);
  if (!/^\d{8}$/.test(digits)) return "CVR_FORMAT";
  const sum = weights.reduce((total, weight, position) => total + weight * Number(digits[position]), 0);
  return sum > 0 && sum % 11 === 0 ? (digits as CvrNumber) : "CVR_CHECK_DIGIT";
}

export function isCvr(text: string): text is CvrNumber {
  return parseCvr(text) === text;
}
