import { type DocumentFacts, type Observation, unreadable } from "./document-facts.ts";
import { inspectStructure } from "./inspection/inspect-structure.ts";
import { otherFormats } from "./inspection/other-formats.ts";
import { outerShape } from "./inspection/outer-shape.ts";
import { refusals } from "./observation-codes.ts";
import { type DrawnPages, drawPages } from "./rendering/pdfium.ts";
import { type VerifiedSignatures, verifySignatures } from "./signatures/verify-signatures.ts";
import { PdfFile } from "./structure/pdf-file.ts";
import { ReadingRefused } from "./structure/reading-limits.ts";
import type { TrustAnchors } from "./trust/trust-anchors.ts";

export interface ReadDocumentOptions {
  /** Epoch ms. */
  now: number;
  pdfium: WebAssembly.Module;
  anchors: TrustAnchors;
}

export interface Reading {
  facts: DocumentFacts;
  firstPagePng?: Uint8Array;
}

/**
 * Bytes to facts, inside the worker. First the strict reader; only a file it lets through is shown to PDFium,
 * which draws it.
 */
export async function readDocument(bytes: Uint8Array, options: ReadDocumentOptions): Promise<Reading> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts = await readWithoutDrawing(buffer, options);
  if (facts.observations.some(isRefusal)) return { facts };
  const { firstPagePng, ...drawn } = await draw(options.pdfium, buffer);
  return {
    facts: {
      ...facts,
      text: drawn.text,
      pagesWithoutText: drawn.pagesWithoutText,
      observations: [...facts.observations, ...drawn.observations],
    },
    ...(firstPagePng === undefined ? {} : { firstPagePng }),
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

async function draw(
  pdfium: WebAssembly.Module,
  buffer: Buffer,
): Promise<DrawnPages & { observations: Observation[] }> {
  try {
    return { ...(await drawPages(pdfium, buffer)), observations: [] };
  } catch {
    // Whatever PDFium makes of it: it can't be shown to a person here, so nobody else should open it either.
    const observation: Observation = { code: "COULD_NOT_BE_READ_SAFELY", detail: "drawing" };
    return { pages: 0, text: "", pagesWithoutText: 0, observations: [observation] };
  }
}
