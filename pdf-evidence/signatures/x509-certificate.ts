import { createHash } from "node:crypto";
import { type Algorithm, readAlgorithm } from "./algorithms.ts";
import {
  bitStringBytes,
  contextTag,
  type Element,
  expect,
  inside,
  integerBytes,
  MalformedDer,
  Members,
  members,
  oidText,
  readElement,
  sameBytes,
  sequenceOf,
  smallInteger,
  TAG,
  timeMs,
} from "./der.ts";
import { type DistinguishedName, readName } from "./x509-names.ts";

export interface Extension {
  readonly critical: boolean;
  /** What the extension's OCTET STRING wraps. */
  readonly value: Uint8Array;
}

export type KeyUsage = "digitalSignature" | "nonRepudiation" | "keyCertSign" | "crlSign";

/** What we need of an X.509 certificate (RFC 5280, clause 4.1). */
export interface Certificate {
  readonly der: Uint8Array;
  /** Lower-case hex SHA-256 of the DER bytes. */
  readonly sha256: string;
  readonly toBeSigned: Uint8Array;
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Epoch ms, both inclusive. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKeyInfo: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
}

export const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  extendedKeyUsage: "2.5.29.37",
} as const;

/** Reads one certificate. Throws MalformedDer. */
export function readCertificate(der: Uint8Array): Certificate {
  const whole = readElement(der);
  const outer = sequenceOf(whole);
  const toBeSigned = outer.next(TAG.sequence);
  const algorithm = readAlgorithm(outer.next(TAG.sequence));
  const signature = bitStringBytes(outer.next(TAG.bitString));

  const parts = new Members(toBeSigned);
  parts.optional(contextTag(0));
  const serial = integerBytes(parts.next(TAG.integer));
  const innerAlgorithm = parts.next(TAG.sequence);
  // RFC 5280, clause 4.1.1.2: the unsigned copy must say what the signed one says.
  if (!sameBytes(innerAlgorithm.bytes, algorithm.bytes)) throw new MalformedDer("two signature algorithms");
  const issuer = readName(parts.next(TAG.sequence));
  const validity = sequenceOf(parts.next());
  const notBefore = timeMs(validity.next());
  const notAfter = timeMs(validity.next());
  const subject = readName(parts.next(TAG.sequence));
  const publicKeyInfo = parts.next(TAG.sequence).bytes;
  return {
    der: whole.bytes,
    sha256: createHash("sha256").update(whole.bytes).digest("hex"),
    toBeSigned: toBeSigned.bytes,
    algorithm,
    signature,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKeyInfo,
    extensions: readExtensions(parts),
  };
}

function readExtensions(parts: Members): Map<string, Extension> {
  const found = new Map<string, Extension>();
  for (let part = parts.rest(); part !== undefined; part = parts.rest()) {
    if (part.tag !== contextTag(3)) continue;
    for (const element of members(expect(inside(part), TAG.sequence))) {
      const [oid, extension] = readExtension(element);
      if (found.has(oid)) throw new MalformedDer("an extension twice");
      found.set(oid, extension);
    }
  }
  return found;
}

/** One Extension of a certificate, a revocation list or an OCSP response. */
export function readExtension(element: Element): [string, Extension] {
  const fields = sequenceOf(element);
  const oid = oidText(fields.next(TAG.oid));
  const critical = fields.optional(TAG.boolean)?.content[0];
  return [
    oid,
    { critical: critical !== undefined && critical !== 0, value: fields.next(TAG.octetString).content },
  ];
}

/** Certificates of a file come from anywhere: what can't be read is no certificate. */
export function readCertificates(ders: Iterable<Uint8Array>): Certificate[] {
  const found = new Map<string, Certificate>();
  for (const der of ders) {
    try {
      const certificate = readCertificate(der);
      found.set(certificate.sha256, certificate);
    } catch (error) {
      if (!(error instanceof MalformedDer)) throw error;
    }
  }
  return [...found.values()];
}

export function basicConstraints(certificate: Certificate): { ca: boolean; pathLength?: number } | undefined {
  const extension = certificate.extensions.get(EXTENSION.basicConstraints);
  if (extension === undefined) return undefined;
  const fields = sequenceOf(readElement(extension.value));
  const ca = fields.optional(TAG.boolean)?.content[0];
  const length = fields.optional(TAG.integer);
  return {
    ca: ca !== undefined && ca !== 0,
    ...(length === undefined ? {} : { pathLength: smallInteger(length) }),
  };
}

const KEY_USAGE_BITS = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyCertSign: 0x04,
  crlSign: 0x02,
} as const satisfies Record<KeyUsage, number>;

/** May the key be used for any of these? A certificate that says nothing forbids nothing. */
export function allowsKeyUsage(certificate: Certificate, ...usages: readonly KeyUsage[]): boolean {
  const extension = certificate.extensions.get(EXTENSION.keyUsage);
  if (extension === undefined) return true;
  const bits = expect(readElement(extension.value), TAG.bitString).content[1] ?? 0;
  return usages.some((usage) => (bits & KEY_USAGE_BITS[usage]) !== 0);
}

/** OIDs of the extended key usages; undefined when the certificate does not limit them. */
export function extendedKeyUsage(certificate: Certificate): readonly string[] | undefined {
  const extension = certificate.extensions.get(EXTENSION.extendedKeyUsage);
  return extension && [...members(expect(readElement(extension.value), TAG.sequence))].map(oidText);
}

export function subjectKeyIdentifier(certificate: Certificate): Uint8Array | undefined {
  const extension = certificate.extensions.get(EXTENSION.subjectKeyIdentifier);
  return extension && expect(readElement(extension.value), TAG.octetString).content;
}

export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.issuer.comparable === certificate.subject.comparable;
}

export function isValidAt(certificate: Certificate, time: number): boolean {
  return certificate.notBefore <= time && time <= certificate.notAfter;
}
