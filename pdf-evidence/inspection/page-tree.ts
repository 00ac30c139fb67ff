import type { PdfFile } from "../structure/pdf-file.ts";
import { isName, type PdfDictionary, type PdfObject, PdfReference } from "../structure/pdf-objects.ts";
import { limits, ReadingRefused } from "../structure/reading-limits.ts";

export interface PageNode {
  /** Object number of the page; undefined where it stands directly in its parent. */
  readonly number: number | undefined;
  readonly dictionary: PdfDictionary;
  /** What the page's ancestors say where the page itself is silent. Source: ISO 32000-2, 7.7.3.4. */
  readonly inherited: ReadonlyMap<string, PdfObject>;
}

export interface PageTree {
  readonly pages: readonly PageNode[];
  /** Object numbers of all nodes, the pages among them. */
  readonly nodes: ReadonlySet<number>;
}

const inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];

/** All pages in order. @throws ReadingRefused where the tree runs in circles, is too deep or too large */
export function readPageTree(file: PdfFile): PageTree {
  const pages: PageNode[] = [];
  const nodes = new Set<number>();

  const visit = (object: PdfObject | undefined, inherited: ReadonlyMap<string, PdfObject>, depth: number) => {
    if (depth > limits.pageTreeDepth) throw new ReadingRefused("NESTED_TOO_DEEPLY", "page tree");
    const number = object instanceof PdfReference ? object.number : undefined;
    if (number !== undefined) {
      if (nodes.has(number)) throw new ReadingRefused("PAGE_TREE_LOOP", `object ${number}`);
      nodes.add(number);
    }
    const dictionary = file.dictionary(object);
    if (dictionary === undefined) return;
    const passedOn = withOwn(dictionary, inherited);
    const kids = file.resolve(dictionary.get("Kids"));
    if (Array.isArray(kids) && !isName(file.resolve(dictionary.get("Type")), "Page")) {
      for (const kid of kids) visit(kid, passedOn, depth + 1);
      return;
    }
    pages.push({ number, dictionary, inherited: passedOn });
    if (pages.length > limits.pages) throw new ReadingRefused("TOO_MANY_PAGES", `over ${limits.pages}`);
  };
  visit(file.catalog?.get("Pages"), new Map(), 0);
  return { pages, nodes };
}

function withOwn(
  dictionary: PdfDictionary,
  inherited: ReadonlyMap<string, PdfObject>,
): ReadonlyMap<string, PdfObject> {
  const own = inheritable.flatMap((key) => {
    const value = dictionary.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return own.length === 0 ? inherited : new Map([...inherited, ...own]);
}
