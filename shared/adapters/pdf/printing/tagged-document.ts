import fontkit from "@cantoo/fontkit";
import {
  type PDFArray,
  PDFDocument,
  type PDFFont,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  PDFString,
  rgb,
} from "@cantoo/pdf-lib";
import { wrapText } from "./wrap-text.ts";

/** A4 in points, with room for a binder's holes. */
const paper = { width: 595.28, height: 841.89 };
const margin = { left: 70, right: 62, top: 58, bottom: 66 };
const lineHeight = 1.45;
const ink = rgb(0.1, 0.1, 0.1);
const faint = rgb(0.35, 0.35, 0.35);

export type Tag = "H1" | "H2" | "P";

const styles = {
  H1: { size: 22, bold: true, before: 0, after: 10 },
  H2: { size: 11, bold: true, before: 8, after: 1 },
  P: { size: 10, bold: false, before: 0, after: 3 },
} as const satisfies Record<Tag, { size: number; bold: boolean; before: number; after: number }>;

interface Element {
  tag: Tag;
  /** One marked-content id for each page the element stands on. */
  pieces: { page: number; id: number }[];
}

export interface DocumentWish {
  title: string;
  /** BCP 47. */
  language: string;
  regular: Uint8Array;
  semiBold: Uint8Array;
  footer: string;
}

/**
 * Sets text on A4 and says what each piece of it is, so that a screen reader can follow it. Fonts are embedded.
 * Source: ISO 14289-1 (PDF/UA-1), clauses 7.1, 7.2 and 7.21; ISO 32000-1, clauses 14.6 to 14.8.
 */
export class TaggedDocument {
  readonly #pdf: PDFDocument;
  readonly #wish: DocumentWish;
  readonly #fonts: { regular: PDFFont; semiBold: PDFFont };
  readonly #elements: Element[] = [];
  readonly #pages: PDFPage[] = [];
  /** Next marked-content id, by page. */
  readonly #ids: number[] = [];
  #y = 0;

  private constructor(pdf: PDFDocument, wish: DocumentWish, fonts: { regular: PDFFont; semiBold: PDFFont }) {
    this.#pdf = pdf;
    this.#wish = wish;
    this.#fonts = fonts;
    this.#addPage();
  }

  static async create(wish: DocumentWish): Promise<TaggedDocument> {
    const pdf = await PDFDocument.create();
    pdf.registerFontkit(fontkit);
    const fonts = {
      regular: await pdf.embedFont(wish.regular, { subset: true }),
      semiBold: await pdf.embedFont(wish.semiBold, { subset: true }),
    };
    return new TaggedDocument(pdf, wish, fonts);
  }

  /** Text as one element; goes on on the next page where this one ends. */
  write(tag: Tag, text: string): void {
    const style = styles[tag];
    const font = style.bold ? this.#fonts.semiBold : this.#fonts.regular;
    const width = paper.width - margin.left - margin.right;
    const lines = wrapText(text, (part) => font.widthOfTextAtSize(part, style.size) <= width);
    const element: Element = { tag, pieces: [] };
    this.#elements.push(element);
    this.#y -= style.before;
    this.#makeRoom(style.size * lineHeight * (tag === "P" ? 1 : 3));
    this.#begin(element);
    for (const line of lines) {
      if (this.#y - style.size * lineHeight < margin.bottom) {
        this.#end();
        this.#addPage();
        this.#begin(element);
      }
      this.#y -= style.size * lineHeight;
      this.#page.drawText(line, { x: margin.left, y: this.#y, size: style.size, font, color: ink });
    }
    this.#end();
    this.#y -= style.after;
  }

