import { Lexer } from "./lexer.ts";
import type { ObjectSource } from "./object-source.ts";
import { isName, PdfDictionary, type PdfObject, PdfStream } from "./pdf-objects.ts";
import { limits, ReadingRefused, SyntaxTrouble } from "./reading-limits.ts";

export type XrefEntry =
  | { readonly kind: "free" }
  | { readonly kind: "plain"; readonly offset: number; readonly generation: number }
  | { readonly kind: "compressed"; readonly container: number; readonly index: number };

/** One revision's table of where its objects lie. Source: ISO 32000-2, clauses 7.5.4 and 7.5.8. */
export interface XrefSection {
  readonly kind: "table" | "stream" | "searched";
  readonly start: number;
  readonly end: number;
  readonly entries: Map<number, XrefEntry>;
  readonly trailer: PdfDictionary;
  /** A table whose hidden objects stand in a stream beside it. */
  hybrid: boolean;
  /** Object numbers the section lists more than once. */
  readonly repeated: readonly number[];
}

/**
 * All sections, newest first, following /Prev from the last `startxref`.
 * @throws SyntaxTrouble where the chain is damaged, ReadingRefused where it runs in a circle
 */
export function readXrefChain(file: ObjectSource): XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let entries = 0;
  for (let next: number | undefined = lastStartXref(file); next !== undefined; ) {
    if (seen.has(next)) throw new ReadingRefused("XREF_LOOP", `at byte ${next}`);
    if (seen.size > limits.revisions) throw new ReadingRefused("XREF_LOOP", "too many revisions");
    seen.add(next);
    const section = readSection(file, next);
    addHiddenEntries(file, section);
    sections.push(section);
    entries += section.entries.size;
    if (entries > 2 * limits.objects) throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
    next = previousOffset(section);
  }
  return sections;
}

function previousOffset(section: XrefSection): number | undefined {
  const previous = section.trailer.get("Prev");
  if (previous === undefined) return undefined;
  if (typeof previous !== "number") throw new SyntaxTrouble("/Prev is not a number");
  return previous;
}

function lastStartXref(file: ObjectSource): number {
  const at = file.bytes.lastIndexOf("startxref", undefined, "latin1");
  if (at < 0) throw new SyntaxTrouble("no startxref");
  const offset = new Lexer(file.bytes, at + "startxref".length, file.budget).integer();
  if (offset === undefined) throw new SyntaxTrouble("startxref without a number");
  return offset;
}

function addHiddenEntries(file: ObjectSource, section: XrefSection): void {
  const hidden = section.trailer.get("XRefStm");
  if (section.kind !== "table" || typeof hidden !== "number") return;
  section.hybrid = true;
  for (const [number, entry] of readSection(file, hidden).entries) {
    const listed = section.entries.get(number);
    if (listed === undefined || listed.kind === "free") section.entries.set(number, entry);
  }
}

function readSection(file: ObjectSource, offset: number): XrefSection {
  if (offset >= file.bytes.length)
    throw new SyntaxTrouble(`no cross-reference at ${offset}: outside the file`);
  const lexer = new Lexer(file.bytes, offset, file.budget);
  return lexer.accept("xref") ? readTable(lexer, offset) : readStream(file, offset);
}

function readTable(lexer: Lexer, start: number): XrefSection {
  const entries = new Map<number, XrefEntry>();
  const repeated: number[] = [];
  while (!lexer.accept("trailer")) {
    const first = lexer.integer();
    const count = lexer.integer();
    if (first === undefined || count === undefined) throw new SyntaxTrouble("a broken cross-reference table");
    if (entries.size + count > limits.objects) {
      throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
    }
    for (let number = first; number < first + count; number++) {
      const entry = readTableEntry(lexer);
      if (entries.has(number)) repeated.push(number);
      else entries.set(number, entry);
    }
  }
  const trailer = lexer.object();
  if (!(trailer instanceof PdfDictionary)) throw new SyntaxTrouble("no trailer dictionary");
  return { kind: "table", start, end: lexer.position, entries, trailer, hybrid: false, repeated };
}

function readTableEntry(lexer: Lexer): XrefEntry {
  const offset = lexer.integer();
  const generation = lexer.integer();
  const kind = lexer.word();
  if (offset === undefined || generation === undefined || (kind !== "n" && kind !== "f")) {
    throw new SyntaxTrouble(`a broken cross-reference entry at ${lexer.position}`);
  }
  return kind === "f" ? { kind: "free" } : { kind: "plain", offset, generation };
}

function readStream(file: ObjectSource, offset: number): XrefSection {
  const { value, end } = file.objectAt(offset);
  if (!(value instanceof PdfStream) || !isName(value.dictionary.get("Type"), "XRef")) {
    throw new SyntaxTrouble(`no cross-reference at ${offset}`);
  }
  const trailer = value.dictionary;
  const widths = fieldWidths(trailer.get("W"));
  const size = trailer.get("Size");
  const index = trailer.get("Index") ?? [0, typeof size === "number" ? size : 0];
  const entries = new Map<number, XrefEntry>();
  const repeated: number[] = [];
  const rows = new EntryRows(file.decode(value), widths);
  for (const number of indexedNumbers(index)) {
    const entry = rows.next();
    if (entry === undefined) break;
    if (entries.has(number)) repeated.push(number);
    else entries.set(number, entry);
    if (entries.size > limits.objects) throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
  }
  return { kind: "stream", start: offset, end, entries, trailer, hybrid: false, repeated };
}

function fieldWidths(object: PdfObject | undefined): readonly [number, number, number] {
  const [kind, second, third] = Array.isArray(object) ? object : [];
  const widths = [kind, second, third].map((width) =>
    typeof width === "number" && Number.isInteger(width) && width >= 0 && width <= 6 ? width : Number.NaN,
  );
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = widths;
  if (Number.isNaN(a + b + c) || a + b + c === 0) throw new SyntaxTrouble("a cross-reference without widths");
  return [a, b, c];
}

function* indexedNumbers(index: PdfObject): Generator<number> {
  if (!Array.isArray(index)) throw new SyntaxTrouble("a cross-reference without an index");
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first, count] = [index[pair], index[pair + 1]];
    if (typeof first !== "number" || typeof count !== "number") {
      throw new SyntaxTrouble("a cross-reference without an index");
    }
    for (let number = first; number < first + count; number++) yield number;
  }
}

/** Rows of fixed-width big-endian fields. Source: ISO 32000-2, tables 17 and 18. */
class EntryRows {
  readonly #data: Buffer;
  readonly #widths: readonly [number, number, number];
  #position = 0;
  constructor(data: Buffer, widths: readonly [number, number, number]) {
    this.#data = data;
    this.#widths = widths;
  }

  next(): XrefEntry | undefined {
    const [kindWidth, secondWidth, thirdWidth] = this.#widths;
    if (this.#position + kindWidth + secondWidth + thirdWidth > this.#data.length) return undefined;
    const kind = this.#field(kindWidth, 1);
    const second = this.#field(secondWidth, 0);
    const third = this.#field(thirdWidth, 0);
    if (kind === 1) return { kind: "plain", offset: second, generation: third };
    if (kind === 2) return { kind: "compressed", container: second, index: third };
    return { kind: "free" };
  }

  #field(width: number, otherwise: number): number {
    if (width === 0) return otherwise;
    const value = this.#data.readUIntBE(this.#position, width);
    this.#position += width;
    return value;
  }
}
