import { normalForm } from "../domain/normal-form.ts";

/** The longest reason that is taken, in characters as they are stored (NFC). */
export const reasonMaxLength = 2_000;

/** What every form behind a coded link has besides its choice: the mail's code, spaces or none, and a reason. */
export function readCodeAndReason(form: URLSearchParams): { caseCode: string; reason: string } {
  const written = (form.get("reason") ?? "").replaceAll("\r\n", "\n").trim();
  return {
    caseCode: (form.get("caseCode") ?? "").replace(/\s/g, ""),
    reason: normalForm(written, "NFC", reasonMaxLength).trim(),
  };
}

/** Whether something can be a case code at all; only then is it an attempt, and counted. */
export function isCaseCode(typed: string): boolean {
  return /^\d{4}$/.test(typed);
}
