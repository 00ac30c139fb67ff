import type { TrustAnchors } from "../../../pdf-evidence/trust/trust-anchors.ts";
import type { Judgement } from "../../domain/judgement/judgement.ts";
import type { JudgedAgainst } from "../../ports/agreement-judge.ts";

/** Given to the worker once, at its start. */
export interface WorkerSettings {
  /** Compiled once outside: it can be shared, and compiling takes longer than most files. */
  pdfium: WebAssembly.Module;
  anchors: TrustAnchors;
  drawsFirstPage: boolean;
}

export interface JudgeRequest {
  bytes: Uint8Array;
  against: JudgedAgainst;
}

/** A file's answers: `judged`, and `drawn` after it where a picture follows; or `failed`, which is the last. */
export type WorkerAnswer =
  | { kind: "judged"; judgement: Judgement; pictureFollows: boolean }
  | { kind: "drawn"; png: Uint8Array | undefined }
  | { kind: "failed"; reason: string };
