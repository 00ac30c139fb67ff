import { type PDFDocument, PDFName, PDFNumber, type PDFPage, type PDFRef } from "@cantoo/pdf-lib";

export type Tag = "H1" | "H2" | "H3" | "P";

interface Element {
  tag: Tag;
  /** Marked content, a piece for each page the element stands on. */
  pieces: { page: PDFPage; id: number }[];
}

/**
 * What each piece of a document is, in the order in which it is read aloud.
 * Source: ISO 32000-1, clauses 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), clauses 7.1 and 7.4.
 */
export class StructureTree {
  readonly #elements: Element[] = [];
  /** By page: which element each marked-content id belongs to. */
  readonly #owners = new Map<PDFPage, Element[]>();

  add(tag: Tag): Element {
    const element: Element = { tag, pieces: [] };
    this.#elements.push(element);
    return element;
  }

  /** @returns the id to mark the element's next piece with, unique on its page */
  addPiece(element: Element, page: PDFPage): number {
    const owners = this.#owners.get(page) ?? [];
    this.#owners.set(page, owners);
    const id = owners.push(element) - 1;
    element.pieces.push({ page, id });
    return id;
  }

  /** The tree of elements, and for each page the way back from its pieces. */
  writeInto({ context, catalog }: PDFDocument): void {
    const root = context.nextRef();
    const document = context.nextRef();
    const references = new Map<Element, PDFRef>(
      this.#elements.map((element) => [element, context.nextRef()]),
    );
    for (const [element, reference] of references) {
      const pieces = element.pieces.map(({ page, id }) => ({ Type: "MCR", Pg: page.ref, MCID: id }));
      context.assign(reference, context.obj({ Type: "StructElem", S: element.tag, P: document, K: pieces }));
    }
    context.assign(
      document,
      context.obj({ Type: "StructElem", S: "Document", P: root, K: [...references.values()] }),
    );
    const parents = [...this.#owners].flatMap(([page, owners], index) => {
      page.node.set(PDFName.of("StructParents"), PDFNumber.of(index));
      const row = owners.flatMap((element) => references.get(element) ?? []);
      return [PDFNumber.of(index), context.obj(row)];
    });
    context.assign(
      root,
      context.obj({
        Type: "StructTreeRoot",
        K: [document],
        ParentTree: { Nums: parents },
        ParentTreeNextKey: this.#owners.size,
      }),
    );
    catalog.set(PDFName.of("StructTreeRoot"), root);
    catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  }
}
