import type { Observation } from "../document-facts.ts";
import { isWhiteSpace } from "../structure/lexer.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { SyntaxTrouble } from "../structure/reading-limits.ts";

const definition = /(?<![0-9])(\d{1,8})[ \t\r\n\f\0]{1,4}(\d{1,5})[ \t\r\n\f\0]{1,4}obj\b/g;

/**
 * Objects that are defined where no cross-reference leads, although their number is in use: a reader that searches
 * the file, as many do with a damaged one, sees another document than a reader that follows the table.
 */
export function shadowedObjects(file: PdfFile): Observation[] {
  const listedTwice = file.sections.flatMap((section) => section.repeated);
  if (listedTwice[0] !== undefined) {
    return [{ code: "OBJECT_SHADOWED", detail: `object ${listedTwice[0]}, listed twice` }];
  }
  if (file.recovered) return [];
  const known = knownExtents(file);
  for (const match of file.bytes.toString("latin1").matchAll(definition)) {
    const number = Number(match[1]);
    const inUse = file.entries.get(number);
    if (inUse === undefined || inUse.kind === "free" || isInside(known, match.index)) continue;
    return [{ code: "OBJECT_SHADOWED", detail: `object ${number} at byte ${match.index}` }];
  }
  return [];
}

/** Where the objects of all revisions lie, in order. */
function knownExtents(file: PdfFile): readonly (readonly [number, number])[] {
  const offsets = file.sections.flatMap((section) =>
    [...section.entries.values()].flatMap((entry) => (entry.kind === "plain" ? [entry.offset] : [])),
  );
  // A table for old readers names the stream beside it in its trailer only.
  const hidden = file.sections.flatMap((section) => file.number(section.trailer.get("XRefStm")) ?? []);
  const sections = file.sections.map((section) => [section.start, section.end] as const);
  const objects = [...new Set([...offsets, ...hidden])].flatMap((offset) => extentAt(file, offset));
  return [...sections, ...objects].sort(([a], [b]) => a - b);
}

function extentAt(file: PdfFile, offset: number): (readonly [number, number])[] {
  try {
    const { start, end } = file.objectAt(offset);
    return [[start, end]];
  } catch (error) {
    if (!(error instanceof SyntaxTrouble)) throw error;
    return isWhiteSpace(file.bytes[offset]) ? [] : [[offset, offset + 1]];
  }
}

/** By halves: the last extent that begins at or before the position. Objects don't overlap in a sound file. */
function isInside(extents: readonly (readonly [number, number])[], position: number): boolean {
  let [low, high] = [0, extents.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [start = 0] = extents[middle] ?? [];
    if (start <= position) low = middle + 1;
    else high = middle;
  }
  const [, end = 0] = extents[low - 1] ?? [];
  return position < end;
}
