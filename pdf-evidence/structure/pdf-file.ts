import { readXrefChain, type XrefEntry, type XrefSection } from "./cross-reference.ts";
import { Lexer } from "./lexer.ts";
import { type ObjectExtents, objectExtents } from "./object-extents.ts";
import type { IndirectObject, ObjectSource } from "./object-source.ts";
import {
  dictionaryOf,
  nameText,
  PdfDictionary,
  type PdfObject,
  PdfReference,
  PdfStream,
} from "./pdf-objects.ts";
import { Budget, limits, ReadingRefused, SyntaxTrouble } from "./reading-limits.ts";
import { searchForObjects } from "./recovery.ts";
import { decodeFilter, pictureFilters, undoPredictor } from "./stream-filters.ts";

interface ObjectStream {
  readonly data: Buffer;
  /** Object number and where it begins in the data. */
  readonly directory: readonly { number: number; offset: number }[];
  readonly start: number;
  readonly end: number;
}

/**
 * One PDF document as its last revision has it, or as an earlier one had it when given only the bytes up to
 * that revision's end. Bytes are read where they are asked for; nothing is trusted twice.
 */
export class PdfFile implements ObjectSource {
  readonly bytes: Buffer;
  readonly budget: Budget;
  /** Newest first. */
  readonly sections: readonly XrefSection[];
  /** The cross-reference was damaged: objects were found by searching. */
  readonly recovered: boolean;
  /** Departures from the grammar that reading got past; first the first. */
  readonly trouble: string[] = [];
  readonly #entries = new Map<number, XrefEntry>();
  readonly #objects = new Map<number, IndirectObject | undefined>();
  readonly #objectStreams = new Map<number, ObjectStream>();
  /** Objects by where they begin: tables, extents and revisions all ask for the same ones. */
  readonly #read = new Map<number, IndirectObject>();
  #extents: ObjectExtents | undefined;

