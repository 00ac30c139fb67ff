import { addDays } from "./copenhagen-date.ts";

/** Easter Sunday of a Gregorian year, yyyy-mm-dd. Source: Butcher's algorithm (Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const day = epact + weekday - 7 * late + 114;
  const month = String(Math.floor(day / 31)).padStart(2, "0");
  return `${year}-${month}-${String((day % 31) + 1).padStart(2, "0")}`;
}

/** Days from Easter Sunday, and the years in which such a day was closed. */
const movable: readonly { days: number; until?: number }[] = [
  { days: -3 }, // skærtorsdag
  { days: -2 }, // langfredag
  { days: 1 }, // 2. påskedag
  { days: 26, until: 2023 }, // store bededag: an ordinary day since 2024 (lov nr. 214 af 6.3.2023)
  { days: 39 }, // Kristi himmelfartsdag
  { days: 40 }, // the banks' closing day after it
  { days: 50 }, // 2. pinsedag
];

/** Month and day of what falls on the same date every year; 5 June, 24 and 31 December are the banks' own. */
const fixed = ["01-01", "06-05", "12-24", "12-25", "12-26", "12-31"] as const;

/**
 * Days of a year on which the banks are closed, Saturdays and Sundays apart; they are also the secretariat's days off.
 * Source: Nationalbanken's lists of closing days, which for 2026 and 2027 are the same.
 */
function closedDays(year: number): ReadonlySet<string> {
  const easter = easterSunday(year);
  return new Set([
    ...fixed.map((day) => `${year}-${day}`),
    ...movable
      .filter(({ until = Number.POSITIVE_INFINITY }) => year <= until)
      .map(({ days }) => addDays(easter, days)),
  ]);
}

const closed = new Map<number, ReadonlySet<string>>();

function closedIn(year: number): ReadonlySet<string> {
  const known = closed.get(year) ?? closedDays(year);
  closed.set(year, known);
  return known;
}

/** @param date Copenhagen date, yyyy-mm-dd */
export function isBankDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !closedIn(Number(date.slice(0, 4))).has(date);
}

/** The date itself where it is a bank day, else the next that is. */
export function nextBankDay(date: string): string {
  let day = date;
  while (!isBankDay(day)) day = addDays(day, 1);
  return day;
}

/** The bank day that many bank days after (or, below zero, before) a date; the date itself counts as none. */
export function addBankDays(date: string, count: number): string {
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, Math.sign(count));
    if (isBankDay(day)) left -= 1;
  }
  return day;
}

/** When money that is asked for on a date is due: so many days later, on a day on which it can be paid. */
export function dueDate(invoicedOn: string, days: number): string {
  return nextBankDay(addDays(invoicedOn, days));
}

/** The first day of a year on which the secretariat works: the 2nd, 3rd or 4th of January. */
export function firstBankDay(year: number): string {
  return nextBankDay(`${year}-01-01`);
}
