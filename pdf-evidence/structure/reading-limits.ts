import type { Refusal } from "../observation-codes.ts";

/** How much of everything a file may have. Far above any agreement, far below what hurts. */
export const limits = {
  /** Cross-reference entries; a million objects would take the heap. */
  objects: 250_000,
  revisions: 300,
  nesting: 100,
  pages: 5_000,
  pageTreeDepth: 50,
  referenceChain: 20,
  /** Lexed objects of all kinds, in one document. */
  tokens: 1_000_000,
  /** A string in parentheses; the long one, a signature's value, is hexadecimal. */
  stringBytes: 2_000_000,
  inflatedStreamBytes: 48 * 1024 * 1024,
  inflatedTotalBytes: 160 * 1024 * 1024,
  /** One picture: A4 at 1200 dpi has 139 million pixels. */
  picturePixels: 150_000_000,
  /** A4 at 600 dpi in colour takes 105 MB. */
  pictureBytes: 128 * 1024 * 1024,
  fieldDepth: 40,
  fields: 10_000,
  /** Each is verified against a document of its own, read anew. */
  signatures: 50,
} as const;

/** The file can't be read on: says why in the words of a finding. */
export class ReadingRefused extends Error {
  override readonly name = "ReadingRefused";
  readonly code: Refusal;
  readonly detail: string;
  constructor(code: Refusal, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** The bytes do not follow the grammar here; the reader may go on elsewhere. */
export class SyntaxTrouble extends Error {
  override readonly name = "SyntaxTrouble";
}

/** What one document may still use up; shared by everything that reads in it. */
export class Budget {
  #tokens: number = limits.tokens;
  #inflated: number = limits.inflatedTotalBytes;

  token(): void {
    if (--this.#tokens < 0) throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.tokens} objects`);
  }

  /** How much the next stream may inflate to; nothing once the document's share is used up. */
  get inflatable(): number {
    return Math.min(limits.inflatedStreamBytes, Math.max(0, this.#inflated));
  }

  inflated(bytes: number): void {
    this.#inflated -= bytes;
  }
}
