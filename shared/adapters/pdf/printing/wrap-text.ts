/**
 * Breaks text into lines that fit: between words, and inside a word that is longer than a line.
 * Never at a no-break space.
 * @param fits whether the text fits on one line
 */
export function wrapText(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .split(/[^\S\u00a0]+/)
    .filter((part) => part !== "")
    .flatMap((part) => pieces(part, fits))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Of an address, the first line ends where a person would break it; of other words, where it is full. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  if (fits(word)) return [word];
  const found: string[] = [];
  let piece = "";
  for (const letter of word) {
    if (piece !== "" && !fits(piece + letter)) {
      const [, head = piece, tail = ""] = /^(.*[@./_-])(.+)$/u.exec(piece) ?? [];
      found.push(head);
      piece = tail;
    }
    piece += letter;
  }
  return [...found, piece];
}
