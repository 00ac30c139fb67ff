import { type Form, readForm } from "../inspection/form-fields.ts";
import { readPageTree } from "../inspection/page-tree.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { PdfDictionary, type PdfObject, PdfReference, PdfStream } from "../structure/pdf-objects.ts";
import { SyntaxTrouble } from "../structure/reading-limits.ts";
import { compareForms, isSigned } from "./compare-form.ts";
import { annotationNumbers, comparePageNodes, comparePages } from "./compare-pages.ts";
import { ObjectComparison } from "./object-comparison.ts";
import type { RevisionChange } from "./revision-change.ts";

/** What every revision has anew: its place in the chain, and how its own table is written. */
const revisionKeys = new Set([
  "Size",
  "Prev",
  "XRefStm",
  "ID",
  "Info",
  "Root",
  "W",
  "Index",
  "Type",
  "Length",
  "Filter",
  "DecodeParms",
]);
/** Catalog entries with rules of their own, or that say nothing about what is seen. */
const judgedApart = new Set(["Type", "Pages", "AcroForm", "DSS", "Metadata", "Version", "Extensions"]);
const tagKeys = new Set(["StructTreeRoot", "MarkInfo", "Lang"]);
const formJudgedApart = new Set(["Fields", "SigFlags", "DR", "NeedAppearances"]);

/**
 * Everything that is different in the document now from the revision that was signed, by a whitelist: what no
 * rule names as harmless is a change of content.
 * @throws ReadingRefused where comparing takes more than is allowed
 */
export function compareRevisions(signed: PdfFile, now: PdfFile): RevisionChange[] {
  const [formThen, formNow] = [readForm(signed), readForm(now)];
  const [pagesThen, pagesNow] = [readPageTree(signed), readPageTree(now)];
  const [fieldsThen, fieldsNow] = [formNumbers(formThen), formNumbers(formNow)];
  const landmarks = new Set([...pagesThen.nodes, ...fieldsThen, ...roots(signed), ...roots(now)]);
  const comparison = new ObjectComparison(signed, now, landmarks);
  const added = [...formNow.fields.values()].filter((field) => {
    const then = formThen.fields.get(field.name);
    return field.type === "Sig" && (then === undefined || !isSigned(signed, then));
  });
  const shownThen = new Set(pagesThen.pages.flatMap((page) => annotationNumbers(signed, page)));
  const addedSignatures = new Set(
    added.flatMap((field) => field.widgets.flatMap((widget) => widget.number ?? [])),
  );
  const judgedAsFields = new Set([...fieldsThen].filter((number) => fieldsNow.has(number)));
  return [
    ...compareTrailers(comparison),
    ...compareCatalogs(comparison),
    ...compareFormSettings(comparison, formThen),
    ...compareForms(comparison, [formThen, formNow], shownThen),
    ...comparePageNodes(comparison, [pagesThen, pagesNow]),
    ...comparePages(comparison, [pagesThen.pages, pagesNow.pages], { judgedAsFields, addedSignatures }),
    ...compareSecurityStores(comparison),
  ];
}

function roots(file: PdfFile): number[] {
  const root = file.trailer.get("Root");
  const form = file.catalog?.get("AcroForm");
  return [root, form].flatMap((object) => (object instanceof PdfReference ? [object.number] : []));
}

function formNumbers(form: Form): Set<number> {
  const nodes = [...form.fields.values()].flatMap((field) => [field, ...field.widgets]);
  return new Set([...nodes, ...form.groups.values()].flatMap((node) => node.number ?? []));
}

/** A key the later trailer no longer has leads nowhere; one it has anew or otherwise leads a reader elsewhere. */
function compareTrailers(comparison: ObjectComparison): RevisionChange[] {
  const [before, after] = [comparison.earlier.trailer, comparison.later.trailer];
  return comparison
    .changedKeys(before, after, revisionKeys)
    .filter((key) => after.get(key) !== undefined)
    .map((key) => content(`trailer: ${key}`));
}

