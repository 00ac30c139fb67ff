import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { testAuthority } from "../../../local/rehearsal/pdfs/test-authority.ts";
import { type Reading, readDocument } from "../../../pdf-evidence/read-document.ts";
import { startPdfium } from "../../../pdf-evidence/rendering/pdfium.ts";
import { NOW, trusting } from "./signature-values.ts";

const compiled = new WebAssembly.Module(
  readFileSync(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm")),
);

/** Facts, and the way to the picture, of a file that the tests made themselves, with trust in the test root: text and all. */
export function wholeReading(pdf: Uint8Array): Promise<Reading> {
  const anchors = trusting([testAuthority().root.certificate]);
  return readDocument(pdf, { now: NOW, pdfium: () => startPdfium(compiled), anchors });
}
