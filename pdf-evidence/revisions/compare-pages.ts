import type { PageNode, PageTree } from "../inspection/page-tree.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { dictionaryOf, type PdfObject, PdfReference } from "../structure/pdf-objects.ts";
import type { ObjectComparison } from "./object-comparison.ts";
import type { RevisionChange } from "./revision-change.ts";

/** Compared apart (annotations, contents), by the tree (parent), or without a look of their own. */
const notCompared = new Set([
  "Annots",
  "Contents",
  "Parent",
  "Tabs",
  "LastModified",
  "PieceInfo",
  "Metadata",
]);

export interface AnnotationRoles {
  /** Widgets the form rules judge: those of fields there were. */
  readonly judgedAsFields: ReadonlySet<number>;
  /** Widgets of signature fields that were added. */
  readonly addedSignatures: ReadonlySet<number>;
}

/** What was done to the pages themselves and to what lies on them. */
export function comparePages(
  comparison: ObjectComparison,
  [before, after]: readonly [readonly PageNode[], readonly PageNode[]],
  roles: AnnotationRoles,
): RevisionChange[] {
  if (before.length !== after.length) {
    return [{ kind: "content", where: `${before.length} pages became ${after.length}` }];
  }
  return before.flatMap((page, index) => {
    const now = after[index];
    const where = `page ${index + 1}`;
    if (now === undefined || now.number !== page.number) return [{ kind: "content" as const, where }];
    return [
      ...comparePage(comparison, page, now).map((key) => ({
        kind: key === "StructParents" ? ("tags" as const) : ("content" as const),
        where: `${where}: ${key}`,
      })),
      ...compareAnnotations(comparison, [page, now], roles).map((what) => ({
        kind: "annotation" as const,
        where: `${where}: ${what}`,
      })),
    ];
  });
}

/** What the pages inherit is compared page by page. */
const inheritedOrUpwards = new Set(["Parent", "Resources", "MediaBox", "CropBox", "Rotate"]);

/** The nodes between the catalog and the pages: a wrong /Count alone hides pages from some readers. */
export function comparePageNodes(
  comparison: ObjectComparison,
  [before, after]: readonly [PageTree, PageTree],
): RevisionChange[] {
  const [then, now] = [innerNodes(before), innerNodes(after)];
  const { earlier, later } = comparison;
  const changed = [...then].filter((number) => {
    const was = dictionaryOf(earlier.object(number)?.value);
    const is = dictionaryOf(later.object(number)?.value);
    return was && is && !comparison.sameEntries(was, is, inheritedOrUpwards);
  });
  if (then.symmetricDifference(now).size === 0 && changed.length === 0) return [];
  return [{ kind: "content", where: "page tree" }];
}

function innerNodes({ pages, nodes }: PageTree): ReadonlySet<number> {
  return nodes.difference(new Set(pages.map(({ number }) => number)));
}

function comparePage(comparison: ObjectComparison, before: PageNode, after: PageNode): string[] {
  const inherited = new Set([...before.inherited.keys(), ...after.inherited.keys()]);
  const ownKeys = comparison.changedKeys(
    before.dictionary,
    after.dictionary,
    new Set([...notCompared, ...inherited]),
  );
  const inheritedKeys = [...inherited].filter(
    (key) => !comparison.same(before.inherited.get(key), after.inherited.get(key), key),
  );
  const contents = comparison.same(
    contentsOf(comparison.earlier.resolve(before.dictionary.get("Contents")), before),
    contentsOf(comparison.later.resolve(after.dictionary.get("Contents")), after),
    "Contents",
  );
  return [...ownKeys, ...inheritedKeys, ...(contents ? [] : ["Contents"])];
}

/** One stream and an array of that one stream are the same page. */
function contentsOf(resolved: PdfObject | undefined, page: PageNode): PdfObject[] {
  if (Array.isArray(resolved)) return resolved;
  const written = page.dictionary.get("Contents");
  return written === undefined ? [] : [written];
}

function compareAnnotations(
  comparison: ObjectComparison,
  [before, after]: readonly [PageNode, PageNode],
  roles: AnnotationRoles,
): string[] {
  const then = comparison.earlier.array(before.dictionary.get("Annots"));
  const now = comparison.later.array(after.dictionary.get("Annots"));
  const numbersThen = numbersOf(then);
  const numbersNow = numbersOf(now);
  const removed = [...numbersThen]
    .filter((number) => !numbersNow.has(number))
    .map((n) => `annotation ${n} removed`);
  const changed = now.flatMap((annotation) => {
    if (!(annotation instanceof PdfReference)) {
      const known = then.some((old) => !(old instanceof PdfReference) && comparison.same(old, annotation));
      return known ? [] : ["annotation added"];
    }
    const { number } = annotation;
    if (!numbersThen.has(number)) {
      return roles.addedSignatures.has(number) ? [] : [`annotation ${number} added`];
    }
    if (roles.judgedAsFields.has(number)) return [];
    return comparison.same(annotation, annotation) ? [] : [`annotation ${number} changed`];
  });
  const direct = (list: readonly PdfObject[]) =>
    list.filter((item) => !(item instanceof PdfReference)).length;
  return [
    ...removed,
    ...changed,
    ...(direct(now) < direct(then) ? ["annotation removed"] : []),
    ...(sameOrder(numbersThen, numbersNow) ? [] : ["annotations in another order"]),
  ];
}

/** The last one lies on top: two that change places show what one of them hid. */
function sameOrder(then: ReadonlySet<number>, now: ReadonlySet<number>): boolean {
  const kept = [...then].filter((number) => now.has(number));
  const keptNow = [...now].filter((number) => then.has(number));
  return kept.every((number, index) => number === keptNow[index]);
}

/** Object numbers of what lies on the page. */
export function annotationNumbers(file: PdfFile, page: PageNode): number[] {
  return [...numbersOf(file.array(page.dictionary.get("Annots")))];
}

function numbersOf(annotations: readonly PdfObject[]): Set<number> {
  return new Set(annotations.flatMap((item) => (item instanceof PdfReference ? [item.number] : [])));
}
