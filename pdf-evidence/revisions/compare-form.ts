import type { Form, FormField, FormNode } from "../inspection/form-fields.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { dictionaryOf, PdfDictionary, type PdfObject, PdfReference } from "../structure/pdf-objects.ts";
import type { ObjectComparison } from "./object-comparison.ts";
import type { RevisionChange } from "./revision-change.ts";

/** What changes with a field's value, and nothing else may. */
const valueKeys = new Set(["V", "I", "RV"]);
/** How the value is drawn. May follow the value, not go ahead of it. */
const appearanceKeys = new Set(["AP", "AS", "MK"]);
/** Where the node hangs and when it was touched: compared by the trees it hangs in, or without meaning. */
const placementKeys = new Set(["Parent", "Kids", "P", "M"]);
/** What a signer adds to the empty field it signs. Neither where it stands nor what it locks. */
const signingKeys = new Set(["V", "AP", "AS", "MK", "M", "P", "F", "DA", "Kids", "Parent"]);
/** What a signer's tool may say of the field it signs where nothing was said: it binds this signer and shows nothing. */
const bindingKeys = new Set(["Lock", "SV", "NM"]);
/** Flags of a field: read-only, required, not exported. None is seen. Source: ISO 32000-2, table 227. */
const unseenFlags = 0b111;

const union = (...sets: ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set]));
const filling = union(valueKeys, appearanceKeys, placementKeys);

/**
 * What was done to the form: fields filled in, signed, added, removed.
 * @param shownThen object numbers of the annotations that lay on the signed pages
 */
export function compareForms(
  comparison: ObjectComparison,
  [before, after]: readonly [Form, Form],
  shownThen: ReadonlySet<number>,
): RevisionChange[] {
  const changes: RevisionChange[] = [];
  for (const [name, field] of before.fields) {
    const now = after.fields.get(name);
    if (now === undefined) changes.push({ kind: "content", where: `field ${name} removed` });
    else changes.push(...compareField(comparison, [field, now]));
  }
  for (const [name, group] of before.groups) {
    const now = after.groups.get(name);
    const same = now !== undefined && comparison.sameEntries(group.dictionary, now.dictionary, placementKeys);
    if (!same) changes.push({ kind: "content", where: `field group ${name}` });
  }
  for (const [name, field] of after.fields) {
    if (!before.fields.has(name)) changes.push(addedField(comparison.later, field, shownThen));
  }
  return changes;
}

function compareField(
  comparison: ObjectComparison,
  [before, after]: readonly [FormField, FormField],
): RevisionChange[] {
  const where = `field ${before.name}`;
  if (before.number !== after.number || before.type !== after.type) return [{ kind: "content", where }];
  return before.type === "Sig"
    ? compareSignatureField(comparison, [before, after])
    : compareFilledField(comparison, before, after);
}

function compareSignatureField(
  comparison: ObjectComparison,
  [before, after]: readonly [FormField, FormField],
): RevisionChange[] {
  const signedBefore = isSigned(comparison.earlier, before);
  const signedNow = isSigned(comparison.later, after);
  const isBeingSigned = !signedBefore && signedNow;
  const allowed = isBeingSigned
    ? union(signingKeys, boundBySigner(comparison, before, after))
    : placementKeys;
  const same =
    comparison.sameEntries(before.dictionary, after.dictionary, allowed) &&
    sameWidgets(comparison, before, after, allowed);
  if (!same) return [{ kind: "content", where: `signature field ${before.name}` }];
  if (replacesSharedAppearance(comparison, before, after)) {
    return [
      { kind: "annotation", where: `signature field ${before.name}: an appearance shown elsewhere too` },
    ];
  }
  if (!isBeingSigned) return [];
  return [addedSignature(comparison.later, after, isRedrawn(comparison, before, after))];
}

/** Only what was not there yet: a lock that the document came with must stay as it was. */
function boundBySigner(
  comparison: ObjectComparison,
  { dictionary: before }: FormField,
  { dictionary: after }: FormField,
): ReadonlySet<string> {
  const bound = [...bindingKeys].filter((key) => before.get(key) === undefined);
  const flags = comparison.later.resolve(after.get("Ff"));
  const setsUnseen =
    before.get("Ff") === undefined && typeof flags === "number" && (flags | unseenFlags) === unseenFlags;
  return new Set([...bound, ...(setsUnseen ? ["Ff"] : [])]);
}

