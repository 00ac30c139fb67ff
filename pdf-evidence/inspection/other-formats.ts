import type { Observation } from "../document-facts.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import {
  dictionaryOf,
  isName,
  PdfDictionary,
  type PdfObject,
  PdfReference,
  PdfStream,
} from "../structure/pdf-objects.ts";
import { endMarker } from "./outer-shape.ts";

interface Format {
  readonly name: string;
  /** Where it has to begin, and what with. */
  readonly offset: number;
  readonly magic: string;
  /** Whether more than the word says so: needed where the word stands inside an object. */
  readonly isProven?: (bytes: Buffer) => boolean;
}

const formats: readonly Format[] = [
  { name: "ZIP", offset: 0, magic: "PK\x03\x04" },
  { name: "Windows program", offset: 0, magic: "MZ" },
  { name: "Unix program", offset: 0, magic: "\x7fELF" },
  { name: "JPEG", offset: 0, magic: "\xff\xd8\xff" },
  { name: "PNG", offset: 0, magic: "\x89PNG" },
  { name: "GIF", offset: 0, magic: "GIF8" },
  { name: "RAR", offset: 0, magic: "Rar!" },
  { name: "7z", offset: 0, magic: "7z\xbc\xaf" },
  { name: "tar", offset: 257, magic: "ustar", isProven: hasTapeSum },
  { name: "DICOM", offset: 128, magic: "DICM", isProven: (bytes) => bytes.readUInt16LE(132) === 2 },
];

const webPage = /<(!doctype\s+html|html|script|svg|body|iframe|\?php)[\s>]/gi;

/**
 * What else the file is, to a program that looks for another beginning or end. Words inside an object are data of
 * the document: a title may mention a tag.
 * @param file undefined where the file could not be read: then nothing is known to be data
 */
export function otherFormats(bytes: Buffer, file: PdfFile | undefined): Observation[] {
  const isData = (position: number) => file?.extents.known.holds(position) === true;
  const found = formats
    .filter(({ offset, magic, isProven }) => {
      const isThere = bytes.toString("latin1", offset, offset + magic.length) === magic;
      return isThere && (!isData(offset) || isProven?.(bytes) === true);
    })
    .map(({ name }) => name);
  if (webPages(bytes).some((position) => !isData(position))) found.push("HTML");
  if (archiveEnds(bytes).some((position) => !isAttached(bytes, position, file))) found.push("ZIP");
  return [...new Set(found)].map((detail) => ({ code: "POLYGLOT", detail }));
}

/** The head of a tape archive sums itself up, its sum taken for spaces. Source: POSIX.1, pax, ustar. */
function hasTapeSum(bytes: Buffer): boolean {
  if (bytes.length < 512) return false;
  const stated = Number.parseInt(bytes.toString("latin1", 148, 156), 8);
  const sum = bytes
    .subarray(0, 512)
    .reduce((total, code, at) => total + (at >= 148 && at < 156 ? 32 : code), 0);
  return stated === sum;
}

/** Where a browser that is told to would begin to see one: near the edges. */
function webPages(bytes: Buffer): number[] {
  const end = endMarker(bytes);
  const edges = [0, end] as const;
  return edges.flatMap((from) =>
    [...bytes.toString("latin1", from, from === 0 ? 1024 : undefined).matchAll(webPage)].map(
      ({ index }) => from + index,
    ),
  );
}

/** The PDF's end marker, and what may stand after it: a comment of a ZIP archive is at most 65,535 bytes. */
const zipTail = 65_535 + 22;

/** An archive is found from its end: a directory that lies where its last record says. Source: APPNOTE 4.3.16. */
function archiveEnds(bytes: Buffer): number[] {
  const tail = Math.max(0, bytes.length - zipTail);
  const ends: number[] = [];
  let at = bytes.subarray(tail).lastIndexOf("PK\x05\x06", undefined, "latin1");
  for (let tries = 0; at >= 0 && tries < 20; tries++) {
    const end = tail + at;
    if (end + 22 <= bytes.length) {
      const directory = end - bytes.readUInt32LE(end + 12);
      const isThere = directory >= 0 && bytes.toString("latin1", directory, directory + 4) === "PK\x01\x02";
      if (isThere && directory < end) ends.push(end);
    }
    at = at === 0 ? -1 : bytes.subarray(tail).lastIndexOf("PK\x05\x06", at - 1, "latin1");
  }
  return ends;
}

/** An attachment's own end, and not one whose comment was stretched to the end of the file. */
function isAttached(bytes: Buffer, end: number, file: PdfFile | undefined): boolean {
  if (file === undefined || end + 22 + bytes.readUInt16LE(end + 20) === bytes.length) return false;
  return attachments(file).some(({ place }) => place.start <= end && end < place.end);
}

function attachments(file: PdfFile): PdfStream[] {
  const found = new Set<PdfStream>();
  const collect = (object: PdfObject | undefined) => {
    const stream = file.resolve(object);
    if (stream instanceof PdfStream && stream.place.source === file.bytes) found.add(stream);
  };
  const walk = (object: PdfObject) => {
    if (Array.isArray(object)) for (const item of object) walk(item);
    const dictionary = dictionaryOf(object);
    if (dictionary === undefined) return;
    if (object instanceof PdfStream && isName(dictionary.get("Type"), "EmbeddedFile")) collect(object);
    const files = file.resolve(dictionary.get("EF"));
    if (files instanceof PdfDictionary) for (const item of files.entries.values()) collect(item);
    for (const item of dictionary.entries.values()) if (!(item instanceof PdfReference)) walk(item);
  };
  for (const number of file.entries.keys()) {
    const value = file.object(number)?.value;
    if (value !== undefined) walk(value);
  }
  return [...found];
}
