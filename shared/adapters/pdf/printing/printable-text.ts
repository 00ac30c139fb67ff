import { normalForm } from "../../../domain/normal-form.ts";

const graphemes = new Intl.Segmenter("da", { granularity: "grapheme" });

/** Far above any field or clause; the form refuses what is longer than a field. */
const longestText = 10_000;

/** Stands where the typeface has no letter: a reader sees that something is missing, and nothing breaks. */
const missing = "◊";

/**
 * The text as the typeface can set it: nothing invisible, nothing it has no letter for. Letters it lacks fall back
 * to their plain form (𝐁 to B, a rare accent to its letter), and what has none, such as an emoji, to one lozenge.
 * @param covers whether the typeface has the code point
 */
export function printableText(text: string, covers: (codePoint: number) => boolean): string {
  const coversAll = (letters: string) => [...letters].every((letter) => covers(letter.codePointAt(0) ?? 0));
  const letters = normalForm(text.toWellFormed(), "NFC", longestText).replace(/\p{Cc}/gu, " ");
  return Array.from(graphemes.segment(letters), ({ segment }) => {
    // Format characters join emoji, hide text and turn its direction: none is printed.
    const visible = segment.replace(/[\p{Cf}\p{Variation_Selector}]/gu, "");
    const plain = visible.normalize("NFKD").replace(/\p{M}/gu, "");
    const choices = [visible, visible.normalize("NFKC"), plain];
    return choices.find(coversAll) ?? (coversAll(missing) ? missing : "?");
  }).join("");
}
