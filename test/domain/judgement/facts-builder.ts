import type { DocumentFacts, SignatureFacts } from "../../../pdf-evidence/document-facts.ts";

/** A readable one-page document without signatures; state only what matters to the case. */
export function aDocument(facts: Partial<DocumentFacts> = {}): DocumentFacts {
  return {
    bytes: 12_345,
    pages: 1,
    text: "Et dokument",
    pagesWithoutText: 0,
    observations: [],
    signatures: [],
    emptySignatureFields: [],
    ...facts,
  };
}

/** A signature that holds in every respect. */
export function aSignature(facts: Partial<SignatureFacts> = {}): SignatureFacts {
  return {
    field: "Underskrift",
    kind: "signature",
    level: "PAdES-B-T",
    indication: "TOTAL_PASSED",
    findings: [],
    changes: [],
    coversWholeDocument: true,
    ...facts,
  };
}
