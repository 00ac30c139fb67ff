import type { SignatureObservation } from "../observation-codes.ts";
import { type Algorithm, checkSignature } from "./algorithms.ts";
import { MalformedDer } from "./der.ts";
import {
  allowsKeyUsage,
  type Certificate,
  extendedKeyUsage,
  isValidAt,
  readCertificates,
} from "./x509-certificate.ts";
import { readRevocationList, revokedAt } from "./x509-crl.ts";
import { answerFor, readOcspResponse } from "./x509-ocsp.ts";

const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

/** What the file itself says about revocation: DER each, from its security store and its signatures. */
export interface RevocationEvidence {
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}

type Status = "good" | "unknown" | { readonly revokedAt: number };

/**
 * Was a certificate of the path revoked when the signature was made? `time` is when the signature is
 * proven to have existed (epoch ms): a later revocation does not reach back. Evidence counts only when its own
 * signature holds. Nothing is fetched: without evidence the answer is REVOCATION_UNKNOWN for the signer
 * (docs/decisions/0102-revocation-as-embedded.md).
 */
export function revocationFindings(
  path: readonly Certificate[],
  evidence: RevocationEvidence,
  time: number,
): SignatureObservation[] {
  const findings = new Set<SignatureObservation>();
  path.slice(0, -1).forEach((certificate, index) => {
    const issuer = path[index + 1];
    if (issuer === undefined) return;
    const status = statusOf(certificate, issuer, evidence);
    if (typeof status === "object" && status.revokedAt <= time) findings.add("CERTIFICATE_REVOKED");
    if (status === "unknown" && index === 0) findings.add("REVOCATION_UNKNOWN");
  });
  return [...findings];
}

function statusOf(certificate: Certificate, issuer: Certificate, evidence: RevocationEvidence): Status {
  const answers = [
    ...evidence.crls.map((crl) => unlessMalformed(() => listStatus(crl, certificate, issuer))),
    ...evidence.ocsps.map((ocsp) => unlessMalformed(() => responseStatus(ocsp, certificate, issuer))),
  ];
  const revocations = answers.flatMap((answer) => (typeof answer === "object" ? [answer.revokedAt] : []));
  if (revocations.length > 0) return { revokedAt: Math.min(...revocations) };
  return answers.includes("good") ? "good" : "unknown";
}

function unlessMalformed(read: () => Status): Status {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedDer) return "unknown";
    throw error;
  }
}

function listStatus(der: Uint8Array, certificate: Certificate, issuer: Certificate): Status {
  const list = readRevocationList(der);
  if (list.issuer.comparable !== issuer.subject.comparable || !allowsKeyUsage(issuer, "crlSign"))
    return "unknown";
  if (!signedBy(issuer, list)) return "unknown";
  const time = revokedAt(list, certificate.serial);
  if (time !== undefined) return { revokedAt: time };
  return list.complete ? "good" : "unknown";
}

function responseStatus(der: Uint8Array, certificate: Certificate, issuer: Certificate): Status {
  const response = readOcspResponse(der);
  const status = answerFor(response, certificate, issuer);
  if (status === undefined) return "unknown";
  const appointed = readCertificates(response.certificates).filter(
    (responder) => isAppointed(responder, issuer) && isValidAt(responder, response.producedAt),
  );
  return [issuer, ...appointed].some((responder) => signedBy(responder, response)) ? status : "unknown";
}

/** The authority lets this certificate answer for it (RFC 6960, clause 4.2.2.2). */
function isAppointed(responder: Certificate, issuer: Certificate): boolean {
  if (responder.issuer.comparable !== issuer.subject.comparable) return false;
  return extendedKeyUsage(responder)?.includes(OCSP_SIGNING) === true && signedBy(issuer, responder);
}

interface Signed {
  readonly algorithm: Algorithm;
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
}

function signedBy(signer: Certificate, signed: Signed): boolean {
  const findings = checkSignature({
    algorithm: signed.algorithm,
    publicKeyInfo: signer.publicKeyInfo,
    data: [signed.toBeSigned],
    signature: signed.signature,
  });
  return !findings.includes("SIGNATURE_INVALID") && !findings.includes("ALGORITHM_UNSUPPORTED");
}
