import type { SignatureObservation } from "../observation-codes.ts";
import type { AnchorUse, TrustAnchor } from "../trust/trust-anchors.ts";
import { checkSignature } from "./algorithms.ts";
import { MalformedDer } from "./der.ts";
import { type Certificate, isSelfIssued, readCertificates } from "./x509-certificate.ts";
import { type PathRules, pathFindings } from "./x509-path-rules.ts";

/** From the signer's certificate to a pinned one. */
export interface CertificatePath {
  readonly certificates: readonly Certificate[];
  readonly findings: readonly SignatureObservation[];
}

export interface PathSearch {
  readonly leaf: Certificate;
  /** Everything the file brought along: may help, vouches for nothing. */
  readonly pool: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  readonly use: AnchorUse;
  /** Epoch ms: when every certificate must have been valid. */
  readonly time: number;
  readonly rules: PathRules;
}

/** Longer chains are not met in practice. */
const MAX_LENGTH = 8;
/** A file may bring a thousand certificates of one name and key: the search stops, and nothing is trusted. */
const MAX_SIGNATURE_CHECKS = 60;

/**
 * Searches a path to an anchor pinned by fingerprint and judges it (RFC 5280, clause 6). The first path
 * without findings wins, else the one with the fewest. Without any path, the findings say so.
 */
export function findPath(search: PathSearch): CertificatePath {
  const trusted = usableAnchors(search);
  const pinned = new Set(trusted.map((anchor) => anchor.sha256));
  const candidates = [...trusted, ...search.pool];
  let best: CertificatePath | undefined;
  let checks = 0;

  const extend = (path: readonly Certificate[], weak: readonly SignatureObservation[]): boolean => {
    const last = path.at(-1);
    if (last === undefined) return false;
    if (pinned.has(last.sha256)) {
      const findings = [...weak, ...judged(path, search)];
      if (best === undefined || findings.length < best.findings.length)
        best = { certificates: path, findings };
      return findings.length === 0;
    }
    if (path.length >= MAX_LENGTH) return false;
    for (const issuer of candidates) {
      if (
        issuer.subject.comparable !== last.issuer.comparable ||
        path.some((known) => known.sha256 === issuer.sha256)
      )
        continue;
      if (++checks > MAX_SIGNATURE_CHECKS) return false;
      const findings = issuedBy(last, issuer);
      if (findings.includes("SIGNATURE_INVALID") || findings.includes("ALGORITHM_UNSUPPORTED")) continue;
      if (extend([...path, issuer], [...weak, ...findings])) return true;
    }
    return false;
  };

  extend([search.leaf], []);
  const selfSigned = isSelfIssued(search.leaf) && issuedBy(search.leaf, search.leaf).length === 0;
  return (
    best ?? {
      certificates: [search.leaf],
      findings: [selfSigned ? "CERTIFICATE_SELF_SIGNED" : "CERTIFICATE_UNTRUSTED"],
    }
  );
}

/** Anchors for this use that we trusted at that time, each read again and held to its fingerprint. */
function usableAnchors(search: PathSearch): Certificate[] {
  const pins = new Set<string>();
  const ders: Uint8Array[] = [];
  for (const anchor of search.anchors) {
    if (!anchor.uses.includes(search.use)) continue;
    if (search.time < (anchor.trustedFrom ?? -Infinity) || search.time > (anchor.trustedUntil ?? Infinity))
      continue;
    pins.add(anchor.sha256);
    ders.push(anchor.certificate);
  }
  return readCertificates(ders).filter((certificate) => pins.has(certificate.sha256));
}

function issuedBy(certificate: Certificate, issuer: Certificate): SignatureObservation[] {
  try {
    return checkSignature({
      algorithm: certificate.algorithm,
      publicKeyInfo: issuer.publicKeyInfo,
      data: [certificate.toBeSigned],
      signature: certificate.signature,
    });
  } catch (error) {
    if (error instanceof MalformedDer) return ["SIGNATURE_INVALID"];
    throw error;
  }
}

function judged(path: readonly Certificate[], search: PathSearch): SignatureObservation[] {
  try {
    return pathFindings(path, search.time, search.rules);
  } catch (error) {
    if (error instanceof MalformedDer) return ["CERTIFICATE_CHAIN_CONSTRAINED"];
    throw error;
  }
}
