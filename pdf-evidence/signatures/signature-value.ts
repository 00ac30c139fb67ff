import type { Indication, SignerIdentity } from "../document-facts.ts";
import type { SignatureObservation } from "../observation-codes.ts";
import type { TrustAnchors } from "../trust/trust-anchors.ts";

/** What is judged of one signature: its value, apart from where it lies in the file. */
export interface SignatureValueInput {
  /** /SubFilter of the signature dictionary. */
  readonly subFilter: string;
  /** The bytes of /Contents: a CMS message and its zero padding. */
  readonly contents: Uint8Array;
  /** What the ByteRange covers, in order: views of the file, not copies. */
  readonly signedRanges: readonly Uint8Array[];
  /** The Document Security Store, DER each. */
  readonly dss: {
    readonly certificates: readonly Uint8Array[];
    readonly crls: readonly Uint8Array[];
    readonly ocsps: readonly Uint8Array[];
  };
  readonly anchors: TrustAnchors;
  /** Epoch ms. */
  readonly now: number;
  /** When a later, valid and trusted document time-stamp proves that these bytes existed; epoch ms. */
  readonly provenTime?: number;
}

export interface SignatureValueOutcome {
  readonly indication: Indication;
  /** ETSI EN 319 102-1, clause 5.1.3, such as HASH_FAILURE or NO_CERTIFICATE_CHAIN_FOUND. */
  readonly subIndication?: string;
  readonly findings: readonly SignatureObservation[];
  readonly signer?: SignerIdentity;
  /** The platform that sealed the file ("DocuSign", "Penneo"): not the signer's identity. */
  readonly platform?: string;
  /** What the signer's own clock said; proves nothing. Epoch ms. */
  readonly claimedTime?: number;
  /** Of a document time-stamp, or of the signature's own time-stamp. Epoch ms. */
  readonly timeStamp?: { readonly time: number; readonly authority: string; readonly trusted: boolean };
  readonly kind: "signature" | "document-time-stamp";
  /** "PAdES-B-B", "PAdES-B-T", "PAdES-B-LT", "PKCS7", "RFC3161". */
  readonly level: string;
}
