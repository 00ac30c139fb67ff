import { latin1, type ObjectBody, writePdf } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_PAGE, plainPdf } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import type { DocumentObservation } from "../../pdf-evidence/observation-codes.ts";

export interface HostileFile {
  readonly name: string;
  readonly make: () => Buffer;
  readonly code: DocumentObservation;
}

const lines = [["En aftale", "Med lidt tekst"]];
export const harmless = (): Buffer => plainPdf({ pages: lines });

/** The harmless file with objects added or replaced. */
export const withObjects = (also: Record<number, ObjectBody>, catalogue = ""): Buffer =>
  plainPdf({
    pages: lines,
    catalogue,
    also: new Map(Object.entries(also).map(([n, body]) => [Number(n), body])),
  });

export const withText = (from: string | RegExp, to: string): Buffer =>
  latin1(harmless().toString("latin1").replace(from, to));

/** Where the file says its newest table begins. */
export const startxref = (pdf: Buffer): number =>
  Number(/startxref\s+(\d+)/.exec(pdf.toString("latin1"))?.[1]);

export const harmlessLinks = (): Buffer =>
  withObjects(
    { 50: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://os2.eu)>>>>" },
    `/OpenAction[${FIRST_PAGE} 0 R/Fit]`,
  );

export const smallest = (): Buffer => writePdf(new Map(), 1);
