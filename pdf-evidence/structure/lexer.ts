import { PdfDictionary, PdfName, type PdfObject, PdfReference, PdfString } from "./pdf-objects.ts";
import { type Budget, limits, ReadingRefused, SyntaxTrouble } from "./reading-limits.ts";

const whiteSpace = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) whiteSpace[code] = 1;
const delimiter = new Uint8Array(256);
for (const character of "()<>[]{}/%") delimiter[character.charCodeAt(0)] = 1;

const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
]);

export function isWhiteSpace(code: number | undefined): boolean {
  return code !== undefined && whiteSpace[code] === 1;
}

/** Reads objects from bytes, strictly. Source: ISO 32000-2, clauses 7.2 and 7.3. */
export class Lexer {
  readonly source: Buffer;
  position: number;
  readonly #budget: Budget;
  #depth = 0;

  constructor(source: Buffer, position: number, budget: Budget) {
    this.source = source;
    this.position = position;
    this.#budget = budget;
  }

  /** Past white space and comments. */
  skip(): void {
    for (;;) {
      while (this.position < this.source.length && isWhiteSpace(this.source[this.position])) this.position++;
      if (this.source[this.position] !== 0x25) return;
      while (this.position < this.source.length && !this.#atLineEnd()) this.position++;
    }
  }

  /** A run of regular characters, after white space; empty at a delimiter or the end. */
  word(): string {
    this.skip();
    const start = this.position;
    while (this.position < this.source.length && this.#isRegular(this.source[this.position])) this.position++;
    return this.source.toString("latin1", start, this.position);
  }

  /** A non-negative integer of at most 10 digits, or undefined with the position unchanged. */
  integer(): number | undefined {
    this.skip();
    const before = this.position;
    const word = this.word();
    if (/^\d{1,10}$/.test(word)) return Number(word);
    this.position = before;
    return undefined;
  }

  /** Whether the text stands here, after white space; passes it if so. */
  accept(text: string): boolean {
    this.skip();
    if (!this.looksAt(text)) return false;
    this.position += text.length;
    return true;
  }

  looksAt(text: string): boolean {
    return this.source.toString("latin1", this.position, this.position + text.length) === text;
  }

  object(): PdfObject {
    this.#budget.token();
    if (++this.#depth > limits.nesting) {
      throw new ReadingRefused("NESTED_TOO_DEEPLY", `over ${limits.nesting} levels`);
    }
    try {
      return this.#object();
    } finally {
      this.#depth--;
    }
  }

  #object(): PdfObject {
    this.skip();
    const code = this.source[this.position];
    if (code === undefined) throw new SyntaxTrouble("the file ends in the middle of an object");
    if (code === 0x2f) return this.#name();
    if (code === 0x28) return this.#literalString();
    if (code === 0x3c)
      return this.source[this.position + 1] === 0x3c ? this.#dictionary() : this.#hexString();
    if (code === 0x5b) return this.#array();
    if ((code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e) {
      return this.#numberOrReference();
    }
    const word = this.word();
    if (word === "true") return true;
    if (word === "false") return false;
    if (word === "null") return null;
    throw new SyntaxTrouble(`no object at ${this.position}`);
  }

  #name(): PdfName {
    this.position++;
    const start = this.position;
    while (this.position < this.source.length && this.#isRegular(this.source[this.position])) this.position++;
    const raw = this.source.toString("latin1", start, this.position);
    const hexCode = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
    return new PdfName(raw.includes("#") ? raw.replace(/#([0-9a-fA-F]{2})/g, hexCode) : raw);
  }

  #array(): PdfObject[] {
    this.position++;
    const items: PdfObject[] = [];
    for (;;) {
      this.skip();
      if (this.source[this.position] === 0x5d) {
        this.position++;
        return items;
      }
      items.push(this.object());
    }
  }

  #dictionary(): PdfDictionary {
    const start = this.position;
    this.position += 2;
    const entries = new Map<string, PdfObject>();
    const repeated: string[] = [];
    for (;;) {
      this.skip();
      if (this.looksAt(">>")) {
        this.position += 2;
        const place = { source: this.source, start, end: this.position };
        return new PdfDictionary(entries, place, repeated);
      }
      if (this.source[this.position] !== 0x2f) throw new SyntaxTrouble(`no key at ${this.position}`);
      const key = this.#name().text;
      if (entries.has(key)) repeated.push(key);
      entries.set(key, this.object());
    }
  }

  #numberOrReference(): PdfObject {
    const word = this.word();
    if (/^\d{1,10}$/.test(word)) {
      const reference = this.#restOfReference(Number(word));
      return reference ?? Number(word);
    }
    const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(word) ? Number.parseFloat(word) : undefined;
    if (number !== undefined) return number;
    // Writers that print "--5" or "1.2.3" exist; readers take such numbers for what parses, or 0.
    const lenient = Number.parseFloat(word);
    return Number.isNaN(lenient) ? 0 : lenient;
  }

  #restOfReference(number: number): PdfReference | undefined {
    const before = this.position;
    this.skip();
    const code = this.source[this.position] ?? 0;
    const generation = code >= 0x30 && code <= 0x39 ? this.word() : "";
    if (/^\d{1,5}$/.test(generation)) {
      this.skip();
      if (this.source[this.position] === 0x52 && !this.#isRegular(this.source[this.position + 1])) {
        this.position++;
        return new PdfReference(number, Number(generation));
      }
    }
    this.position = before;
    return undefined;
  }

