import { readForm } from "../inspection/form-fields.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { PdfDictionary, PdfReference } from "../structure/pdf-objects.ts";

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

/** Every signature of the document: those that fields show, and those that nothing shows. */
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

function looksLikeSignature(dictionary: PdfDictionary): boolean {
  return dictionary.get("ByteRange") !== undefined && dictionary.get("Contents") !== undefined;
}

/** Adobe's usage rights are signed too, but say nothing about the content. Source: ISO 32000-1, table 258. */
function usageRightsNumber(file: PdfFile): number | undefined {
  const permissions = file.dictionary(file.catalog?.get("Perms"));
  const rights = permissions?.get("UR3") ?? permissions?.get("UR");
  return rights instanceof PdfReference ? rights.number : undefined;
}
