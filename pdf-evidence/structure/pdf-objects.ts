/** The objects of ISO 32000-2, clause 7.3. Booleans, numbers and null are JavaScript's own; arrays are arrays. */
export type PdfObject =
  | boolean
  | number
  | null
  | PdfName
  | PdfString
  | PdfReference
  | PdfDictionary
  | PdfStream
  | PdfObject[];

export class PdfName {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class PdfReference {
  readonly number: number;
  readonly generation: number;
  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}

export interface Place {
  /** The bytes it was read from: the file's, or those of a decoded object stream. */
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
}

export class PdfString {
  readonly bytes: Buffer;
  readonly place: Place;
  readonly hex: boolean;
  /** A hexadecimal string with other characters in it. */
  readonly malformed: boolean;
  constructor(bytes: Buffer, place: Place, form: { hex: boolean; malformed: boolean }) {
    this.bytes = bytes;
    this.place = place;
    this.hex = form.hex;
    this.malformed = form.malformed;
  }

  /** As people read it. Source: ISO 32000-2, clause 7.9.2.2. */
  toText(): string {
    const bytes = this.bytes;
    if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) {
      return Buffer.from(bytes.subarray(2)).swap16().toString("utf16le").toWellFormed();
    }
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString("utf8", 3);
    return bytes.toString("latin1");
  }
}

export class PdfDictionary {
  readonly entries: ReadonlyMap<string, PdfObject>;
  readonly place: Place;
  /** Keys given more than once: which value counts differs between readers. */
  readonly repeatedKeys: readonly string[];
  constructor(entries: ReadonlyMap<string, PdfObject>, place: Place, repeatedKeys: readonly string[]) {
    this.entries = entries;
    this.place = place;
    this.repeatedKeys = repeatedKeys;
  }

  /** The value as written, a reference not followed. A null value is as good as none (7.3.7). */
  get(key: string): PdfObject | undefined {
    return this.entries.get(key) ?? undefined;
  }
}

export class PdfStream {
  readonly dictionary: PdfDictionary;
  /** Its encoded bytes. */
  readonly place: Place;
  constructor(dictionary: PdfDictionary, place: Place) {
    this.dictionary = dictionary;
    this.place = place;
  }

  get bytes(): Buffer {
    return this.place.source.subarray(this.place.start, this.place.end);
  }
}

export function isName(object: PdfObject | undefined, text: string): boolean {
  return object instanceof PdfName && object.text === text;
}

export function nameText(object: PdfObject | undefined): string | undefined {
  return object instanceof PdfName ? object.text : undefined;
}

/** The dictionary of a dictionary or of a stream. */
export function dictionaryOf(object: PdfObject | undefined): PdfDictionary | undefined {
  if (object instanceof PdfStream) return object.dictionary;
  return object instanceof PdfDictionary ? object : undefined;
}
