/** What an anchor may vouch for. */
export type AnchorUse = "signature" | "time-stamp";

/** One certificate we trust as a beginning of chains, pinned by the SHA-256 of its DER bytes. */
export interface TrustAnchor {
  readonly certificate: Uint8Array;
  /** Lower-case hex SHA-256 of the DER bytes. */
  readonly sha256: string;
  readonly uses: readonly AnchorUse[];
  /** Where it was read and by whom it was reviewed, for the evidence. */
  readonly source: string;
  /** Our own trust in it, epoch ms; the certificate's validity applies besides. */
  readonly trustedFrom?: number;
  readonly trustedUntil?: number;
}

/**
 * A platform that seals documents in its own name. Its seal says "this passed through the platform",
 * not who the signer is.
 */
export interface PlatformSeal {
  readonly platform: string;
  /** Lower-case hex SHA-256 of the sealing certificate, or of an issuing one in its chain. */
  readonly certificateSha256: readonly string[];
  /** Subjects (common name or organisation) the platform's sealing certificates bear; compared without case. */
  readonly sealNames: readonly string[];
}

export interface TrustAnchors {
  readonly anchors: readonly TrustAnchor[];
  readonly platformSeals: readonly PlatformSeal[];
}
