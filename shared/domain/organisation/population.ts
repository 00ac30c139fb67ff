import { seenText } from "./typed-text.ts";

/** 59500, or in groups of three with one and the same mark between them: 59.500, 59 500, 59,500, 59'500. */
const grouped = /^[0-9]{1,3}(?:([. ,'’])[0-9]{3})(?:\1[0-9]{3}){0,2}$/;

/**
 * Reads a number of citizens: a whole number, below a hundred million. A mark that doesn't stand before exactly
 * three digits is a decimal's, so "59.5" is refused rather than read as 595.
 */
export function parsePopulation(typed: number | string): number | "POPULATION_FORMAT" {
  const text = typeof typed === "number" ? String(typed) : seenText(typed).trim();
  const reads = /^[0-9]{1,8}$/.test(text) || grouped.test(text);
  const count = reads ? Number(text.replace(/[^0-9]/g, "")) : Number.NaN;
  return count < 100_000_000 ? count : "POPULATION_FORMAT";
}
