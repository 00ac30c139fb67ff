import type { SignatureObservation } from "../observation-codes.ts";
import type { XrefEntry, XrefSection } from "../structure/cross-reference.ts";
import { PdfFile } from "../structure/pdf-file.ts";
import type { PdfDictionary } from "../structure/pdf-objects.ts";
import { ReadingRefused, SyntaxTrouble } from "../structure/reading-limits.ts";
import type { SignedPlace } from "./byte-range.ts";
import { findSignatures } from "./find-signatures.ts";

export interface SignedRevision {
  readonly findings: readonly SignatureObservation[];
  /** The document as it was signed, read from the signed bytes alone. */
  readonly file?: PdfFile;
  /** The signature's dictionary as that document has it. */
  readonly dictionary?: PdfDictionary;
  readonly lock?: PdfDictionary | undefined;
}

/**
 * Opens bytes 0 … end as a document of its own: a signature vouches for what a reader saw then, so everything
 * it needs has to be found inside.
 */
export function openSignedRevision(
  file: PdfFile,
  dictionary: PdfDictionary,
  place: SignedPlace,
): SignedRevision {
  const revision = place.end === file.bytes.length ? file : openUpTo(file, place.end);
  if (revision === undefined || revision.recovered || revision.trailer.get("Encrypt") !== undefined) {
    return { findings: ["SIGNED_REVISION_MALFORMED"] };
  }
  const findings: SignatureObservation[] = [];
  if (reachesIntoHole(revision, dictionary, place)) findings.push("SIGNED_REVISION_REACHES_OUTSIDE");
  const found = findSignatures(revision).signed.find(
    (signature) => signature.inField && signature.dictionary.place.start === dictionary.place.start,
  );
  if (found === undefined) findings.push("SIGNATURE_DICTIONARY_OUTSIDE_RANGE");
  return {
    findings,
    file: revision,
    ...(found === undefined ? {} : { dictionary: found.dictionary, lock: found.lock }),
  };
}

function openUpTo(file: PdfFile, end: number): PdfFile | undefined {
  try {
    return new PdfFile(file.bytes.subarray(0, end));
  } catch (error) {
    if (error instanceof ReadingRefused) return undefined;
    throw error;
  }
}

/** Objects or tables that lie behind the signed bytes, or in the one place among them that nobody signed. */
function reachesIntoHole(revision: PdfFile, dictionary: PdfDictionary, place: SignedPlace): boolean {
  const overlaps = (start: number, end: number) => start < place.holeEnd && end > place.holeStart;
  const holds = (start: number, end: number) =>
    start <= dictionary.place.start && end >= dictionary.place.end;
  for (const [number, entry] of revision.entries) {
    if (entry.kind !== "plain" || entry.offset === 0) continue;
    if (entry.offset >= place.end) return true;
    const object = revision.object(number);
    if (object !== undefined && overlaps(object.start, object.end) && !holds(object.start, object.end))
      return true;
    if (object === undefined && overlaps(entry.offset, entry.offset + 1)) return true;
  }
  return revision.sections.some((section) => overlaps(section.start, section.end));
}

/**
 * What follows the signed bytes: further revisions that extend the chain, define only objects of their own and
 * leave no byte unaccounted for.
 */
export function examineTail(file: PdfFile, revision: PdfFile, end: number): SignatureObservation[] {
  const sectionsThen = revision.sections.map((section) => section.start);
  const sectionsNow = file.sections.map((section) => section.start);
  const extended = sectionsThen.every(
    (start, index) => sectionsNow[sectionsNow.length - sectionsThen.length + index] === start,
  );
  if (file.recovered || !extended) return ["REVISION_CHAIN_BROKEN"];
  const later = file.sections.slice(0, file.sections.length - sectionsThen.length);
  const findings = new Set<SignatureObservation>();
  if (later.some((section) => !liesBehind(section, end))) findings.add("REVISION_CHAIN_BROKEN");
  if (later.some((section) => pointsBack(section, file, revision, end)))
    findings.add("SIGNED_OBJECT_SHADOWED");
  if (hasUnaccountedBytes(file, later, end)) findings.add("UNACCOUNTED_BYTES_AFTER_SIGNING");
  return [...findings];
}

function liesBehind(section: XrefSection, end: number): boolean {
  const hidden = section.trailer.get("XRefStm");
  return section.start >= end && (typeof hidden !== "number" || hidden >= end);
}

/** A later table may repeat where a signed object lies, not give its number to other signed bytes. */
function pointsBack(section: XrefSection, file: PdfFile, revision: PdfFile, end: number): boolean {
  const isNew = (entry: XrefEntry | undefined) => entry?.kind === "plain" && entry.offset >= end;
  for (const [number, entry] of section.entries) {
    if (entry.kind === "free" || (entry.kind === "plain" && entry.offset === 0)) continue;
    const holder = entry.kind === "plain" ? entry : file.entries.get(entry.container);
    if (!isNew(holder) && !sameEntry(entry, revision.entries.get(number))) return true;
  }
  return false;
}

function sameEntry(one: XrefEntry, other: XrefEntry | undefined): boolean {
  if (one.kind === "plain") return other?.kind === "plain" && other.offset === one.offset;
  if (one.kind === "free" || other?.kind !== "compressed") return one.kind === other?.kind;
  return other.container === one.container && other.index === one.index;
}

/** Anything behind the signed bytes that no later table leads to, white space and comments apart. */
function hasUnaccountedBytes(file: PdfFile, later: readonly XrefSection[], end: number): boolean {
  const known: [number, number][] = later.flatMap((section) => knownExtents(file, section, end));
  known.sort(([a], [b]) => a - b);
  let position = end;
  for (const [start, stop] of [...known, [file.bytes.length, file.bytes.length] as const]) {
    if (start > position && !isEmpty(file.bytes.subarray(position, start))) return true;
    position = Math.max(position, stop);
  }
  return false;
}

function knownExtents(file: PdfFile, section: XrefSection, end: number): [number, number][] {
  const hidden = section.trailer.get("XRefStm");
  const offsets = [...section.entries.values()].flatMap((entry) =>
    entry.kind === "plain" ? [entry.offset] : [],
  );
  if (typeof hidden === "number") offsets.push(hidden);
  return [
    [section.start, section.end],
    ...offsets.filter((offset) => offset >= end).flatMap((offset) => extentAt(file, offset)),
  ];
}

function extentAt(file: PdfFile, offset: number): [number, number][] {
  try {
    const { start, end } = file.objectAt(offset);
    return [[start, end]];
  } catch (error) {
    if (error instanceof SyntaxTrouble) return [];
    throw error;
  }
}

function isEmpty(bytes: Buffer): boolean {
  const rest = bytes
    .toString("latin1")
    .replace(/startxref\s+\d+\s+%%EOF/g, "")
    .replace(/%[^\r\n]*/g, "")
    .replace(/[\s\0]+/g, "");
  return rest === "";
}