/** The field drew nothing when it was empty, or something else. */
function isRedrawn(comparison: ObjectComparison, before: FormField, after: FormField): boolean {
  return after.widgets.some((widget, index) => {
    const then = before.widgets[index]?.dictionary.get("AP");
    return isDrawn(comparison.later, widget) && !comparison.same(then, widget.dictionary.get("AP"), "AP");
  });
}

/**
 * The field drew something that the document uses elsewhere too, and now draws something else: what was prepared
 * like this before signing may have been meant to come apart.
 */
function replacesSharedAppearance(
  comparison: ObjectComparison,
  before: FormField,
  after: FormField,
): boolean {
  return before.widgets.some((widget, index) => {
    const then = widget.dictionary.get("AP");
    const now = after.widgets[index]?.dictionary.get("AP");
    if (!(then instanceof PdfReference)) return false;
    if (now instanceof PdfReference && now.number === then.number) return false;
    return countReferences(comparison.earlier, then.number) > 1;
  });
}

/** How often the object is referred to, in all objects and the trailer. */
function countReferences(file: PdfFile, number: number): number {
  let count = 0;
  const open: (PdfObject | undefined)[] = [file.trailer];
  for (const other of file.entries.keys()) open.push(file.object(other)?.value);
  for (let object = open.pop(); open.length > 0 || object !== undefined; object = open.pop()) {
    if (object instanceof PdfReference && object.number === number) count++;
    if (Array.isArray(object)) open.push(...object);
    const dictionary = dictionaryOf(object);
    if (dictionary !== undefined) open.push(...dictionary.entries.values());
  }
  return count;
}

function compareFilledField(
  comparison: ObjectComparison,
  before: FormField,
  after: FormField,
): RevisionChange[] {
  const where = `field ${before.name}`;
  const sameElse =
    comparison.sameEntries(before.dictionary, after.dictionary, filling) &&
    sameWidgets(comparison, before, after, filling);
  if (!sameElse) return [{ kind: "content", where }];
  const onlyValue = union(appearanceKeys, placementKeys);
  if (!comparison.sameEntries(before.dictionary, after.dictionary, onlyValue)) {
    return [{ kind: "form", where, field: before.name }];
  }
  const onlyAppearance = union(valueKeys, placementKeys);
  const sameLook =
    comparison.sameEntries(before.dictionary, after.dictionary, onlyAppearance) &&
    sameWidgets(comparison, before, after, onlyAppearance);
  return sameLook ? [] : [{ kind: "content", where: `${where} redrawn` }];
}

function sameWidgets(
  comparison: ObjectComparison,
  before: FormField,
  after: FormField,
  except: ReadonlySet<string>,
): boolean {
  if (before.widgets.length !== after.widgets.length) return false;
  return before.widgets.every((widget, index) => {
    const now = after.widgets[index];
    return (
      now !== undefined &&
      now.number === widget.number &&
      comparison.sameEntries(widget.dictionary, now.dictionary, except)
    );
  });
}

function addedField(file: PdfFile, field: FormField, shownThen: ReadonlySet<number>): RevisionChange {
  if (field.type !== "Sig") return { kind: "content", where: `field ${field.name} added` };
  if (isSigned(file, field)) return addedSignature(file, field, isNewlyDrawn(file, field, shownThen));
  return isNewlyDrawn(file, field, shownThen)
    ? { kind: "content", where: `field ${field.name} added` }
    : { kind: "empty-signature-field", where: `field ${field.name}` };
}

function addedSignature(file: PdfFile, field: FormField, newlyVisible: boolean): RevisionChange {
  const value = file.dictionary(field.dictionary.get("V"));
  return {
    kind: "signature",
    where: `signature ${field.name}`,
    field: field.name,
    dictionaryStart: value?.place.start ?? -1,
    documentTimeStamp: file.name(value?.get("SubFilter")) === "ETSI.RFC3161",
    newlyVisible,
  };
}

/** Drawn where the signed document had nothing to draw. */
function isNewlyDrawn(file: PdfFile, field: FormField, shownThen: ReadonlySet<number>): boolean {
  return field.widgets.some(
    (widget) => isDrawn(file, widget) && !(widget.number !== undefined && shownThen.has(widget.number)),
  );
}

export function isSigned(file: PdfFile, field: FormField): boolean {
  return file.resolve(field.dictionary.get("V")) instanceof PdfDictionary;
}

function isDrawn(file: PdfFile, widget: FormNode): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] = file
    .array(widget.dictionary.get("Rect"))
    .map((side: PdfObject) => file.number(side) ?? 0);
  const hasArea = left !== right && bottom !== top;
  return hasArea && file.resolve(widget.dictionary.get("AP")) !== undefined;
}
