import type { PDFiumDocument } from "@hyzyla/pdfium";
import { type DocumentFacts, type Observation, unreadable } from "./document-facts.ts";
import { inspectStructure } from "./inspection/inspect-structure.ts";
import { otherFormats } from "./inspection/other-formats.ts";
import { outerShape } from "./inspection/outer-shape.ts";
import { refusals } from "./observation-codes.ts";
import { drawFirstPage, readText, type TextOfPages } from "./rendering/pages.ts";
import type { Pdfium } from "./rendering/pdfium.ts";
import { type VerifiedSignatures, verifySignatures } from "./signatures/verify-signatures.ts";
import { PdfFile } from "./structure/pdf-file.ts";
import { ReadingRefused } from "./structure/reading-limits.ts";
import type { TrustAnchors } from "./trust/trust-anchors.ts";

export interface ReadDocumentOptions {
  /** Epoch ms. */
  now: number;
  /** An instance for this file alone; asked for once the strict reader let the file through. */
  pdfium: () => Promise<Pdfium>;
  anchors: TrustAnchors;
}

export interface Reading {
  facts: DocumentFacts;
  /**
   * Page 1 as a PNG, undefined where there is nothing to draw; missing where PDFium may not see the file or can't read
   * it. Rejects with whatever PDFium makes of a bad page, and can exhaust time or memory as reading can.
   */
  drawFirstPage?: () => Promise<Uint8Array | undefined>;
}

/**
 * Bytes to facts, inside the worker. First the strict reader; only a file it lets through is shown to PDFium, which
 * reads its text. The picture is no fact: who wants it asks for it, after whatever waits for the facts.
 */
export async function readDocument(bytes: Uint8Array, options: ReadDocumentOptions): Promise<Reading> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts = await readWithoutDrawing(buffer, options);
  if (facts.observations.some(isRefusal)) return { facts };
  const { document, observations, ...text } = await readPages(options.pdfium, buffer);
  return {
    facts: { ...facts, ...text, observations: [...facts.observations, ...observations] },
    ...(document === undefined ? {} : { drawFirstPage: () => drawFirstPage(document) }),
  };
}

/** Everything but text and picture: what the strict reader and the signature check say. */
export async function readWithoutDrawing(
  buffer: Buffer,
  options: Pick<ReadDocumentOptions, "now" | "anchors">,
): Promise<DocumentFacts> {
  if (buffer.length === 0) return unreadable(0, { code: "FILE_EMPTY" });
  const outer = outerShape(buffer);
  if (outer === undefined) return unreadable(buffer.length, { code: "NOT_A_PDF" });

  const structure = readStructure(buffer);
  const observations = [...outer, ...otherFormats(buffer, structure.file), ...structure.observations];
  const { file } = structure;
  if (file === undefined || observations.some(isRefusal)) {
    const facts = unreadable(buffer.length, { code: "DAMAGED_BEYOND_REPAIR" });
    return { ...facts, observations, pages: structure.pages };
  }
  const verified = await verifyWithinLimits(file, options);
  return {
    bytes: buffer.length,
    pages: structure.pages,
    text: "",
    pagesWithoutText: 0,
    observations: [...observations, ...verified.observations],
    signatures: verified.signatures,
    emptySignatureFields: verified.emptySignatureFields,
  };
}

const refused: ReadonlySet<string> = new Set(refusals);

function isRefusal(observation: Observation): boolean {
  return refused.has(observation.code);
}

function readStructure(buffer: Buffer): { file?: PdfFile; pages: number; observations: Observation[] } {
  try {
    const file = new PdfFile(buffer);
    return { file, ...inspectStructure(file) };
  } catch (error) {
    if (!(error instanceof ReadingRefused)) throw error;
    return { pages: 0, observations: [{ code: error.code, detail: error.detail }] };
  }
}

async function verifyWithinLimits(
  file: PdfFile,
  options: Pick<ReadDocumentOptions, "now" | "anchors">,
): Promise<VerifiedSignatures & { observations: Observation[] }> {
  try {
    return { ...(await verifySignatures(file, options)), observations: [] };
  } catch (error) {
    if (!(error instanceof ReadingRefused)) throw error;
    const observation: Observation = { code: error.code, detail: error.detail };
    return { signatures: [], emptySignatureFields: [], observations: [observation] };
  }
}

async function readPages(
  start: ReadDocumentOptions["pdfium"],
  buffer: Buffer,
): Promise<TextOfPages & { document?: PDFiumDocument; observations: Observation[] }> {
  try {
    const document = (await start()).open(buffer);
    return { ...readText(document), document, observations: [] };
  } catch {
    // Whatever PDFium makes of it: it can't be shown to a person here, so nobody else should open it either.
    const observation: Observation = { code: "COULD_NOT_BE_READ_SAFELY", detail: "drawing" };
    return { text: "", pagesWithoutText: 0, observations: [observation] };
  }
}
