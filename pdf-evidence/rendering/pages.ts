import type { PDFiumDocument } from "@hyzyla/pdfium";
import { maximumTextLength } from "../document-facts.ts";
import { encodePng } from "./encode-png.ts";

/** Agreements have ten pages; the rest of a longer file is counted, not read. */
const pagesRead = 200;
const pictureWidth = 1000;
/** A page longer than two A4 one above the other is drawn narrower instead. */
const pictureHeight = 2800;

export interface TextOfPages {
  text: string;
  pagesWithoutText: number;
}

/** @throws whatever PDFium makes of a bad page; the caller runs it where that does no harm */
export function readText(document: PDFiumDocument): TextOfPages {
  const pages = Math.min(document.getPageCount(), pagesRead);
  const texts: string[] = [];
  let length = 0;
  let pagesWithoutText = 0;
  for (let index = 0; index < pages && length < maximumTextLength; index++) {
    const text = document.getPage(index).getText();
    if (text.trim() === "") pagesWithoutText++;
    texts.push(text);
    length += text.length;
  }
  return { text: texts.join("\n").slice(0, maximumTextLength).toWellFormed(), pagesWithoutText };
}

/**
 * Page 1 as a PNG; undefined where there is none, or it has no size.
 * @throws whatever PDFium makes of a bad page, as {@link readText}
 */
export async function drawFirstPage(document: PDFiumDocument): Promise<Uint8Array | undefined> {
  if (document.getPageCount() === 0) return undefined;
  const page = document.getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  if (!(originalWidth > 0 && originalHeight > 0)) return undefined;
  const scale = Math.min(pictureWidth / originalWidth, pictureHeight / originalHeight);
  const picture = await page.render({
    width: Math.max(1, Math.round(originalWidth * scale)),
    height: Math.max(1, Math.round(originalHeight * scale)),
    renderFormFields: true,
    render: "bitmap",
  });
  return encodePng(picture.data, picture.width, picture.height);
}
