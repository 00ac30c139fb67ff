import { type PDFDocument, PDFName, PDFNumber, type PDFPage, type PDFRef } from "@cantoo/pdf-lib";

export type TextTag = "H1" | "H2" | "H3" | "P";
export type CellTag = "TH" | "TD";
export type Tag = TextTag | "Table" | "TR" | CellTag;

/** What a heading cell is the heading of. */
export type Scope = "Column" | "Row";

export interface Element {
  tag: Tag;
  scope: Scope | undefined;
  /** Marked content, a piece for each page the element stands on. */
  pieces: { page: PDFPage; id: number }[];
  children: Element[];
}

/**
 * What each piece of a document is, in the order in which it is read aloud.
 * Source: ISO 32000-1, clauses 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), clauses 7.1 and 7.4.
 */
export class StructureTree {
  readonly #top: Element[] = [];
  /** By page: which element each marked-content id belongs to. */
  readonly #owners = new Map<PDFPage, Element[]>();

  /** At the end of what is read, or of the element that it is a part of. */
  add(tag: Tag, within?: { parent: Element; scope?: Scope | undefined }): Element {
    const element: Element = { tag, scope: within?.scope, pieces: [], children: [] };
    (within?.parent.children ?? this.#top).push(element);
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
    const references = new Map<Element, PDFRef>();
    const write = (element: Element, parent: PDFRef): PDFRef => {
      const reference = context.nextRef();
      references.set(element, reference);
      const pieces = element.pieces.map(({ page, id }) => ({ Type: "MCR", Pg: page.ref, MCID: id }));
      const kids = element.children.map((child) => write(child, reference));
      const attributes = element.scope === undefined ? {} : { A: { O: "Table", Scope: element.scope } };
      const entries = { Type: "StructElem", S: element.tag, P: parent, K: [...pieces, ...kids] };
      context.assign(reference, context.obj({ ...entries, ...attributes }));
      return reference;
    };
    const kids = this.#top.map((element) => write(element, document));
    context.assign(document, context.obj({ Type: "StructElem", S: "Document", P: root, K: kids }));
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
