import { isCalendarDate } from "../../domain/calendar/calendar-date.ts";
import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";
import type { CsvProfile } from "./csv-profiles.ts";

/** Where a cell stands, as its fault is told. */
interface Place {
  row: number;
  column: string;
}

const minus = /^[-\u2212\u2013]|[-\u2212\u2013]$/u;

/**
 * An amount as Danish banks write it, in whole øre: a comma before the øre, points or spaces between thousands, a
 * minus before or behind. A point before two digits is another language's, and no amount.
 */
export function readDanishOere(cell: string, place: Place): Read<number> {
  const bare = cell.replace(/\s|kr\.?|DKK/giu, "");
  const digits = bare.replace(minus, "").replace(/^\+/, "");
  const match = /^([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?$/.exec(digits);
  const kroner = match?.[1]?.replaceAll(".", "").replace(/^0+(?=[0-9])/, "");
  const decimals = match?.[2] ?? "";
  if (kroner === undefined || kroner.length > 10)
    return fault({ ...place, code: "AMOUNT_FORMAT", found: cell });
  if (decimals.length > 2) return fault({ ...place, code: "AMOUNT_DECIMALS", found: cell });
  const oere = Number(kroner) * 100 + Number(decimals.padEnd(2, "0"));
  return value(minus.test(bare) && oere > 0 ? -oere : oere);
}

const datePatterns: Readonly<
  Record<CsvProfile["dateOrder"], { pattern: RegExp; order: readonly [number, number, number] }>
> = {
  "day-month-year": { pattern: /^([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})$/, order: [3, 2, 1] },
  "year-month-day": { pattern: /^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})$/, order: [1, 2, 3] },
};

/** A date in the order that the profile declares, and that the calendar has. */
export function readDate(cell: string, order: CsvProfile["dateOrder"], place: Place): Read<string> {
  const { pattern, order: groups } = datePatterns[order];
  const match = pattern.exec(cell);
  const date = groups.map((group) => (match?.[group] ?? "").padStart(2, "0")).join("-");
  return isCalendarDate(date) ? value(date) : fault({ ...place, code: "DATE_FORMAT", found: cell });
}
