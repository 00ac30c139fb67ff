import type { DocumentObservation, SignatureObservation } from "./observation-codes.ts";

/** Something seen in the file, named by the finding it leads to; how grave it is, the rules say. */
export interface Observation {
  code: DocumentObservation;
  /** Where or what, for the person who looks: an object number, a name, a count. Never document text. */
  detail?: string;
}

/** Source: ETSI EN 319 102-1, clause 5.1.3. */
export type Indication = "TOTAL_PASSED" | "INDETERMINATE" | "TOTAL_FAILED";

/** What a signer's certificate says of its holder. */
export interface SignerIdentity {
  commonName: string;
  organisation?: string;
  /** As the certificate has it, e.g. NTRDK-41849983. Source: ETSI EN 319 412-1, clause 5.1.4. */
  organisationIdentifier?: string;
  cvr?: string;
  email?: string;
  issuer: string;
  /** Lower-case hex of the certificate's SHA-256. */
  certificateSha256: string;
}

export interface SignatureFacts {
  /** Full name of the form field; its object number where no field shows the signature. */
  field: string;
  kind: "signature" | "document-time-stamp";
  /** E.g. PAdES-B-T; empty where the value could not be read at all. */
  level: string;
  indication: Indication;
  /** Source: ETSI EN 319 102-1, tables 5 and 6; FORMAT_FAILURE and so on. */
  subIndication?: string;
  findings: readonly SignatureObservation[];
  /** What was changed after signing, one short line each ("page 2: contents"). */
  changes: readonly string[];
  coversWholeDocument: boolean;
  /** DocMDP: 1 no changes, 2 form filling and signing, 3 annotations as well. Source: ISO 32000-2, 12.8.2.2. */
  certificationLevel?: 1 | 2 | 3;
  signer?: SignerIdentity;
  /** Sealed by a signing platform: says the file is unchanged, not who signed. */
  platform?: string;
  /** What the signer's own clock said, epoch ms. */
  claimedTime?: number;
  /** What a time-stamp authority said, epoch ms. */
  timeStamp?: { time: number; authority: string; trusted: boolean };
}

/** Everything the rules may know of a document: plain data, made by the reader from bytes alone. */
export interface DocumentFacts {
  /** Size of the file. */
  bytes: number;
  /** Whole pages; 0 where the file could not be read. */
  pages: number;
  /** Text of the pages in reading order, with exact letters, at most {@link maximumTextLength} characters. */
  text: string;
  /** How many of the pages have no text at all: pictures, or empty. */
  pagesWithoutText: number;
  observations: readonly Observation[];
  signatures: readonly SignatureFacts[];
  /** Names of signature fields that nobody has signed. */
  emptySignatureFields: readonly string[];
}

export const maximumTextLength = 400_000;

/** Facts of a file that gave nothing but the reason why it can't be read. */
export function unreadable(bytes: number, reason: Observation): DocumentFacts {
  return {
    bytes,
    pages: 0,
    text: "",
    pagesWithoutText: 0,
    observations: [reason],
    signatures: [],
    emptySignatureFields: [],
  };
}
