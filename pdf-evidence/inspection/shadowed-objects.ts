import type { Observation } from "../document-facts.ts";
import { definitionsIn } from "../structure/object-extents.ts";
import type { PdfFile } from "../structure/pdf-file.ts";

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
  for (const gap of file.extents.gaps) {
    for (const { number, offset } of definitionsIn(file.bytes, gap)) {
      const inUse = file.entries.get(number);
      if (inUse === undefined || inUse.kind === "free") continue;
      return [{ code: "OBJECT_SHADOWED", detail: `object ${number} at byte ${offset}` }];
    }
  }
  return [];
}

/** Numbers of the objects that only a reader who searches would find. */
export function unlistedNumbers(file: PdfFile): ReadonlySet<number> {
  const numbers = file.extents.gaps.flatMap((gap) =>
    [...definitionsIn(file.bytes, gap)].map(({ number }) => number),
  );
  return new Set(numbers);
}
