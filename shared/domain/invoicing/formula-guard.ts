/** What a spreadsheet takes for the beginning of a formula, full-width forms too. Source: OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Keeps a spreadsheet from running what somebody typed: an apostrophe before it. What begins with one gets another, so
 * that an import takes off exactly what was put on.
 */
export function formulaGuard(text: string): string {
  return FORMULA.test(text) || text.startsWith("'") ? `'${text}` : text;
}