  /** Lines to be filled in by hand, each with its label below. */
  signatureLines(labels: readonly string[]): void {
    this.#makeRoom(labels.length * 46 + 6);
    for (const label of labels) {
      this.#y -= 30;
      this.#artifact(() =>
        this.#page.drawLine({
          start: { x: margin.left, y: this.#y },
          end: { x: margin.left + 300, y: this.#y },
          thickness: 0.6,
          color: faint,
        }),
      );
      this.write("P", label);
    }
  }

  async save(): Promise<Uint8Array> {
    for (const [index, page] of this.#pages.entries()) this.#writeFooter(page, index);
    this.#describe();
    this.#tag();
    return this.#pdf.save({ useObjectStreams: false });
  }

  get #page(): PDFPage {
    const page = this.#pages.at(-1);
    if (page === undefined) throw new Error("a document begins with a page");
    return page;
  }

  #addPage(): void {
    this.#pages.push(this.#pdf.addPage([paper.width, paper.height]));
    this.#ids.push(0);
    this.#y = paper.height - margin.top;
  }

  #makeRoom(height: number): void {
    if (this.#y - height < margin.bottom) this.#addPage();
  }

  #begin(element: Element): void {
    const page = this.#pages.length - 1;
    const id = this.#ids[page] ?? 0;
    this.#ids[page] = id + 1;
    element.pieces.push({ page, id });
    this.#operator(PDFOperatorNames.BeginMarkedContentSequence, [PDFName.of(element.tag), `<</MCID ${id}>>`]);
  }

  #end(): void {
    this.#operator(PDFOperatorNames.EndMarkedContent, []);
  }

  /** Drawn, but not part of what is read. */
  #artifact(draw: () => void, page = this.#page): void {
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [PDFName.of("Artifact")]));
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }

  #operator(name: PDFOperatorNames, operands: (PDFName | string)[]): void {
    this.#page.pushOperators(PDFOperator.of(name, operands));
  }

  #writeFooter(page: PDFPage, index: number): void {
    const { regular: font } = this.#fonts;
    const number = `${index + 1} / ${this.#pages.length}`;
    const right = paper.width - margin.right - font.widthOfTextAtSize(number, 8.5);
    this.#artifact(() => {
      page.drawText(this.#wish.footer, { x: margin.left, y: 40, size: 8.5, font, color: faint });
      page.drawText(number, { x: right, y: 40, size: 8.5, font, color: faint });
    }, page);
  }

  #describe(): void {
    const { title, language } = this.#wish;
    this.#pdf.setTitle(title, { showInWindowTitleBar: true });
    this.#pdf.setLanguage(language);
    this.#pdf.setProducer("OS2aftale");
    this.#pdf.setCreator("OS2aftale");
    const { context, catalog } = this.#pdf;
    const metadata = context.stream(Buffer.from(xmp(title, language)), { Type: "Metadata", Subtype: "XML" });
    catalog.set(PDFName.of("Metadata"), context.register(metadata));
    catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  }

  /** The tree of elements, and for each page the way back from its pieces. */
  #tag(): void {
    const { context, catalog } = this.#pdf;
    const root = context.nextRef();
    const document = context.nextRef();
    const parents: PDFRef[][] = this.#pages.map(() => []);
    const children = this.#elements.map((element) => {
      const reference = context.nextRef();
      for (const { page, id } of element.pieces) {
        const own = parents[page];
        if (own !== undefined) own[id] = reference;
      }
      const pieces = element.pieces.map(({ page, id }) => ({
        Type: "MCR",
        Pg: this.#pages[page]?.ref ?? document,
        MCID: id,
      }));
      context.assign(reference, context.obj({ Type: "StructElem", S: element.tag, P: document, K: pieces }));
      return reference;
    });
    context.assign(document, context.obj({ Type: "StructElem", S: "Document", P: root, K: children }));
    const numbers: PDFArray = context.obj(
      parents.flatMap((own, page) => [context.obj(page), context.obj(own)]),
    );
    const tree = {
      Type: "StructTreeRoot",
      K: document,
      ParentTree: { Nums: numbers },
      ParentTreeNextKey: parents.length,
    };
    context.assign(root, context.obj(tree));
    catalog.set(PDFName.of("StructTreeRoot"), root);
    this.#pages.forEach((page, index) => {
      page.node.set(PDFName.of("StructParents"), context.obj(index));
      page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
    });
    catalog.set(PDFName.of("Lang"), PDFString.of(this.#wish.language));
  }
}

/** Source: ISO 14289-1, clause 5. */
function xmp(title: string, language: string): string {
  const quote = (text: string) => text.replace(/[<>&"]/g, (letter) => `&#${letter.codePointAt(0)};`);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<pdfuaid:part>1</pdfuaid:part>
<dc:language><rdf:Bag><rdf:li>${quote(language)}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${quote(title)}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}