  /** @throws ReadingRefused where limits are exceeded or the structure runs in circles */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.budget = new Budget();
    const sections = this.#readSections();
    this.recovered = sections === undefined;
    this.sections = sections ?? this.#recover();
  }

  #readSections(): readonly XrefSection[] | undefined {
    try {
      const sections = readXrefChain(this);
      // What was looked up before the table was complete may have been missed.
      this.#read.clear();
      this.#merge(sections);
      if (this.#pagesExist(sections[0]?.trailer)) return sections;
      this.note("no catalog where the cross-reference says");
    } catch (error) {
      if (!(error instanceof SyntaxTrouble)) throw error;
      this.note(error.message);
    }
    return undefined;
  }

  #recover(): readonly XrefSection[] {
    this.#objectStreams.clear();
    this.#entries.clear();
    const section = searchForObjects(this, (found) => {
      this.#read.clear();
      this.#entries.clear();
      this.#merge([found]);
    });
    this.#merge([section]);
    return [section];
  }

  #merge(sections: readonly XrefSection[]): void {
    this.#objects.clear();
    for (const section of sections.toReversed()) {
      for (const [number, entry] of section.entries) this.#entries.set(number, entry);
    }
    if (this.#entries.size > limits.objects) {
      throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
    }
  }

  #pagesExist(trailer: PdfDictionary | undefined): boolean {
    const catalog = this.dictionary(trailer?.get("Root"));
    return this.dictionary(catalog?.get("Pages")) !== undefined;
  }

  get entries(): ReadonlyMap<number, XrefEntry> {
    return this.#entries;
  }

  /** Where the objects of all revisions lie. */
  get extents(): ObjectExtents {
    this.#extents ??= objectExtents(this, this.sections);
    return this.#extents;
  }

  get trailer(): PdfDictionary {
    return this.sections[0]?.trailer ?? emptyDictionary(this.bytes);
  }

  get catalog(): PdfDictionary | undefined {
    return this.dictionary(this.trailer.get("Root"));
  }

  note(trouble: string): void {
    if (this.trouble.length < 50) this.trouble.push(trouble);
  }

  /** The object of that number as the newest revision has it; undefined where there is none that can be read. */
  object(number: number): IndirectObject | undefined {
    if (this.#objects.has(number)) return this.#objects.get(number);
    // Whoever asks for the object while it is being read gets none: that ends circles.
    this.#objects.set(number, undefined);
    const object = this.#tryToRead(number);
    this.#objects.set(number, object);
    return object;
  }

  #tryToRead(number: number): IndirectObject | undefined {
    const entry = this.#entries.get(number);
    try {
      if (entry?.kind === "plain" && entry.offset > 0) return this.objectAt(entry.offset, number);
      if (entry?.kind === "compressed") return this.#compressedObject(number, entry.container, entry.index);
    } catch (error) {
      if (!(error instanceof SyntaxTrouble)) throw error;
      this.note(`object ${number}: ${error.message}`);
    }
    return undefined;
  }

  /** Follows references to the object itself. */
  resolve(object: PdfObject | undefined): PdfObject | undefined {
    let value = object;
    for (let steps = 0; value instanceof PdfReference; steps++) {
      if (steps > limits.referenceChain) return undefined;
      value = this.object(value.number)?.value;
    }
    return value ?? undefined;
  }

  /** The dictionary, or the dictionary of the stream, behind it. */
  dictionary(object: PdfObject | undefined): PdfDictionary | undefined {
    return dictionaryOf(this.resolve(object));
  }

  array(object: PdfObject | undefined): readonly PdfObject[] {
    const value = this.resolve(object);
    return Array.isArray(value) ? value : [];
  }

  name(object: PdfObject | undefined): string | undefined {
    return nameText(this.resolve(object));
  }

  number(object: PdfObject | undefined): number | undefined {
    const value = this.resolve(object);
    return typeof value === "number" ? value : undefined;
  }

  /** The object that begins at the offset. @throws SyntaxTrouble where none does */
  objectAt(offset: number, expected?: number): IndirectObject {
    const known = this.#read.get(offset);
    if (known !== undefined && (expected === undefined || expected === known.number)) return known;
    const object = this.#readAt(offset, expected);
    this.#read.set(offset, object);
    return object;
  }

  #readAt(offset: number, expected: number | undefined): IndirectObject {
    const lexer = new Lexer(this.bytes, offset, this.budget);
    lexer.skip();
    const start = lexer.position;
    const number = lexer.integer();
    const generation = lexer.integer();
    if (number === undefined || generation === undefined || lexer.word() !== "obj") {
      throw new SyntaxTrouble(`no object at ${offset}`);
    }
    if (expected !== undefined && number !== expected) {
      throw new SyntaxTrouble(`object ${number} where ${expected} should be`);
    }
    const value = lexer.object();
    lexer.skip();
    const body =
      value instanceof PdfDictionary && lexer.looksAt("stream") ? this.#stream(value, lexer, number) : value;
    if (!lexer.accept("endobj")) this.note(`object ${number} does not end`);
    return { number, value: body, start, end: lexer.position };
  }

  #stream(dictionary: PdfDictionary, lexer: Lexer, number: number): PdfStream {
    let start = lexer.position + "stream".length;
    if (this.bytes[start] === 13) start++;
    if (this.bytes[start] === 10) start++;
    const length = this.number(dictionary.get("Length"));
    const stated = start + (length ?? Number.NaN);
    let end = stated;
    lexer.position = stated;
    if (!(stated >= start && stated <= this.bytes.length) || !lexer.accept("endstream")) {
      this.note(`stream ${number} is not as long as it says`);
      end = this.bytes.indexOf("endstream", start, "latin1");
      if (end < 0) throw new SyntaxTrouble("a stream without an end");
      lexer.position = end + "endstream".length;
    }
    return new PdfStream(dictionary, { source: this.bytes, start, end });
  }

  #compressedObject(number: number, container: number, index: number): IndirectObject {
    const stream = this.#objectStream(container);
    const listed = stream.directory[index];
    const place =
      listed?.number === number ? listed : stream.directory.find((item) => item.number === number);
    if (place === undefined) throw new SyntaxTrouble(`not in object stream ${container}`);
    const value = new Lexer(stream.data, place.offset, this.budget).object();
    return { number, value, start: stream.start, end: stream.end };
  }

  /** Numbers of the objects in an object stream. @throws SyntaxTrouble */
  numbersIn(container: number): readonly number[] {
    return this.#objectStream(container).directory.map((item) => item.number);
  }

  #objectStream(container: number): ObjectStream {
    const known = this.#objectStreams.get(container);
    if (known !== undefined) return known;
    const entry = this.#entries.get(container);
    if (entry?.kind !== "plain") throw new SyntaxTrouble(`object stream ${container} is missing`);
    const { value, start, end } = this.objectAt(entry.offset, container);
    if (!(value instanceof PdfStream)) throw new SyntaxTrouble(`object stream ${container} is no stream`);
    const data = this.decode(value);
    const count = this.number(value.dictionary.get("N")) ?? 0;
    const first = this.number(value.dictionary.get("First")) ?? 0;
    if (count > limits.objects) throw new ReadingRefused("TOO_MANY_OBJECTS", `over ${limits.objects}`);
    const stream = { data, directory: readDirectory(data, count, first, this.budget), start, end };
    this.#objectStreams.set(container, stream);
    return stream;
  }

  /** The names of a stream's filters with their parameters, in the order of decoding. */
  filtersOf(stream: PdfStream): { name: string; parameters: PdfDictionary | undefined }[] {
    const { dictionary } = stream;
    const filter = this.resolve(dictionary.get("Filter"));
    const parameters = this.resolve(dictionary.get("DecodeParms") ?? dictionary.get("DP"));
    const names = filter === undefined ? [] : Array.isArray(filter) ? filter : [filter];
    if (names.length > 8) throw new SyntaxTrouble("more filters than make sense");
    return names.map((name, index) => ({
      name: this.name(name) ?? "",
      parameters: this.dictionary(Array.isArray(parameters) ? parameters[index] : parameters),
    }));
  }

  /** The decoded bytes. @throws SyntaxTrouble, ReadingRefused where they are more than the budget allows */
  decode(stream: PdfStream): Buffer {
    let data = stream.bytes;
    for (const { name, parameters } of this.filtersOf(stream)) {
      if (pictureFilters.has(name) || name === "Crypt") break;
      data = decodeFilter(name, data, this.budget);
      if (parameters !== undefined && /^(Fl|FlateDecode)$/.test(name)) data = undoPredictor(data, parameters);
    }
    return data;
  }
}

function readDirectory(
  data: Buffer,
  count: number,
  first: number,
  budget: Budget,
): ObjectStream["directory"] {
  const lexer = new Lexer(data, 0, budget);
  const directory: { number: number; offset: number }[] = [];
  for (let index = 0; index < count; index++) {
    const number = lexer.integer();
    const offset = lexer.integer();
    if (number === undefined || offset === undefined) throw new SyntaxTrouble("a broken object stream");
    directory.push({ number, offset: first + offset });
  }
  return directory;
}

function emptyDictionary(source: Buffer): PdfDictionary {
  return new PdfDictionary(new Map(), { source, start: 0, end: 0 }, []);
}
