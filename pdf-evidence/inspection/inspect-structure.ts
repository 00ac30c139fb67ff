import type { Observation } from "../document-facts.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { activeContent } from "./active-content.ts";
import { refuseOversizedPaper, refuseOversizedStreams } from "./oversized-streams.ts";
import { readPageTree } from "./page-tree.ts";
import { shadowedObjects } from "./shadowed-objects.ts";

export interface StructureFacts {
  pages: number;
  observations: Observation[];
}

/** What the file is made of. @throws ReadingRefused where that is more than it may be */
export function inspectStructure(file: PdfFile): StructureFacts {
  // Any revision's: a later trailer without the entry would leave the older objects unreadable.
  if (file.sections.some((section) => section.trailer.get("Encrypt") !== undefined)) {
    return { pages: 0, observations: [{ code: "ENCRYPTED" }] };
  }
  if (file.catalog === undefined) {
    return {
      pages: 0,
      observations: [{ code: "DAMAGED_BEYOND_REPAIR", detail: file.trouble[0] ?? "no catalog" }],
    };
  }
  const { pages } = readPageTree(file);
  for (const page of pages) refuseOversizedPaper(file, page.inherited.get("MediaBox"));
  refuseOversizedStreams(file);
  const observations = [
    ...(pages.length === 0 ? [{ code: "NO_PAGES" } as const] : []),
    ...activeContent(file),
  ];
  return { pages: pages.length, observations: [...observations, ...condition(file)] };
}

/** How well the file is made. */
function condition(file: PdfFile): Observation[] {
  const observations: Observation[] = [];
  const [firstTrouble] = file.trouble;
  if (file.recovered) observations.push({ code: "XREF_REPAIRED", detail: firstTrouble ?? "" });
  observations.push(...shadowedObjects(file));
  if (file.sections.some((section) => section.hybrid)) observations.push({ code: "HYBRID_XREF" });
  if (firstTrouble !== undefined && !file.recovered) {
    observations.push({ code: "SYNTAX_ERRORS", detail: firstTrouble });
  }
  return observations;
}
