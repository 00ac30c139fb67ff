/** No language needs more marks on a letter, and putting marks in order costs the square of their number. Source: UAX #15 §13. */
const marksKept = 30;

/** The two letters beside \p{M} become marks when they are normalised. */
const marks = /[\p{M}\uff9e\uff9f]+/gu;

/** The most UTF-16 units that NFC makes one of: a Greek letter and three marks. */
const largestUnion = 4;

/** Text with at most 30 marks in a row, in time that grows with its length. Source: Stream-Safe Text Format. */
export function withFewMarks(text: string): string {
  // A pattern with {30} in it takes V8 a tenth of a second to compile; a run and a slice take nothing.
  return text.replace(marks, (run) => (run.length > marksKept ? [...run].slice(0, marksKept).join("") : run));
}

/**
 * Somebody else's text in a normal form, at a cost that grows with its length and no faster.
 * @param longest the length that is refused afterwards: a text longer than that in any form comes back as it is
 */
export function normalForm(text: string, form: "NFC" | "NFKC", longest: number): string {
  return text.length > largestUnion * longest ? text : withFewMarks(text).normalize(form);
}
