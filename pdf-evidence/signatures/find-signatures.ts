import { readForm } from "../inspection/form-fields.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { PdfDictionary, PdfReference } from "../structure/pdf-objects.ts";
import { SyntaxTrouble } from "../structure/reading-limits.ts";

export interface FoundSignature {
  /** Name of the field that shows it; its object number where none does. */
  readonly field: string;
  readonly inField: boolean;
  readonly dictionary: PdfDictionary;
  /** The field's /Lock, which forbids changes once it is signed. */
  readonly lock: PdfDictionary | undefined;
}

export interface FoundSignatures {
  readonly signed: readonly FoundSignature[];
  readonly emptyFields: readonly string[];
}

/**
 * Every signature of the document: those that fields show, those that nothing shows, and those that a later
 * revision no longer leads to: cutting a signature off must not leave a clean file.
 */
export function findSignatures(file: PdfFile): FoundSignatures {
  const signed = new Map<PdfDictionary, FoundSignature>();
  const emptyFields: string[] = [];
  for (const field of readForm(file).fields.values()) {
    if (field.type !== "Sig") continue;
    const dictionary = file.resolve(field.dictionary.get("V"));
    if (!(dictionary instanceof PdfDictionary)) emptyFields.push(field.name);
    else if (!signed.has(dictionary)) {
      const lock = file.dictionary(field.dictionary.get("Lock"));
      signed.set(dictionary, { field: field.name, inField: true, dictionary, lock });
    }
  }
  for (const orphan of signaturesWithoutField(file, signed)) signed.set(orphan.dictionary, orphan);
  for (const removed of signaturesLeftBehind(file, signed)) signed.set(removed.dictionary, removed);
  return { signed: [...signed.values()], emptyFields };
}

function signaturesWithoutField(file: PdfFile, known: ReadonlyMap<PdfDictionary, unknown>): FoundSignature[] {
  const usageRights = usageRightsNumber(file);
  return [...file.entries.keys()].flatMap((number) => {
    const dictionary = file.object(number)?.value;
    if (!(dictionary instanceof PdfDictionary) || known.has(dictionary) || number === usageRights) return [];
    if (!looksLikeSignature(dictionary)) return [];
    return [{ field: `object ${number}`, inField: false, dictionary, lock: undefined }];
  });
}

const marker = "/ByteRange";
/** Nobody signs more often; a file of nothing but such words is not worth reading them all. */
const mostLeftBehind = 50;

/** In objects of earlier revisions, and where no table leads. In a stream's data, such words are another file's. */
function signaturesLeftBehind(file: PdfFile, known: ReadonlyMap<PdfDictionary, unknown>): FoundSignature[] {
  const places = new Set([...known.keys()].map((dictionary) => dictionary.place.start));
  const found: FoundSignature[] = [];
  for (const { number, value: dictionary } of [...file.extents.listed, ...unlistedSignatures(file)]) {
    if (!(dictionary instanceof PdfDictionary) || !looksLikeSignature(dictionary)) continue;
    if (places.has(dictionary.place.start) || givesUsageRights(file, dictionary)) continue;
    places.add(dictionary.place.start);
    found.push({ field: `object ${number}`, inField: false, dictionary, lock: undefined });
    if (found.length === mostLeftBehind) break;
  }
  return found;
}

function* unlistedSignatures(file: PdfFile): Generator<{ number: number; value: unknown }> {
  let tries = 0;
  for (const { start, end } of file.extents.gaps) {
    const gap = file.bytes.subarray(start, end);
    let at = gap.indexOf(marker, 0, "latin1");
    for (; at >= 0 && tries < mostLeftBehind; tries++) {
      const object = objectAround(file, start + at);
      if (object !== undefined) yield object;
      at = gap.indexOf(marker, Math.max(at + marker.length, (object?.end ?? 0) - start), "latin1");
    }
  }
}

/** The object that these bytes lie in, read where it stands whether or not any table leads there. */
function objectAround(
  file: PdfFile,
  at: number,
): { readonly number: number; readonly value: unknown; readonly end: number } | undefined {
  const word = file.bytes.lastIndexOf("obj", at, "latin1");
  const before = file.bytes.toString("latin1", Math.max(0, word - 24), Math.max(0, word));
  const header = /(\d+)\s+\d+\s+$/.exec(before);
  if (word < 0 || header === null) return undefined;
  try {
    const object = file.objectAt(word - header[0].length);
    return object.end > at ? { number: Number(header[1]), value: object.value, end: object.end } : undefined;
  } catch (error) {
    if (error instanceof SyntaxTrouble) return undefined;
    throw error;
  }
}

/** Source: ISO 32000-1, clause 12.8.2.3. */
function givesUsageRights(file: PdfFile, dictionary: PdfDictionary): boolean {
  const references = file.array(dictionary.get("Reference")).map((reference) => file.dictionary(reference));
  return references.some((reference) => /^UR3?$/.test(file.name(reference?.get("TransformMethod")) ?? ""));
}

function looksLikeSignature(dictionary: PdfDictionary): boolean {
  return dictionary.get("ByteRange") !== undefined && dictionary.get("Contents") !== undefined;
}

/** Adobe's usage rights are signed too, but say nothing about the content. Source: ISO 32000-1, table 258. */
function usageRightsNumber(file: PdfFile): number | undefined {
  const permissions = file.dictionary(file.catalog?.get("Perms"));
  const rights = permissions?.get("UR3") ?? permissions?.get("UR");
  return rights instanceof PdfReference ? rights.number : undefined;
}