  #literalString(): PdfString {
    const start = this.position++;
    const bytes: number[] = [];
    for (let open = 1; ; ) {
      const code = this.source[this.position++];
      if (code === undefined) throw new SyntaxTrouble("a string without an end");
      if (code === 0x5c) {
        const escaped = this.#escape();
        if (escaped !== undefined) bytes.push(escaped);
        continue;
      }
      if (code === 0x28) open++;
      if (code === 0x29 && --open === 0) break;
      bytes.push(code);
      if (bytes.length > limits.stringBytes) throw new SyntaxTrouble("a string longer than any text");
    }
    const place = { source: this.source, start, end: this.position };
    return new PdfString(Buffer.from(bytes), place, { hex: false, malformed: false });
  }

  /** The byte after a backslash; undefined for a line that goes on. */
  #escape(): number | undefined {
    const code = this.source[this.position++];
    if (code === undefined) return undefined;
    if (code >= 0x30 && code <= 0x37) return this.#octal(code - 0x30);
    if (code === 13) {
      if (this.source[this.position] === 10) this.position++;
      return undefined;
    }
    return code === 10 ? undefined : (escapes.get(code) ?? code);
  }

  #octal(first: number): number {
    let value = first;
    for (let digit = 0; digit < 2; digit++) {
      const code = this.source[this.position] ?? 0;
      if (code < 0x30 || code > 0x37) break;
      value = value * 8 + code - 0x30;
      this.position++;
    }
    return value & 0xff;
  }

  #hexString(): PdfString {
    const start = this.position++;
    const end = this.source.indexOf(0x3e, this.position);
    if (end < 0) throw new SyntaxTrouble("a string without an end");
    const written = this.source.toString("latin1", this.position, end);
    const digits = written.replace(/[\0\t\n\f\r ]/g, "");
    const malformed = /[^0-9a-fA-F]/.test(digits);
    const clean = malformed ? digits.replace(/[^0-9a-fA-F]/g, "") : digits;
    this.position = end + 1;
    const place = { source: this.source, start, end: this.position };
    return new PdfString(Buffer.from(clean.length % 2 === 1 ? `${clean}0` : clean, "hex"), place, {
      hex: true,
      malformed,
    });
  }

  #isRegular(code: number | undefined): boolean {
    return code !== undefined && whiteSpace[code] === 0 && delimiter[code] === 0;
  }

  #atLineEnd(): boolean {
    const code = this.source[this.position];
    return code === 10 || code === 13;
  }
}
