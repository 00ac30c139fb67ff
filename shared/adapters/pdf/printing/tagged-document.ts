import fontkit from "@cantoo/fontkit";
import {
  PDFDocument,
  type PDFFont,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
} from "@cantoo/pdf-lib";
import {
  type Block,
  bodyHeight,
  bodyWidth,
  type Cell,
  type Columns,
  colours,
  footerAt,
  paper,
  type Row,
  type Run,
} from "./blocks.ts";
import { type Description, describeDocument } from "./describe-document.ts";
import { printableText } from "./printable-text.ts";
import { type CellTag, StructureTree, type Tag } from "./structure-tree.ts";
import { wrapText } from "./wrap-text.ts";

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
    const heights = blocks.map((block) => block.before + this.#bodyOf(block));
    return heights.reduce((total, height) => total + height, 0);
  }

  #bodyOf(block: Block): number {
    if (block.kind === "rule") return 0;
    if (block.kind === "text") return this.#highest(block.runs);
    const rows = block.head === undefined ? block.rows : [block.head, ...block.rows];
    return rows.reduce((total, row) => total + this.#heightOfRow(row), 0);
  }

  #highest(runs: readonly Run[]): number {
    return Math.max(...runs.map((run) => this.#lay(run).lines.length * run.style.lead));
  }

  #heightOfRow({ cells, padding }: Row): number {
    return this.#highest(cells) + 2 * padding;
  }

  #draw(block: Block, x: number): void {
    this.#y -= block.before;
    if (block.kind === "text") this.#drawText(block.tag, block.runs, x);
    else if (block.kind === "table") this.#drawTable(block, x);
    else this.#drawRule(block, x);
  }

  #drawTable({ head, rows }: Extract<Block, { kind: "table" }>, x: number): void {
    const table = this.#tree.add("Table");
    const readAloud = (row: Row) => {
      const element = this.#tree.add("TR", { parent: table });
      this.#drawCells(row, x, (cell, draw) => {
        const scope = cell.tag === "TH" ? cell.scope : undefined;
        const id = this.#tree.addPiece(this.#tree.add(cell.tag, { parent: element, scope }), this.#page);
        this.#marked(cell.tag, `<</MCID ${id}>>`, this.#page, draw);
      });
    };
    const headHeight = head === undefined ? 0 : this.#heightOfRow(head);
    this.#makeRoom(headHeight);
    if (head !== undefined) readAloud(head);
    for (const row of rows) {
      if (this.#y - this.#heightOfRow(row) < paper.bottom) {
        this.#addPage();
        // Heard once: what is drawn again is only for the eye.
        if (head !== undefined)
          this.#drawCells(head, x, (_, draw) => this.#artifact("<</Type /Pagination>>", this.#page, draw));
      }
      readAloud(row);
    }
  }

  #drawCells(row: Row, x: number, mark: (cell: Cell, draw: () => void) => void): void {
    const height = this.#heightOfRow(row);
    if (row.rule) {
      const left = Math.min(...row.cells.map((cell) => cell.x));
      const right = Math.max(...row.cells.map((cell) => cell.x + cell.width));
      this.#drawRule({ kind: "rule", before: 0, width: right - left, ...row.rule }, x + left);
    }
    for (const cell of row.cells) {
      const laid = this.#lay(cell);
      const baseline = this.#y - row.padding - cell.style.size * 1.13;
      mark(cell, () => {
        for (const line of laid.lines.keys())
          this.#drawRow(laid, line, { x, y: baseline - line * cell.style.lead });
      });
    }
    this.#y -= height;
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

  #drawRow(
    { lines, font, style, x, width, align }: LaidRun,
    row: number,
    at: { x: number; y: number },
  ): void {
    const line = lines[row];
    if (line === undefined) return;
    const indent = align === "right" ? width - font.widthOfTextAtSize(line, style.size) : 0;
    // The space at the end keeps the words of two lines, or of label and value, apart when they are read aloud.
    const place = { x: paper.left + at.x + x + indent, y: at.y };
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
    this.#marked("Artifact", properties, page, draw);
  }

  #marked(tag: CellTag | "Artifact", properties: string, page: PDFPage, draw: () => void): void {
    const operands = [PDFName.of(tag), properties];
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, operands));
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }
}