function content(where: string): RevisionChange {
  return { kind: "content", where };
}

function compareCatalogs(comparison: ObjectComparison): RevisionChange[] {
  const [before, after] = [comparison.earlier.catalog, comparison.later.catalog];
  if (before === undefined || after === undefined) return [content("no catalog")];
  return comparison
    .changedKeys(before, after, judgedApart)
    .map((key) =>
      tagKeys.has(key) ? { kind: "tags", where: `catalog: ${key}` } : content(`catalog: ${key}`),
    );
}

function compareFormSettings(comparison: ObjectComparison, formThen: Form): RevisionChange[] {
  const before = comparison.earlier.dictionary(comparison.earlier.catalog?.get("AcroForm"));
  const after = comparison.later.dictionary(comparison.later.catalog?.get("AcroForm"));
  if (before === undefined) return after?.get("XFA") === undefined ? [] : [content("form: XFA")];
  if (after === undefined) return [content("form removed")];
  const filled = [...formThen.fields.values()].some((field) => field.type !== "Sig");
  const changes = comparison
    .changedKeys(before, after, new Set([...formJudgedApart, ...(filled ? [] : ["DA"])]))
    .map((key) => content(`form: ${key}`));
  if (!onlyAdds(comparison, before.get("DR"), after.get("DR"))) changes.push(content("form: DR"));
  const redraws = comparison.later.resolve(after.get("NeedAppearances")) === true;
  const redrew = comparison.earlier.resolve(before.get("NeedAppearances")) === true;
  if (redraws && !redrew && filled) changes.push(content("form: NeedAppearances"));
  return changes;
}

/** Signers add the fonts of their appearance; what was there has to stay as it was. Two levels: kind, name. */
function onlyAdds(
  comparison: ObjectComparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): boolean {
  const [then, now] = [comparison.earlier.resolve(before), comparison.later.resolve(after)];
  if (then === undefined) return true;
  if (!(then instanceof PdfDictionary) || !(now instanceof PdfDictionary))
    return comparison.same(before, after);
  return [...then.entries].every(([kind, resources]) => {
    const [old, current] = [
      comparison.earlier.dictionary(resources),
      comparison.later.dictionary(now.get(kind)),
    ];
    if (old === undefined || current === undefined) return comparison.same(resources, now.get(kind));
    return [...old.entries].every(([name, resource]) => comparison.same(resource, current.get(name)));
  });
}

/** Certificates and revocation data may be added, not taken away. Source: ISO 32000-2, clause 12.8.4.3. */
function compareSecurityStores(comparison: ObjectComparison): RevisionChange[] {
  const before = comparison.earlier.dictionary(comparison.earlier.catalog?.get("DSS"));
  const after = comparison.later.dictionary(comparison.later.catalog?.get("DSS"));
  const removed = ["Certs", "CRLs", "OCSPs"].filter((key) => {
    const kept = new Set(storedBytes(comparison.later, after?.get(key)));
    return storedBytes(comparison.earlier, before?.get(key)).some((bytes) => !kept.has(bytes));
  });
  if (removed.length > 0) {
    const where = `validation data removed: ${removed.join(", ")}`;
    return [{ kind: "validation-data", where, removed: true }];
  }
  if (comparison.same(before, after)) return [];
  return [{ kind: "validation-data", where: "validation data added", removed: false }];
}

function storedBytes(file: PdfFile, object: PdfObject | undefined): string[] {
  return file.array(object).flatMap((item) => {
    const stream = file.resolve(item);
    return stream instanceof PdfStream ? decoded(file, stream) : [];
  });
}

/** What can't be decoded is not there to check a signature with. */
function decoded(file: PdfFile, stream: PdfStream): string[] {
  try {
    return [file.decode(stream).toString("base64")];
  } catch (error) {
    if (error instanceof SyntaxTrouble) return [];
    throw error;
  }
}
