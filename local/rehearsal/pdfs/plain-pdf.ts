import type { Buffer } from "node:buffer";
import { deflatedStream, latin1, type ObjectBody, textString, writePdf } from "./pdf-writer.ts";

/** Fixed places, so that tests can name what they attack. */
export const CATALOGUE = 1;
export const PAGES = 2;
export const FONT = 3;
export const FIRST_PAGE = 10;
export const FIRST_CONTENT = 11;
export const A4 = [595, 842] as const;

export interface PlainPdfWish {
  readonly title?: string;
  /** One list of lines a page. */
  readonly pages: readonly (readonly string[])[];
  /** Entries for the catalogue, and objects they name. */
  readonly catalogue?: string;
  readonly also?: ReadonlyMap<number, ObjectBody>;
  /** Entries for the first page, such as /Annots. */
  readonly firstPage?: string;
}

/** A small real PDF with selectable text in Helvetica: page n is object 10 + 2n, its content the next. */
export function plainPdf(wish: PlainPdfWish): Buffer {
  const objects = new Map<number, ObjectBody>();
  const pageNumbers = wish.pages.map((_, index) => FIRST_PAGE + index * 2);
  objects.set(CATALOGUE, `<</Type/Catalog/Pages ${PAGES} 0 R/Lang(da-DK)${wish.catalogue ?? ""}>>`);
  objects.set(
    PAGES,
    `<</Type/Pages/Count ${pageNumbers.length}/Kids[${pageNumbers.map((number) => `${number} 0 R`).join(" ")}]>>`,
  );
  objects.set(FONT, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
  objects.set(4, `<</Title ${textString(wish.title ?? "Aftale")}>>`);
  wish.pages.forEach((lines, index) => {
    const page = FIRST_PAGE + index * 2;
    const extra = index === 0 ? (wish.firstPage ?? "") : "";
    objects.set(
      page,
      `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 ${A4.join(" ")}]/Resources<</Font<</F1 ${FONT} 0 R>>>>/Contents ${page + 1} 0 R${extra}>>`,
    );
    objects.set(page + 1, textContent(lines));
  });
  for (const [number, body] of wish.also ?? []) objects.set(number, body);
  return writePdf(
    objects,
    CATALOGUE,
    "/Info 4 0 R/ID[<0123456789ABCDEF0123456789ABCDEF><0123456789ABCDEF0123456789ABCDEF>]",
  );
}

/** A content stream: the first line large, the rest as body text, wrapped at the margin. */
export function textContent(lines: readonly string[]): Buffer {
  const shown = lines.flatMap((line, index) => (index === 0 ? [line] : wrap(line)));
  const operators = shown.map(
    (line, index) =>
      `/F1 ${index === 0 ? 20 : 11} Tf (${escapeText(line)}) Tj 0 ${index === 0 ? -32 : -18} Td`,
  );
  return deflatedStream("", latin1(`BT 64 760 Td\n${operators.join("\n")}\nET`));
}

function wrap(line: string): string[] {
  const words = line.split(" ");
  const rows = [""];
  for (const word of words) {
    const row = rows.at(-1) ?? "";
    if (row.length + word.length > 88) rows.push(word);
    else rows[rows.length - 1] = row === "" ? word : `${row} ${word}`;
  }
  return rows;
}

/** WinAnsi is Latin-1 with a few more letters between 0x80 and 0x9f. */
const WIN_ANSI_EXTRA: Readonly<Record<string, number>> = {
  "€": 0x80,
  "…": 0x85,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "•": 0x95,
  "–": 0x96,
  "—": 0x97,
};

function escapeText(text: string): string {
  return [...text.normalize("NFC")]
    .map((letter) =>
      letter in WIN_ANSI_EXTRA ? String.fromCharCode(WIN_ANSI_EXTRA[letter] ?? 0x3f) : letter,
    )
    .map((letter) => ((letter.codePointAt(0) ?? 0) > 0xff ? "?" : letter))
    .join("")
    .replace(/[()\\]/g, "\\$&");
}
