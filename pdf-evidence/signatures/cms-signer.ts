import type { SignatureObservation } from "../observation-codes.ts";
import {
  checkSignature,
  DEFAULT_HASH,
  digest,
  hashOf,
  readAlgorithm,
  SHA1_HASH,
  strengthFindings,
} from "./algorithms.ts";
import { attributeValues, findSigner, type SignedData, type SignerInfo } from "./cms-signed-data.ts";
import { type Element, octetStringBytes, oidText, sameBytes, sequenceOf, TAG, timeMs } from "./der.ts";
import type { Certificate } from "./x509-certificate.ts";

const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_TIME = "1.2.840.113549.1.9.5";
const ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

export interface SignerOutcome {
  readonly findings: readonly SignatureObservation[];
  readonly signerInfo?: SignerInfo;
  readonly certificate?: Certificate;
  /** The signing-time attribute; epoch ms. */
  readonly claimedTime?: number;
}

/**
 * Checks that exactly one signer signed exactly this content: digest, signature and the attributes that
 * bind the signature to its certificate. Says nothing about whether the certificate can be trusted.
 * Throws MalformedDer.
 */
export function verifySigner(
  signedData: SignedData,
  content: readonly Uint8Array[],
  certificates: readonly Certificate[],
): SignerOutcome {
  const [signerInfo, ...others] = signedData.signers;
  if (signerInfo === undefined || others.length > 0) return { findings: ["SIGNERS_NOT_ONE"] };
  const certificate = findSigner(signerInfo.identifier, certificates);
  const claimedTime = readSigningTime(signerInfo);
  const known = { signerInfo, ...(claimedTime === undefined ? {} : { claimedTime }) };
  const findings = contentFindings(signerInfo, signedData.contentType, content);
  if (certificate === undefined) return { ...known, findings: [...findings, "SIGNER_CERTIFICATE_MISSING"] };
  return {
    ...known,
    certificate,
    findings: [
      ...findings,
      ...signingCertificateFindings(signerInfo, certificate),
      ...signatureFindings(signerInfo, certificate, content),
    ],
  };
}

/** The message-digest and content-type attributes must be there once each and be true (RFC 5652, clause 5.3). */
function contentFindings(
  signerInfo: SignerInfo,
  contentType: string,
  content: readonly Uint8Array[],
): SignatureObservation[] {
  const attributes = signerInfo.signedAttributes;
  if (attributes === undefined) return ["SIGNED_ATTRIBUTES_MISSING"];
  const hash = hashOf(signerInfo.digestAlgorithm);
  if (hash === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const digestValue = onlyValue(attributes, MESSAGE_DIGEST);
  const typeValue = onlyValue(attributes, CONTENT_TYPE);
  if (digestValue === undefined || typeValue === undefined) return ["CMS_MALFORMED"];
  const findings: SignatureObservation[] = [...strengthFindings(hash)];
  if (!sameBytes(octetStringBytes(digestValue), digest(hash, content))) findings.push("DIGEST_MISMATCH");
  if (oidText(typeValue) !== contentType) findings.push("CMS_CONTENT_TYPE_WRONG");
  if (!algorithmsProtected(signerInfo, attributes)) findings.push("CMS_MALFORMED");
  return findings;
}

function onlyValue(attributes: Element, type: string): Element | undefined {
  const [values, ...again] = attributeValues(attributes, type);
  return again.length === 0 && values?.length === 1 ? values[0] : undefined;
}

/** Where the signer listed its algorithms, they must be those used (RFC 6211). */
function algorithmsProtected(signerInfo: SignerInfo, attributes: Element): boolean {
  const [values] = attributeValues(attributes, ALGORITHM_PROTECTION);
  if (values === undefined) return true;
  const [value] = values;
  return (
    value !== undefined && readAlgorithm(sequenceOf(value).next()).oid === signerInfo.digestAlgorithm.oid
  );
}

/** ESS signing-certificate and -v2 (RFC 2634, RFC 5035): the signature names its certificate by digest. */
function signingCertificateFindings(
  signerInfo: SignerInfo,
  certificate: Certificate,
): SignatureObservation[] {
  const attributes = signerInfo.signedAttributes;
  const [v2] = attributeValues(attributes, SIGNING_CERTIFICATE_V2);
  const [v1] = attributeValues(attributes, SIGNING_CERTIFICATE);
  const [value] = v2 ?? v1 ?? [];
  if (value === undefined) return ["SIGNING_CERTIFICATE_ATTRIBUTE_MISSING"];
  const first = sequenceOf(sequenceOf(sequenceOf(value).next()).next());
  const algorithm = v2 === undefined ? undefined : first.optional(TAG.sequence);
  const hash = hashOf(algorithm ? readAlgorithm(algorithm) : v2 === undefined ? SHA1_HASH : DEFAULT_HASH);
  if (hash === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const named = octetStringBytes(first.next(TAG.octetString));
  return sameBytes(named, digest(hash, [certificate.der])) ? [] : ["SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH"];
}

/** What is signed is the attributes' DER as a SET, not as the [0] they travel as (RFC 5652, clause 5.4). */
function signatureFindings(
  signerInfo: SignerInfo,
  certificate: Certificate,
  content: readonly Uint8Array[],
): SignatureObservation[] {
  const attributes = signerInfo.signedAttributes;
  const data = attributes === undefined ? content : [Uint8Array.of(TAG.set), attributes.bytes.subarray(1)];
  return checkSignature({
    algorithm: signerInfo.signatureAlgorithm,
    digestAlgorithm: signerInfo.digestAlgorithm,
    publicKeyInfo: certificate.publicKeyInfo,
    data,
    signature: signerInfo.signature,
  });
}

function readSigningTime(signerInfo: SignerInfo): number | undefined {
  const [values] = attributeValues(signerInfo.signedAttributes, SIGNING_TIME);
  const [value] = values ?? [];
  return value && timeMs(value);
}
