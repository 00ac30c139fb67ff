import type { XrefEntry, XrefSection } from "./cross-reference.ts";
import { Lexer } from "./lexer.ts";
import { type Definition, definitionsIn, type Extent, Extents } from "./object-extents.ts";
import type { ObjectSource } from "./object-source.ts";
import {
  dictionaryOf,
  isName,
  PdfDictionary,
  type PdfObject,
  PdfReference,
  PdfStream,
} from "./pdf-objects.ts";
import { limits, ReadingRefused, SyntaxTrouble } from "./reading-limits.ts";

/**
 * Finds objects by searching for "n g obj", as viewers do with a damaged file; the last definition counts. What
 * stands in a stream is its data, be it a PDF of its own.
 * What is read this way is always marked: another reader may find something else.
 * @param use makes the file read by what was found so far
 */
export function searchForObjects(file: ObjectSource, use: (section: XrefSection) => void): XrefSection {
  const section = (
    entries: Map<number, XrefEntry>,
    trailer: ReadonlyMap<string, PdfObject>,
  ): XrefSection => ({
    kind: "searched",
    start: 0,
    end: 0,
    entries,
    trailer: new PdfDictionary(trailer, { source: file.bytes, start: 0, end: 0 }, []),
    hybrid: false,
    repeated: [],
  });
  const definitions = findDefinitions(file.bytes);
  // A stream may say its length in an object of its own, so all are known before any is read.
  use(section(tableOf(definitions), new Map()));
  const streams = findStreams(file, definitions);
  const entries = tableOf(definitions.filter(({ offset }) => !streams.holds(offset)));
  const trailer = new Map(lastTrailer(file, streams));
  use(section(entries, trailer));
  for (const number of [...entries.keys()]) {
    const value = file.object(number)?.value;
    const dictionary = dictionaryOf(value);
    const type = dictionary?.get("Type");
    if (value instanceof PdfStream && isName(type, "ObjStm")) addContents(file, number, entries);
    if (isName(type, "XRef") && dictionary !== undefined) takeOver(dictionary, trailer);
    if (isName(type, "Catalog") && !trailer.has("Root")) trailer.set("Root", new PdfReference(number, 0));
  }
  return section(entries, trailer);
}

function findDefinitions(bytes: Buffer): readonly Definition[] {
  const found: Definition[] = [];
  for (const one of definitionsIn(bytes, { start: 0, end: bytes.length })) {
    if (found.push(one) > limits.objects) {
      throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
    }
  }
  return found;
}

function tableOf(definitions: readonly Definition[]): Map<number, XrefEntry> {
  return new Map(
    definitions.map(({ number, offset, generation }) => [number, { kind: "plain", offset, generation }]),
  );
}

/** The data of all streams, the first of two that overlap. */
function findStreams(file: ObjectSource, definitions: readonly Definition[]): Extents {
  const found: Extent[] = [];
  let end = 0;
  for (const { offset } of definitions) {
    const value = offset < end ? undefined : tryToRead(file, offset);
    if (!(value instanceof PdfStream)) continue;
    found.push(value.place);
    end = value.place.end;
  }
  return new Extents(found);
}

function tryToRead(file: ObjectSource, offset: number): PdfObject | undefined {
  try {
    return file.objectAt(offset).value;
  } catch (error) {
    if (error instanceof SyntaxTrouble) return undefined;
    throw error;
  }
}

function lastTrailer(file: ObjectSource, streams: Extents): ReadonlyMap<string, PdfObject> {
  let end = file.bytes.length;
  for (let tries = 0; tries < 20; tries++) {
    const at = file.bytes.lastIndexOf("trailer", end, "latin1");
    if (at < 0) break;
    try {
      const found = streams.holds(at)
        ? undefined
        : new Lexer(file.bytes, at + "trailer".length, file.budget).object();
      if (found instanceof PdfDictionary && found.get("Root") !== undefined) return found.entries;
    } catch (error) {
      if (!(error instanceof SyntaxTrouble)) throw error;
    }
    end = at - 1;
    if (end < 0) break;
  }
  return new Map();
}

function addContents(file: ObjectSource, container: number, entries: Map<number, XrefEntry>): void {
  try {
    for (const [index, number] of file.numbersIn(container).entries()) {
      if (!entries.has(number)) entries.set(number, { kind: "compressed", container, index });
    }
  } catch (error) {
    if (!(error instanceof SyntaxTrouble)) throw error;
    file.note(`object stream ${container}: ${error.message}`);
  }
  if (entries.size > limits.objects) throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
}

function takeOver(dictionary: PdfDictionary, trailer: Map<string, PdfObject>): void {
  for (const key of ["Root", "Info", "ID", "Encrypt"]) {
    const value = dictionary.get(key);
    if (value !== undefined) trailer.set(key, value);
  }
}
