import fontkit from "@cantoo/fontkit";
import {
  PDFDocument,
  type PDFFont,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  rgb,
} from "@cantoo/pdf-lib";
import { type Description, describeDocument } from "./describe-document.ts";
import { printableText } from "./printable-text.ts";
import { StructureTree, type Tag } from "./structure-tree.ts";
import { wrapText } from "./wrap-text.ts";

/** A4 in points, with room for a binder's holes. */
const paper = { width: 595.28, height: 841.89, left: 74, right: 74, top: 62, bottom: 74 } as const;
export const bodyWidth = paper.width - paper.left - paper.right;
const bodyHeight = paper.height - paper.top - paper.bottom;
const footerAt = 42;

/** The ground tone of OS2aftale's pages, and its lighter kin. */
const colours = {
  accent: rgb(0x12 / 255, 0x50 / 255, 0x5b / 255),
  ink: rgb(0.1, 0.1, 0.1),
  quiet: rgb(0x59 / 255, 0x59 / 255, 0x59 / 255),
  line: rgb(0.55, 0.55, 0.55),
  tint: rgb(0xea / 255, 0xf1 / 255, 0xf2 / 255),
} as const;

export interface Style {
  size: number;
  /** From one base line to the next. */
  lead: number;
  bold?: boolean;
  colour: keyof typeof colours;
}

/** Text in a column of its own. Points, from the block's left edge. */
export interface Run {
  text: string;
  style: Style;
  x: number;
  width: number;
}

export type Block =
  /** One element; its runs stand side by side and are read one after the other. */
  | { kind: "text"; tag: Tag; before: number; runs: readonly Run[] }
  /** A line to write on, or one that only divides. */
  | { kind: "rule"; before: number; width: number; thickness: number; colour: keyof typeof colours };

interface Columns {
  above: readonly Block[];
  gap: number;
  columns: readonly { x: number; width: number; blocks: readonly Block[] }[];
  /** A tinted ground under each column, this much wider on every side. */
  panel?: number;
}

interface DocumentWish extends Description {
  regular: Uint8Array;
  semiBold: Uint8Array;
  footer: string;
  pageNumber: (page: number, pages: number) => string;
}

type LaidRun = Omit<Run, "text"> & { font: PDFFont; lines: readonly string[] };

/**
 * Sets text on A4 and says what each piece of it is, so that a screen reader can follow it. Fonts are embedded.
 * What belongs together stays on one page; what is longer than a page goes on on the next.
 * Source: ISO 14289-1 (PDF/UA-1), clauses 7.1, 7.2 and 7.21; ISO 32000-1, clause 14.6.
 */
export class TaggedDocument {
  readonly #pdf: PDFDocument;
  readonly #wish: DocumentWish;
  readonly #fonts: { regular: PDFFont; semiBold: PDFFont };
  readonly #covered: ReadonlySet<number>;
  readonly #tree = new StructureTree();
  readonly #pages: PDFPage[] = [];
  #y = 0;

  private constructor(pdf: PDFDocument, wish: DocumentWish, fonts: { regular: PDFFont; semiBold: PDFFont }) {
    this.#pdf = pdf;
    this.#wish = wish;
    this.#fonts = fonts;
    this.#covered = new Set(fonts.regular.getCharacterSet());
    this.#addPage();
  }

  static async create(wish: DocumentWish): Promise<TaggedDocument> {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    pdf.registerFontkit(fontkit);
    // No ligatures: a copied or extracted "fi" is to be two letters everywhere.
    const subset = { subset: true, features: { liga: false } };
    const fonts = {
      // ISO 32000-1, clause 9.6.4: a subset's name begins with six capitals.
      regular: await pdf.embedFont(wish.regular, { ...subset, customName: "OSREGA+IBMPlexSans-Regular" }),
      semiBold: await pdf.embedFont(wish.semiBold, { ...subset, customName: "OSSEMI+IBMPlexSans-SemiBold" }),
    };
    return new TaggedDocument(pdf, wish, fonts);
  }

  /** Places blocks below each other, on one page if a page can hold them. */
  place(blocks: readonly Block[]): void {
    const height = this.#heightOf(blocks);
    if (height <= bodyHeight) this.#makeRoom(height);
    for (const block of blocks) this.#draw(block, 0);
  }

