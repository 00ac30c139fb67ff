import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCvr,
  formatDate,
  formatDateTime,
  formatIsoDay,
  formatKroner,
  formatPercent,
  formatPhone,
  formatWeekday,
  plainSpaces,
} from "../../shared/words/formats.ts";

const summer = Date.parse("2026-07-01T22:30:00Z");
const newYear = Date.parse("2026-12-31T23:30:00Z");
const monday = Date.parse("2026-11-23T09:42:00Z");

describe("what people read is written as people write it", () => {
  it.each([
    ["a date", plainSpaces(formatDate(monday, "da")), "23. november 2026"],
    ["a date in English", plainSpaces(formatDate(monday, "en")), "23 November 2026"],
    ["a time", plainSpaces(formatDateTime(monday, "da")), "23. november 2026 kl. 10.42"],
    ["a time in English", plainSpaces(formatDateTime(monday, "en")), "23 November 2026 at 10:42"],
    ["a weekday", plainSpaces(formatWeekday(monday, "da")), "mandag den 23. november 2026"],
    ["a weekday in English", plainSpaces(formatWeekday(monday, "en")), "Monday 23 November 2026"],
    [
      "half an hour past midnight in summer",
      plainSpaces(formatDateTime(summer, "da")),
      "2. juli 2026 kl. 00.30",
    ],
    ["the first half hour of a year", plainSpaces(formatDate(newYear, "da")), "1. januar 2027"],
    ["a due date", plainSpaces(formatIsoDay("2026-12-23", "da")), "23. december 2026"],
    ["whole kroner", plainSpaces(formatKroner(2_500_000, "da")), "25.000 kr."],
    ["kroner and øre", plainSpaces(formatKroner(1_250_050, "da")), "12.500,50 kr."],
    ["nothing to pay", plainSpaces(formatKroner(0, "da")), "0 kr."],
    ["kroner in English", plainSpaces(formatKroner(2_500_000, "en")), "DKK 25,000"],
    ["a CVR number", plainSpaces(formatCvr("12345674")), "12 34 56 74"],
    ["what is no CVR number", formatCvr("123"), "123"],
    ["a phone number", plainSpaces(formatPhone("12 34 56 78")), "12 34 56 78"],
    ["a small file", plainSpaces(formatBytes(318_402, "da")), "318 kB"],
    ["a large file", plainSpaces(formatBytes(1_234_567, "da")), "1,2 MB"],
    ["a rate", plainSpaces(formatPercent(25, "da")), "25 %"],
    ["a rate in English", plainSpaces(formatPercent(25, "en")), "25%"],
  ])("%s", (_what, written, expected) => {
    expect(written).toBe(expected);
  });

  it.each([
    formatDate(monday, "da"),
    formatKroner(2_500_000, "da"),
    formatCvr("12345674"),
    formatPhone("12 34 56 78"),
  ])("keeps %s on one line", (written) => {
    expect(written).not.toContain(" ");
  });
});
