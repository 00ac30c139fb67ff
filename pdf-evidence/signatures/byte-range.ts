import type { SignatureObservation } from "../observation-codes.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { type PdfDictionary, PdfString } from "../structure/pdf-objects.ts";

/** Where a signature lies: it covers everything up to `end` but the hole, which holds its own value. */
export interface SignedPlace {
  readonly contents: PdfString;
  readonly holeStart: number;
  readonly holeEnd: number;
  readonly end: number;
}

export interface PlaceOutcome {
  readonly findings: readonly SignatureObservation[];
  /** Only where the numbers make sense; the findings may still forbid to trust it. */
  readonly place?: SignedPlace;
}

/**
 * The rules of a ByteRange: four numbers, from 0, one hole that is exactly the hexadecimal string of this very
 * dictionary's /Contents, the dictionary around it inside the range.
 * Source: ISO 32000-2, clause 12.8.1; ETSI EN 319 142-1, clause 5.2.
 */
export function locateSignature(file: PdfFile, dictionary: PdfDictionary): PlaceOutcome {
  const contents = dictionary.get("Contents");
  if (!(contents instanceof PdfString) || contents.bytes.every((byte) => byte === 0)) {
    return { findings: ["SIGNATURE_VALUE_MISSING"] };
  }
  const numbers = readNumbers(dictionary);
  if (numbers === undefined) return { findings: ["BYTE_RANGE_INVALID"] };
  const [start, firstLength, holeEnd, secondLength] = numbers;
  const holeStart = start + firstLength;
  const end = holeEnd + secondLength;
  if (end > file.bytes.length) return { findings: ["BYTE_RANGE_BEYOND_FILE"] };
  if (holeEnd < holeStart) return { findings: ["BYTE_RANGE_OVERLAP"] };
  const findings: SignatureObservation[] = [];
  if (start !== 0) findings.push("BYTE_RANGE_NOT_FROM_START");
  const fillsHole =
    contents.hex &&
    contents.place.source === file.bytes &&
    contents.place.start === holeStart &&
    contents.place.end === holeEnd;
  if (!fillsHole) findings.push("BYTE_RANGE_HOLE_MISMATCH");
  if (contents.malformed) findings.push("CMS_MALFORMED");
  const inside =
    dictionary.place.source === file.bytes &&
    dictionary.place.start < holeStart &&
    dictionary.place.end > holeEnd &&
    dictionary.place.end <= end;
  if (!inside) findings.push("SIGNATURE_DICTIONARY_OUTSIDE_RANGE");
  return { findings, place: { contents, holeStart, holeEnd, end } };
}

/** Four integers that stand in the dictionary itself: behind a reference they could be changed. */
function readNumbers(dictionary: PdfDictionary): readonly [number, number, number, number] | undefined {
  const range = dictionary.get("ByteRange");
  if (!Array.isArray(range) || range.length !== 4 || dictionary.repeatedKeys.length > 0) return undefined;
  const [a, b, c, d] = range.map((item) => (typeof item === "number" && isLength(item) ? item : undefined));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return [a, b, c, d];
}

function isLength(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
