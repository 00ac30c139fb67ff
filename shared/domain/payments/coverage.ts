import { addBankDays, isBankDay } from "../calendar/bank-days.ts";
import { addDays } from "../calendar/copenhagen-date.ts";
import type { Statement } from "./bank-row.ts";

/** Days of one account that a file has shown, or of which a person has said that nothing came in. */
export type CoveredDays = Pick<Statement, "account" | "from" | "through" | "openingOere" | "closingOere">;

/** A statement by what coverage needs of it, for keeping. */
export function coveredDays({ account, from, through, openingOere, closingOere }: CoveredDays): CoveredDays {
  return {
    account,
    from,
    through,
    ...(openingOere === undefined ? {} : { openingOere }),
    ...(closingOere === undefined ? {} : { closingOere }),
  };
}

export interface Stretch {
  from: string;
  through: string;
}

/** A stretch with the balances it is known to end with: files that end on one day may differ. */
type Joined = Stretch & { closings: number[] };

/**
 * The unbroken stretches of an account, oldest first. Files that overlap are one stretch. Others follow each other
 * where the later opens with what the earlier closed with; where either doesn't say, where no bank books on a day
 * between them. Anything else is a gap: a payment may lie in it, be it on the day on which the earlier file was made.
 */
export function stretches(covered: readonly CoveredDays[], account: string): Stretch[] {
  const files = covered
    .filter((days) => days.account === account)
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.through.localeCompare(b.through));
  const joined: Joined[] = [];
  for (const file of files) {
    const closings = file.closingOere === undefined ? [] : [file.closingOere];
    const last = joined.at(-1);
    if (!last || !goesOn(last, file)) joined.push({ from: file.from, through: file.through, closings });
    else if (file.through > last.through) Object.assign(last, { through: file.through, closings });
    else if (file.through === last.through) last.closings.push(...closings);
  }
  return joined.map(({ from, through }) => ({ from, through }));
}

function goesOn(last: Joined, next: CoveredDays): boolean {
  if (next.from <= last.through) return true;
  if (next.openingOere !== undefined && last.closings.length > 0)
    return last.closings.includes(next.openingOere);
  return daysBetween(last.through, next.from).every((day) => !isBankDay(day));
}

/** The days after one and before another. Stops at the first that a bank could book on: one is enough for a gap. */
function daysBetween(after: string, before: string): string[] {
  const days: string[] = [];
  for (let day = addDays(after, 1); day < before; day = addDays(day, 1)) {
    days.push(day);
    if (isBankDay(day)) break;
  }
  return days;
}

/**
 * The last day up to which everything is known that came in on an account, or nothing where no file has come yet.
 * What lies after a gap doesn't count until the gap is filled, by a file or by a person's word.
 */
export function coveredThrough(covered: readonly CoveredDays[], account: string): string | undefined {
  return stretches(covered, account)[0]?.through;
}

/** What has to be filled, oldest first: the days between stretches, or those on both sides where there is none. */
export function gaps(covered: readonly CoveredDays[], account: string): Stretch[] {
  const known = stretches(covered, account);
  return known.slice(1).map((next, at) => {
    const ended = known[at]?.through ?? next.from;
    const between = { from: addDays(ended, 1), through: addDays(next.from, -1) };
    return between.from <= between.through ? between : { from: ended, through: next.from };
  });
}

/** The setting's default. Source: the association's rule that nobody is reminded on stale payments. */
export const freshForBankDays = 3;

/**
 * Whether the bank's data are too old to remind anybody by. No account at all is as old as can be.
 * @param accounts those that members pay to
 * @param today Copenhagen date
 * @param bankDays of how many bank days the data may lie back
 */
export function isOld(
  covered: readonly CoveredDays[],
  accounts: readonly string[],
  today: string,
  bankDays: number = freshForBankDays,
): boolean {
  const needed = addBankDays(today, -bankDays);
  return (
    accounts.length === 0 || accounts.some((account) => (coveredThrough(covered, account) ?? "") < needed)
  );
}
