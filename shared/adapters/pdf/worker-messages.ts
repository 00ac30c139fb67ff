import type { Reading } from "../../../pdf-evidence/read-document.ts";
import type { TrustAnchors } from "../../../pdf-evidence/trust/trust-anchors.ts";

/** Given to the worker once, at its start. */
export interface WorkerSettings {
  /** Compiled once outside: it can be shared, and compiling takes longer than most files. */
  pdfium: WebAssembly.Module;
  anchors: TrustAnchors;
}

export interface ReadRequest {
  bytes: Uint8Array;
  now: number;
}

export type WorkerAnswer = { kind: "read"; reading: Reading } | { kind: "failed"; reason: string };
