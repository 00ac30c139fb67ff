import { type Algorithm, digest, hashOf, readAlgorithm } from "./algorithms.ts";
import {
  bitStringBytes,
  contextTag,
  type Element,
  inside,
  integerBytes,
  MalformedDer,
  Members,
  members,
  octetStringBytes,
  oidText,
  primitiveContextTag,
  readElement,
  sameBytes,
  sequenceOf,
  TAG,
  timeMs,
} from "./der.ts";
import type { Certificate } from "./x509-certificate.ts";

const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";

/** An answer about certificates by their authority, or by one it appointed (RFC 6960, clause 4.2). */
export interface OcspResponse {
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly toBeSigned: Uint8Array;
  /** Epoch ms. */
  readonly producedAt: number;
  readonly certificates: readonly Uint8Array[];
  readonly answers: readonly OcspAnswer[];
}

interface OcspAnswer {
  readonly hash: Algorithm;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: Uint8Array;
  readonly status: "good" | "unknown" | { readonly revokedAt: number };
}

/** Reads an OCSPResponse, or the BasicOCSPResponse some signers embed without its wrapping. Throws MalformedDer. */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  const outer = sequenceOf(readElement(der));
  const first = outer.next();
  if (first.tag === TAG.sequence) return readBasic(readElement(der));
  const wrapped = sequenceOf(inside(outer.next(contextTag(0))));
  if (oidText(wrapped.next(TAG.oid)) !== BASIC_RESPONSE) throw new MalformedDer("not a basic OCSP response");
  return readBasic(readElement(octetStringBytes(wrapped.next(TAG.octetString))));
}

function readBasic(element: Element): OcspResponse {
  const outer = sequenceOf(element);
  const toBeSigned = outer.next(TAG.sequence);
  const algorithm = readAlgorithm(outer.next(TAG.sequence));
  const signature = bitStringBytes(outer.next(TAG.bitString));
  const certificates = outer.optional(contextTag(0));
  const parts = new Members(toBeSigned);
  parts.optional(contextTag(0));
  parts.next(); // Who answers: found by its key instead.
  return {
    algorithm,
    signature,
    toBeSigned: toBeSigned.bytes,
    producedAt: timeMs(parts.next(TAG.generalizedTime)),
    certificates: certificates
      ? [...members(inside(certificates))].map((certificate) => certificate.bytes)
      : [],
    answers: [...members(parts.next(TAG.sequence))].map(readAnswer),
  };
}

function readAnswer(element: Element): OcspAnswer {
  const fields = sequenceOf(element);
  const id = sequenceOf(fields.next());
  return {
    hash: readAlgorithm(id.next()),
    issuerNameHash: octetStringBytes(id.next(TAG.octetString)),
    issuerKeyHash: octetStringBytes(id.next(TAG.octetString)),
    serial: integerBytes(id.next()),
    status: readStatus(fields.next()),
  };
}

function readStatus(element: Element): OcspAnswer["status"] {
  if (element.tag === primitiveContextTag(0)) return "good";
  return element.tag === contextTag(1) ? { revokedAt: timeMs(inside(element)) } : "unknown";
}

/** What the response says of this certificate, if it speaks of it at all. */
export function answerFor(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): OcspAnswer["status"] | undefined {
  const answer = response.answers.find(({ hash, issuerNameHash, issuerKeyHash, serial }) => {
    const known = hashOf(hash);
    return (
      known !== undefined &&
      sameBytes(serial, certificate.serial) &&
      sameBytes(issuerNameHash, digest(known, [certificate.issuer.bytes])) &&
      sameBytes(issuerKeyHash, digest(known, [publicKeyBits(issuer)]))
    );
  });
  return answer?.status;
}

function publicKeyBits(certificate: Certificate): Uint8Array {
  const fields = sequenceOf(readElement(certificate.publicKeyInfo));
  fields.next();
  return bitStringBytes(fields.next(TAG.bitString));
}
