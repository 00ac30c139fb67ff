import type { Language } from "../domain/agreement/kind.ts";

/** Keeps a number and its unit, or the parts of a date, on one line. */
const noBreak = "\u00a0";

const locales = { da: "da-DK", en: "en-GB" } as const satisfies Record<Language, string>;

function copenhagenParts(epochMs: number, language: Language) {
  const parts = new Intl.DateTimeFormat(locales[language], {
    timeZone: "Europe/Copenhagen",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(epochMs);
  return (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
}

/** "23. november 2026" or "23 November 2026", by the calendar in Copenhagen. */
export function formatDate(epochMs: number, language: Language): string {
  const part = copenhagenParts(epochMs, language);
  const day = language === "da" ? `${part("day")}.` : part("day");
  return [day, part("month"), part("year")].join(noBreak);
}

/** "mandag den 23. november 2026" or "Monday 23 November 2026". */
export function formatWeekday(epochMs: number, language: Language): string {
  const weekday = copenhagenParts(epochMs, language)("weekday");
  return `${weekday}${language === "da" ? " den" : ""} ${formatDate(epochMs, language)}`;
}

/** "23. november 2026 kl. 10.42" or "23 November 2026 at 10:42", by the clock in Copenhagen. May break before the time. */
export function formatDateTime(epochMs: number, language: Language): string {
  const part = copenhagenParts(epochMs, language);
  const time =
    language === "da"
      ? `kl.${noBreak}${part("hour")}.${part("minute")}`
      : `at${noBreak}${part("hour")}:${part("minute")}`;
  return `${formatDate(epochMs, language)} ${time}`;
}

/** A calendar day given as `YYYY-MM-DD`, as due dates are stored. */
export function formatIsoDay(isoDay: string, language: Language): string {
  return formatDate(Date.parse(`${isoDay}T12:00:00Z`), language);
}

/** "25.000 kr." or "DKK 25,000"; with two decimals only when there are øre. */
export function formatKroner(amountOere: number, language: Language): string {
  const decimals = amountOere % 100 === 0 ? 0 : 2;
  const number = new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amountOere / 100);
  return language === "da" ? `${number}${noBreak}kr.` : `DKK${noBreak}${number}`;
}

/** "12 34 56 74": how a CVR number is read aloud. Anything else is shown as it is. */
export function formatCvr(cvr: string): string {
  return /^\d{8}$/.test(cvr) ? cvr.replace(/(\d\d)(?=\d)/g, `$1${noBreak}`) : cvr;
}

/** A phone number as it was typed, on one line. */
export function formatPhone(phone: string): string {
  return phone.replaceAll(" ", noBreak);
}

/** "1,2 MB" or "340 kB", in units of 1,000 as file managers show them. */
export function formatBytes(bytes: number, language: Language): string {
  const [value, unit] =
    bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), "kB"] : [bytes / 1_000_000, "MB"];
  const number = new Intl.NumberFormat(locales[language], { maximumFractionDigits: 1 }).format(value);
  return `${number}${noBreak}${unit}`;
}

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(value);
}

/** "25 %" in Danish, "25%" in English. */
export function formatPercent(percent: number, language: Language): string {
  return language === "da"
    ? `${formatNumber(percent, language)}${noBreak}%`
    : `${formatNumber(percent, language)}%`;
}

/** Text without non-breaking spaces, for plain-text mails and titles. */
export function plainSpaces(text: string): string {
  return text.replaceAll(noBreak, " ");
}
