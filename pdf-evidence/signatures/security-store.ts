import type { PdfFile } from "../structure/pdf-file.ts";
import { type PdfObject, PdfStream } from "../structure/pdf-objects.ts";
import { SyntaxTrouble } from "../structure/reading-limits.ts";
import type { SignatureValueInput } from "./signature-value.ts";

/** A store larger than this helps nobody; each item is parsed for every signature. */
const itemLimit = 200;

/**
 * Certificates and revocation data that travel in the document. They prove themselves, so it does not matter
 * who added them or when. Source: ISO 32000-2, clause 12.8.4.3.
 */
export function readSecurityStore(file: PdfFile): SignatureValueInput["dss"] {
  const store = file.dictionary(file.catalog?.get("DSS"));
  const read = (key: string) =>
    file
      .array(store?.get(key))
      .slice(0, itemLimit)
      .flatMap((item) => decoded(file, item));
  return { certificates: read("Certs"), crls: read("CRLs"), ocsps: read("OCSPs") };
}

function decoded(file: PdfFile, item: PdfObject): Uint8Array[] {
  const stream = file.resolve(item);
  if (!(stream instanceof PdfStream)) return [];
  try {
    return [file.decode(stream)];
  } catch (error) {
    if (error instanceof SyntaxTrouble) return [];
    throw error;
  }
}
