/**
 * Reads a date as PDF writes it: D:YYYYMMDDHHmmSSOHH'mm, everything after the year optional.
 * Source: ISO 32000-2, clause 7.9.4.
 * @returns epoch ms; undefined where it is no date. Without a zone it is taken for UTC.
 */
export function parsePdfDate(text: string): number | undefined {
  const match =
    /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+-])(\d{2})'?(\d{2})?'?|Z.*)?$/.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const part = (index: number, otherwise: number) => Number(match[index] ?? otherwise);
  const local = Date.UTC(part(1, 0), part(2, 1) - 1, part(3, 1), part(4, 0), part(5, 0), part(6, 0));
  const offset = (part(8, 0) * 60 + part(9, 0)) * 60_000;
  return match[7] === "+" ? local - offset : local + offset;
}
