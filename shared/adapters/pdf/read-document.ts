import { type DocumentFacts, unreadable } from "../../domain/judgement/document-facts.ts";
import { drawPages } from "./rendering/pdfium.ts";

export interface Reading {
  facts: DocumentFacts;
  firstPagePng?: Uint8Array;
}

/** Bytes to facts, inside the worker: whatever goes wrong here, the outside knows how to say so. */
export async function readDocument(
  bytes: Uint8Array,
  options: { now: number; pdfium: WebAssembly.Module },
): Promise<Reading> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length === 0) return { facts: unreadable(0, { code: "FILE_EMPTY" }) };
  const header = file.subarray(0, 1024).indexOf("%PDF-", 0, "latin1");
  if (header < 0) return { facts: unreadable(file.length, { code: "NOT_A_PDF" }) };
  if (/\/Encrypt\s*\d+\s+\d+\s+R/.test(file.toString("latin1"))) {
    return { facts: unreadable(file.length, { code: "ENCRYPTED" }) };
  }
  const drawn = await drawPages(options.pdfium, bytes);
  return {
    facts: {
      bytes: file.length,
      pages: drawn.pages,
      text: drawn.text,
      pagesWithoutText: drawn.pagesWithoutText,
      observations: [],
      signatures: [],
      emptySignatureFields: [],
    },
    ...(drawn.firstPagePng === undefined ? {} : { firstPagePng: drawn.firstPagePng }),
  };
}
