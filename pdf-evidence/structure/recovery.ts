import type { XrefEntry, XrefSection } from "./cross-reference.ts";
import { Lexer } from "./lexer.ts";
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
 * Finds objects by searching for "n g obj", as viewers do with a damaged file; the last definition counts.
 * What is read this way is always marked: another reader may find something else.
 * @param use makes the file read by what was found so far
 */
export function searchForObjects(file: ObjectSource, use: (section: XrefSection) => void): XrefSection {
  const entries = findDefinitions(file.bytes);
  const trailer = new Map(lastTrailer(file));
  const section = (): XrefSection => ({
    kind: "searched",
    start: 0,
    end: file.bytes.length,
    entries,
    trailer: new PdfDictionary(trailer, { source: file.bytes, start: 0, end: 0 }, []),
    hybrid: false,
    repeated: [],
  });
  use(section());
  for (const number of [...entries.keys()]) {
    const value = file.object(number)?.value;
    const dictionary = dictionaryOf(value);
    const type = dictionary?.get("Type");
    if (value instanceof PdfStream && isName(type, "ObjStm")) addContents(file, number, entries);
    if (isName(type, "XRef") && dictionary !== undefined) takeOver(dictionary, trailer);
    if (isName(type, "Catalog") && !trailer.has("Root")) trailer.set("Root", new PdfReference(number, 0));
  }
  return section();
}

function findDefinitions(bytes: Buffer): Map<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>();
  const text = bytes.toString("latin1");
  for (const match of text.matchAll(
    /(?<![0-9])(\d{1,8})[ \t\r\n\f\0]{1,4}(\d{1,5})[ \t\r\n\f\0]{1,4}obj\b/g,
  )) {
    entries.set(Number(match[1]), { kind: "plain", offset: match.index, generation: Number(match[2]) });
    if (entries.size > limits.objects) throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
  }
  return entries;
}

function lastTrailer(file: ObjectSource): ReadonlyMap<string, PdfObject> {
  let end = file.bytes.length;
  for (let tries = 0; tries < 20; tries++) {
    const at = file.bytes.lastIndexOf("trailer", end, "latin1");
    if (at < 0) break;
    try {
      const found = new Lexer(file.bytes, at + "trailer".length, file.budget).object();
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
