import { PDFiumDocument, PDFiumModule } from "@hyzyla/pdfium";
import { FileInPlace, filePath, type WithMemory } from "./file-in-place.ts";

/** More than an A4 page with 25 MB of pictures needs; who wants more is refused by an allocation that fails. */
export const pdfiumMemoryBytes = 256 * 1024 * 1024;

/** PDFium, started for one file. */
export interface Pdfium {
  /**
   * Opens the file this instance is for; a second one is refused.
   * @param bytes read where they lie, as long as the document is used
   * @throws where PDFium finds no document in it
   */
  open(bytes: Uint8Array): PDFiumDocument;
}

/** What we call past the package's own classes, which know documents only as copies in PDFium's memory. */
interface PdfiumExports extends WithMemory {
  FPDF_InitLibrary(): void;
  FPDF_LoadDocument(path: number, password: number): number;
  malloc(bytes: number): number;
}

/**
 * A fresh instance for each file, so that what one file did to it can't touch the next. It takes longer to start than
 * most files to read, and needs nothing of the file: start it ahead.
 */
export async function startPdfium(compiled: WebAssembly.Module): Promise<Pdfium> {
  let exports: PdfiumExports | undefined;
  const file = new FileInPlace(() => exports);
  const module = await PDFiumModule({
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(compiled, readingOnly(file, withMemoryLimit(imports)));
      exports = instance.exports as unknown as PdfiumExports;
      done(instance);
      return instance.exports;
    },
  });
  if (exports === undefined) throw new Error("PDFium no longer lets its instance be made here");
  const pdfium = exports;
  pdfium.FPDF_InitLibrary();
  return {
    open(bytes) {
      file.hold(bytes);
      const documentIdx = pdfium.FPDF_LoadDocument(writeText(pdfium, filePath), 0);
      if (documentIdx === 0) throw new Error("PDFium finds no document");
      return new PDFiumDocument({ module, documentIdx, documentPtr: 0 });
    },
  };
}

/** PDFium grows its memory through one import; refusing there makes malloc return null, as on a full machine. */
function withMemoryLimit(imports: WebAssembly.Imports): WebAssembly.Imports {
  const grow = imports["env"]?.["emscripten_resize_heap"];
  if (typeof grow !== "function") throw new Error("PDFium no longer grows its memory through this import");
  const limited = (size: number) => (size > pdfiumMemoryBytes ? 0 : grow(size));
  return { ...imports, env: { ...imports["env"], emscripten_resize_heap: limited } };
}

function readingOnly(file: FileInPlace, imports: WebAssembly.Imports): WebAssembly.Imports {
  const { env, wasi_snapshot_preview1 } = file.imports();
  return {
    ...imports,
    env: { ...imports["env"], ...env },
    wasi_snapshot_preview1: { ...imports["wasi_snapshot_preview1"], ...wasi_snapshot_preview1 },
  };
}

/** @returns where it lies, ended by a zero byte; never freed, for the instance ends with its file */
function writeText({ malloc, memory }: PdfiumExports, text: string): number {
  const at = malloc(text.length + 1);
  if (at === 0) throw new Error("PDFium has no memory");
  new Uint8Array(memory.buffer, at, text.length + 1).set(Buffer.from(`${text}\0`, "latin1"));
  return at;
}