  /**
   * Places columns beside each other, read from left to right, on one page with what stands above them;
   * below each other if they are higher than a page.
   */
  placeColumns({ above, gap, columns, panel = 0 }: Columns): void {
    const height = Math.max(...columns.map(({ blocks }) => this.#heightOf(blocks))) + 2 * panel;
    const together = this.#heightOf(above) + gap + height;
    if (together <= bodyHeight) this.#makeRoom(together);
    this.place(above);
    this.#y -= gap;
    if (height > bodyHeight) {
      for (const { blocks } of columns) {
        this.place(blocks);
        this.#y -= 14;
      }
      return;
    }
    this.#makeRoom(height);
    const top = this.#y;
    for (const { x, width, blocks } of columns) {
      if (panel > 0) this.#drawPanel({ x, width, top, height });
      this.#y = top - panel;
      for (const block of blocks) this.#draw(block, x + panel);
    }
    this.#y = top - height;
  }

  /** What stands at the head of the first page, drawn and not read aloud: the title says it. */
  letterhead(name: string, aside: string): void {
    const { semiBold, regular } = this.#fonts;
    const page = this.#page;
    const side = this.#printable(aside);
    this.#artifact("<</Type /Pagination /Subtype /Header>>", page, () => {
      this.#y -= 20;
      const baseline = { y: this.#y, color: colours.accent };
      page.drawText(name, { x: paper.left, size: 24, font: semiBold, ...baseline });
      const x = paper.width - paper.right - regular.widthOfTextAtSize(side, 9);
      page.drawText(side, { x, size: 9, font: regular, y: this.#y, color: colours.quiet });
      this.#y -= 14;
      page.drawRectangle({ x: paper.left, width: bodyWidth, height: 2, ...baseline, y: this.#y });
    });
  }

  async save(): Promise<Uint8Array> {
    for (const [index, page] of this.#pages.entries()) this.#drawFooter(page, index + 1);
    describeDocument(this.#pdf, this.#wish);
    this.#tree.writeInto(this.#pdf);
    return this.#pdf.save({ useObjectStreams: false });
  }

  get #page(): PDFPage {
    const page = this.#pages.at(-1);
    if (page === undefined) throw new Error("a document begins with a page");
    return page;
  }

  #addPage(): void {
    this.#pages.push(this.#pdf.addPage([paper.width, paper.height]));
    this.#y = paper.height - paper.top;
  }

  #makeRoom(height: number): void {
    if (this.#y - height < paper.bottom) this.#addPage();
  }

  #printable(text: string): string {
    return printableText(text, (codePoint) => this.#covered.has(codePoint));
  }

  #lay({ text, ...run }: Run): LaidRun {
    const font = run.style.bold === true ? this.#fonts.semiBold : this.#fonts.regular;
    const fits = (line: string) => font.widthOfTextAtSize(line, run.style.size) <= run.width;
    // A no-break space has done its work: who copies or searches the text expects a plain one.
    const lines = wrapText(this.#printable(text), fits).map((line) => line.replaceAll("\u00a0", " "));
    return { ...run, font, lines };
  }

  #heightOf(blocks: readonly Block[]): number {
    const heights = blocks.map((block) =>
      block.kind === "rule"
        ? block.before
        : block.before + Math.max(...block.runs.map((run) => this.#lay(run).lines.length * run.style.lead)),
    );
    return heights.reduce((total, height) => total + height, 0);
  }

  #draw(block: Block, x: number): void {
    this.#y -= block.before;
    if (block.kind === "text") this.#drawText(block.tag, block.runs, x);
    else this.#drawRule(block, x);
  }

  #drawText(tag: Tag, runs: readonly Run[], x: number): void {
    const laid = runs.map((run) => this.#lay(run));
    const lead = Math.max(...laid.map(({ style }) => style.lead));
    const baseline = Math.max(...laid.map(({ style }) => style.size)) * 1.13;
    const rows = Math.max(...laid.map(({ lines }) => lines.length));
    if (rows === 0) return;
    const element = this.#tree.add(tag);
    this.#makeRoom(lead);
    this.#begin(tag, this.#tree.addPiece(element, this.#page));
    for (let row = 0; row < rows; row++) {
      if (this.#y - lead < paper.bottom) {
        this.#end();
        this.#addPage();
        this.#begin(tag, this.#tree.addPiece(element, this.#page));
      }
      this.#y -= lead;
      for (const run of laid) this.#drawRow(run, row, { x, y: this.#y + lead - baseline });
    }
    this.#end();
  }

  #drawRow({ lines, font, style, x }: LaidRun, row: number, at: { x: number; y: number }): void {
    const line = lines[row];
    if (line === undefined) return;
    // The space at the end keeps the words of two lines, or of label and value, apart when they are read aloud.
    const place = { x: paper.left + at.x + x, y: at.y };
    this.#page.drawText(`${line} `, { ...place, size: style.size, font, color: colours[style.colour] });
  }

  #drawRule({ width, thickness, colour }: Extract<Block, { kind: "rule" }>, x: number): void {
    this.#makeRoom(0);
    const start = { x: paper.left + x, y: this.#y };
    const end = { x: start.x + width, y: this.#y };
    this.#artifact("<</Type /Layout>>", this.#page, () =>
      this.#page.drawLine({ start, end, thickness, color: colours[colour] }),
    );
  }

  #drawPanel({ x, width, top, height }: { x: number; width: number; top: number; height: number }): void {
    const place = { x: paper.left + x, y: top - height, width, height };
    this.#artifact("<</Type /Layout>>", this.#page, () =>
      this.#page.drawRectangle({ ...place, color: colours.tint }),
    );
  }

  #drawFooter(page: PDFPage, number: number): void {
    const { regular: font } = this.#fonts;
    const side = this.#wish.pageNumber(number, this.#pages.length);
    const look = { y: footerAt, size: 8.5, font, color: colours.quiet };
    const right = paper.width - paper.right;
    this.#artifact("<</Type /Pagination /Subtype /Footer>>", page, () => {
      const y = footerAt + 16;
      const line = { start: { x: paper.left, y }, end: { x: right, y } };
      page.drawLine({ ...line, thickness: 0.5, color: colours.line });
      page.drawText(this.#printable(this.#wish.footer), { x: paper.left, ...look });
      page.drawText(side, { x: right - font.widthOfTextAtSize(side, look.size), ...look });
    });
  }

  #begin(tag: Tag, id: number): void {
    const operands = [PDFName.of(tag), `<</MCID ${id}>>`];
    this.#page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, operands));
  }

  #end(): void {
    this.#page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }

  /** Drawn, but not part of what is read. */
  #artifact(properties: string, page: PDFPage, draw: () => void): void {
    const operands = [PDFName.of("Artifact"), properties];
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, operands));
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }
}
