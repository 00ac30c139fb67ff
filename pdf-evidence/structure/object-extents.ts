import type { XrefSection } from "./cross-reference.ts";
import { isWhiteSpace } from "./lexer.ts";
import type { IndirectObject, ObjectSource } from "./object-source.ts";
import { SyntaxTrouble } from "./reading-limits.ts";

export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Parts of a file; those that touch or overlap are one. */
export class Extents {
  /** In order, none touching the next. */
  readonly #parts: readonly Extent[];

  constructor(extents: readonly Extent[]) {
    this.#parts = joined(extents);
  }

  holds(position: number): boolean {
    let [low, high] = [0, this.#parts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#parts[middle]?.start ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return position < (this.#parts[low - 1]?.end ?? 0);
  }

  /** What lies between, in order. */
  gaps(length: number): Extent[] {
    const gaps: Extent[] = [];
    let position = 0;
    for (const { start, end } of [...this.#parts, { start: length, end: length }]) {
      if (start > position) gaps.push({ start: position, end: start });
      position = Math.max(position, end);
    }
    return gaps;
  }
}

export interface ObjectExtents {
  /** Every object that a table of any revision leads to, and that can be read there. */
  readonly listed: readonly IndirectObject[];
  /** All of them and the tables. */
  readonly known: Extents;
  /** Everything else. */
  readonly gaps: readonly Extent[];
}

/**
 * Where the objects and the tables of all revisions lie. What stands inside an object, in a string or in a stream of
 * it, is its data, whatever it looks like; only what lies outside can hide from a reader who follows the tables.
 */
export function objectExtents(file: ObjectSource, sections: readonly XrefSection[]): ObjectExtents {
  const listed: IndirectObject[] = [];
  const extents: Extent[] = [...sections];
  for (const offset of offsetsOf(sections)) {
    const object = readAt(file, offset);
    if (object !== undefined) listed.push(object);
    else if (!isWhiteSpace(file.bytes[offset])) extents.push({ start: offset, end: offset + 1 });
  }
  const known = new Extents([...extents, ...listed]);
  return { listed, known, gaps: known.gaps(file.bytes.length) };
}

/** A table for old readers names the stream beside it in its trailer only. */
function offsetsOf(sections: readonly XrefSection[]): ReadonlySet<number> {
  const offsets = new Set<number>();
  for (const { entries, trailer, kind } of sections) {
    for (const entry of entries.values()) if (entry.kind === "plain") offsets.add(entry.offset);
    const hidden = kind === "table" ? trailer.get("XRefStm") : undefined;
    if (typeof hidden === "number") offsets.add(hidden);
  }
  return offsets;
}

function readAt(file: ObjectSource, offset: number): IndirectObject | undefined {
  try {
    return file.objectAt(offset);
  } catch (error) {
    if (error instanceof SyntaxTrouble) return undefined;
    throw error;
  }
}

function joined(extents: readonly Extent[]): readonly Extent[] {
  const union: { start: number; end: number }[] = [];
  for (const { start, end } of extents.toSorted((a, b) => a.start - b.start)) {
    const last = union.at(-1);
    if (last === undefined || start > last.end) union.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return union;
}

const definition = /(?<![0-9])(\d{1,8})[ \t\r\n\f\0]{1,4}(\d{1,5})[ \t\r\n\f\0]{1,4}obj\b/g;

export interface Definition {
  readonly number: number;
  readonly generation: number;
  readonly offset: number;
}

/** Every "n g obj" that begins there, whether or not any table leads to it. */
export function* definitionsIn(bytes: Buffer, { start, end }: Extent): Generator<Definition> {
  // One byte more, to see whether the number begins before.
  const from = Math.max(0, start - 1);
  for (const match of bytes.toString("latin1", from, end).matchAll(definition)) {
    const offset = from + match.index;
    if (offset >= start) yield { number: Number(match[1]), generation: Number(match[2]), offset };
  }
}
