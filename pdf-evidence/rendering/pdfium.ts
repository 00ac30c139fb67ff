import { type PDFiumDocument, PDFiumLibrary } from "@hyzyla/pdfium";
import { maximumTextLength } from "../document-facts.ts";
import { encodePng } from "./encode-png.ts";

/** More than an A4 page at 25 MB needs; who wants more is refused by an allocation that fails. */
export const pdfiumMemoryBytes = 256 * 1024 * 1024;

/** Agreements have ten pages; the rest of a longer file is counted, not read. */
const pagesRead = 200;
const pictureWidth = 1000;
/** A page longer than two A4 one above the other is drawn narrower instead. */
const pictureHeight = 2800;

export interface DrawnPages {
  pages: number;
  text: string;
  pagesWithoutText: number;
  firstPagePng?: Uint8Array;
}

/**
 * Reads the text and draws page 1 with PDFium, which never sees a file the structure reader refused.
 * A fresh instance for each file, so that what one file did to it can't touch the next.
 * @throws whatever PDFium makes of a bad file; the caller runs it where that does no harm
 */
export async function drawPages(module: WebAssembly.Module, bytes: Uint8Array): Promise<DrawnPages> {
  const library = await startPdfium(module);
  const document = await library.loadDocument(bytes);
  const pages = document.getPageCount();
  const { text, pagesWithoutText } = readText(document, pages);
  return { pages, text, pagesWithoutText, ...(pages > 0 ? await drawFirstPage(document) : {}) };
}

function startPdfium(module: WebAssembly.Module): Promise<PDFiumLibrary> {
  return PDFiumLibrary.init({
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(module, withMemoryLimit(imports));
      done(instance);
      return instance.exports;
    },
  });
}

/** PDFium grows its memory through one import; refusing there makes malloc return null, as on a full machine. */
function withMemoryLimit(imports: WebAssembly.Imports): WebAssembly.Imports {
  const grow = imports["env"]?.["emscripten_resize_heap"];
  if (typeof grow !== "function") throw new Error("PDFium no longer grows its memory through this import");
  const limited = (size: number) => (size > pdfiumMemoryBytes ? 0 : grow(size));
  return { ...imports, env: { ...imports["env"], emscripten_resize_heap: limited } };
}

function readText(document: PDFiumDocument, pages: number): Pick<DrawnPages, "text" | "pagesWithoutText"> {
  const texts: string[] = [];
  let length = 0;
  let pagesWithoutText = 0;
  for (let index = 0; index < Math.min(pages, pagesRead) && length < maximumTextLength; index++) {
    const text = document.getPage(index).getText();
    if (text.trim() === "") pagesWithoutText++;
    texts.push(text);
    length += text.length;
  }
  return { text: texts.join("\n").slice(0, maximumTextLength).toWellFormed(), pagesWithoutText };
}

async function drawFirstPage(document: PDFiumDocument): Promise<Pick<DrawnPages, "firstPagePng">> {
  const page = document.getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  if (!(originalWidth > 0 && originalHeight > 0)) return {};
  const scale = Math.min(pictureWidth / originalWidth, pictureHeight / originalHeight);
  const picture = await page.render({
    width: Math.max(1, Math.round(originalWidth * scale)),
    height: Math.max(1, Math.round(originalHeight * scale)),
    renderFormFields: true,
    render: "bitmap",
  });
  return { firstPagePng: encodePng(picture.data, picture.width, picture.height) };
}
