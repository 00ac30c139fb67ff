import type { DocumentFacts } from "../../pdf-evidence/document-facts.ts";

export interface ReadOutcome {
  facts: DocumentFacts;
  /** Page 1 as a PNG, where the file could be read and drawn. */
  firstPagePng?: Uint8Array;
}

/** Turns the bytes somebody sent us into facts. Never throws, hangs or dies of what the bytes are. */
export interface AgreementReader {
  /** @param options.now epoch ms: certificates are judged at this time where no time-stamp says otherwise */
  read(bytes: Uint8Array, options: { now: number }): Promise<ReadOutcome>;
}
