import type { TrustAnchors } from "../../../pdf-evidence/trust/trust-anchors.ts";
import type { JudgedAgainst, JudgedAgreement } from "../../ports/agreement-judge.ts";

/** Given to the worker once, at its start. */
export interface WorkerSettings {
  /** Compiled once outside: it can be shared, and compiling takes longer than most files. */
  pdfium: WebAssembly.Module;
  anchors: TrustAnchors;
}

export interface JudgeRequest {
  bytes: Uint8Array;
  against: JudgedAgainst;
}

export type WorkerAnswer = { kind: "judged"; judged: JudgedAgreement } | { kind: "failed"; reason: string };
