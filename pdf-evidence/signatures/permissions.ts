import type { PdfFile } from "../structure/pdf-file.ts";
import { type PdfDictionary, PdfString } from "../structure/pdf-objects.ts";

/** What a signature allows to be changed afterwards. */
export interface Permissions {
  /** DocMDP: 1 nothing, 2 form filling and signing, 3 annotations as well; undefined where nothing is said. */
  readonly certificationLevel?: 1 | 2 | 3;
  /** Whether a field, by its full name, was locked. Source: ISO 32000-2, clause 12.8.2.4. */
  isLocked(field: string): boolean;
}

/**
 * Reads DocMDP and FieldMDP from the signature's references and the /Lock of its field.
 * Source: ISO 32000-2, clauses 12.8.2.2 and 12.8.2.4, table 236 for /Lock.
 */
export function readPermissions(
  file: PdfFile,
  signature: PdfDictionary,
  lock: PdfDictionary | undefined,
): Permissions {
  const references = file.array(signature.get("Reference")).flatMap((item) => file.dictionary(item) ?? []);
  const transform = (method: string) =>
    references
      .filter((reference) => file.name(reference.get("TransformMethod")) === method)
      .map((reference) => file.dictionary(reference.get("TransformParams")));
  const levels = [
    ...transform("DocMDP").map((parameters) => level(file, parameters) ?? 2),
    ...[level(file, lock)].filter((value) => value !== undefined),
  ];
  const locks = [...transform("FieldMDP"), lock].flatMap((parameters) => readLock(file, parameters));
  const strictest = levels.toSorted((a, b) => a - b)[0];
  return {
    ...(strictest === undefined ? {} : { certificationLevel: strictest }),
    isLocked: (field) => locks.some((locked) => locked(field)),
  };
}

function level(file: PdfFile, parameters: PdfDictionary | undefined): 1 | 2 | 3 | undefined {
  const value = file.number(parameters?.get("P"));
  return value === 1 || value === 2 || value === 3 ? value : undefined;
}

/** A named field locks the fields below it too. */
function readLock(file: PdfFile, parameters: PdfDictionary | undefined): ((field: string) => boolean)[] {
  const action = file.name(parameters?.get("Action"));
  if (parameters === undefined || action === undefined) return [];
  const names = file.array(parameters.get("Fields")).flatMap((item) => {
    const name = file.resolve(item);
    return name instanceof PdfString ? [name.toText()] : [];
  });
  const named = (field: string) => names.some((name) => field === name || field.startsWith(`${name}.`));
  if (action === "All") return [() => true];
  if (action === "Include") return [named];
  return action === "Exclude" ? [(field) => !named(field)] : [];
}
