/**
 * A letter bears at most 30 marks; what comes after them nobody reads, and putting marks in their order costs the
 * square of their number. The two letters beside \p{M} become marks when they are normalised.
 * Source: UAX #15, section 13, Stream-Safe Text Format.
 */
const tooManyMarks = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu;

/** The most UTF-16 units that NFC makes one of: a Greek letter and three marks. */
const largestUnion = 4;

/**
 * Somebody else's text in a normal form, at a cost that grows with its length and no faster.
 * @param longest the length that is refused afterwards: a text longer than that in any form comes back as it is
 */
export function normalForm(text: string, form: "NFC" | "NFKC", longest: number): string {
  if (text.length > largestUnion * longest) return text;
  return text.replace(tooManyMarks, "$1").normalize(form);
}
