import type { PdfFile } from "../structure/pdf-file.ts";
import {
  PdfDictionary,
  PdfName,
  type PdfObject,
  PdfReference,
  PdfStream,
  PdfString,
} from "../structure/pdf-objects.ts";
import { ReadingRefused } from "../structure/reading-limits.ts";

/** Steps all comparisons of two revisions may take together; a file of 250,000 objects needs a few million. */
const stepLimit = 8_000_000;

/**
 * What is drawn. On this way nothing is a landmark: a dictionary may be a field and a list of pictures at once,
 * and what may change in a field must not change in the pictures.
 */
const drawn = new Set(["Resources", "Contents", "AP", "DR", "OCProperties"]);

type Pair = readonly [before: PdfObject | undefined, after: PdfObject | undefined, isDrawn: boolean];

/**
 * Compares objects of an earlier and a later revision by what they mean, following references on both sides.
 *
 * Landmarks (pages, fields, the catalog) are compared by rules of their own, so a reference to the same landmark
 * is equal here without looking into it, unless it is about to be drawn. Nothing else is skipped, by whatever key
 * it hangs.
 */
export class ObjectComparison {
  readonly earlier: PdfFile;
  readonly later: PdfFile;
  readonly #landmarks: ReadonlySet<number>;
  readonly #knownEqual = new Set<string>();
  #steps = 0;

  constructor(earlier: PdfFile, later: PdfFile, landmarks: ReadonlySet<number>) {
    this.earlier = earlier;
    this.later = later;
    this.#landmarks = landmarks;
  }

  /** @param key the dictionary key the two hang by, where they do */
  same(before: PdfObject | undefined, after: PdfObject | undefined, key?: string): boolean {
    // Pairs met on the way are taken for equal until one differs: that is how circles compare.
    const assumed = new Set<string>();
    const open: Pair[] = [[before, after, key !== undefined && drawn.has(key)]];
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      if (++this.#steps > stepLimit) throw new ReadingRefused("TOO_MANY_OBJECTS", "comparing revisions");
      if (!this.#sameHere(pair, { open, assumed })) return false;
    }
    for (const pair of assumed) this.#knownEqual.add(pair);
    return true;
  }

  /** Whether all keys of both, but those named, are the same. */
  sameEntries(before: PdfDictionary, after: PdfDictionary, except: ReadonlySet<string>): boolean {
    return this.changedKeys(before, after, except).length === 0;
  }

  changedKeys(before: PdfDictionary, after: PdfDictionary, except: ReadonlySet<string>): string[] {
    return [...new Set([...before.entries.keys(), ...after.entries.keys()])].filter(
      (key) => !except.has(key) && !this.same(before.get(key), after.get(key), key),
    );
  }

  #sameHere([before, after, isDrawn]: Pair, work: { open: Pair[]; assumed: Set<string> }): boolean {
    if (before instanceof PdfReference && after instanceof PdfReference) {
      const pair = `${before.number}-${after.number}${isDrawn ? " drawn" : ""}`;
      if (this.#knownEqual.has(pair) || work.assumed.has(pair)) return true;
      if (!isDrawn && (this.#landmarks.has(before.number) || this.#landmarks.has(after.number))) {
        return before.number === after.number;
      }
      work.assumed.add(pair);
    }
    const x = this.earlier.resolve(before);
    const y = this.later.resolve(after);
    if (x instanceof PdfStream) {
      if (!(y instanceof PdfStream) || !sameBytes(x, y)) return false;
      work.open.push(...pairs(x.dictionary, y.dictionary, isDrawn));
      return true;
    }
    if (x instanceof PdfDictionary) {
      if (!(y instanceof PdfDictionary)) return false;
      work.open.push(...pairs(x, y, isDrawn));
      return true;
    }
    if (Array.isArray(x)) {
      if (!Array.isArray(y) || x.length !== y.length) return false;
      for (const [index, item] of x.entries()) work.open.push([item, y[index], isDrawn]);
      return true;
    }
    return sameScalar(x, y);
  }
}

function pairs(before: PdfDictionary, after: PdfDictionary, isDrawn: boolean): Pair[] {
  const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
  return [...keys].map((key) => [before.get(key), after.get(key), isDrawn || drawn.has(key)]);
}

/** Both revisions are views of one file, so the same place in it holds the same bytes. */
function sameBytes(before: PdfStream, after: PdfStream): boolean {
  const samePlace =
    before.place.source.buffer === after.place.source.buffer &&
    before.place.source.byteOffset === after.place.source.byteOffset &&
    before.place.start === after.place.start &&
    before.place.end === after.place.end;
  return samePlace || before.bytes.equals(after.bytes);
}

function sameScalar(before: PdfObject | undefined, after: PdfObject | undefined): boolean {
  if (before instanceof PdfString) return after instanceof PdfString && before.bytes.equals(after.bytes);
  if (before instanceof PdfName) return after instanceof PdfName && before.text === after.text;
  return before === after;
}
