import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import {
  bits,
  boolean,
  explicit,
  ia5,
  implicitPrimitive,
  integer,
  octets,
  oid,
  printable,
  sequence,
  setOf,
  time,
  tlv,
  utf8,
} from "./der-writer.ts";
import { type HashName, signatureAlgorithm, signedStructure, type TestKey } from "./test-keys.ts";

export interface DistinguishedName {
  readonly commonName: string;
  readonly organisation?: string;
  readonly organisationIdentifier?: string;
  readonly serialNumber?: string;
  readonly email?: string;
  readonly country?: string;
}

/** Keys and a certificate for them: what a signer or an authority holds. */
export interface Identity {
  readonly name: DistinguishedName;
  readonly key: TestKey;
  readonly certificate: Buffer;
  /** DER. */
  readonly issuerName: Buffer;
  readonly serial: number;
}

export type KeyUsage = "digitalSignature" | "nonRepudiation" | "keyEncipherment" | "keyCertSign" | "crlSign";
const KEY_USAGE_BITS = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  keyCertSign: 0x04,
  crlSign: 0x02,
} as const;

export const EKU = {
  documentSigning: "1.3.6.1.5.5.7.3.36",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;

export interface CertificateWish {
  readonly name: DistinguishedName;
  readonly key: TestKey;
  /** Absent: signed by itself. */
  readonly issuer?: Identity;
  readonly serial: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly ca?: boolean;
  readonly pathLength?: number;
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: readonly string[];
  readonly nameConstraints?: {
    readonly permitted?: readonly Buffer[];
    readonly excluded?: readonly Buffer[];
  };
  readonly subjectAltEmail?: string;
  readonly extra?: readonly Buffer[];
  readonly hash?: HashName;
  /** Leaves basic constraints out altogether. */
  readonly withoutBasicConstraints?: boolean;
}

export function nameDer(name: DistinguishedName): Buffer {
  const part = (type: string, value: Buffer | undefined) =>
    value ? [setOf(sequence(oid(type), value))] : [];
  const text = (value: string | undefined) => (value === undefined ? undefined : utf8(value));
  return sequence(
    ...part("2.5.4.6", printable(name.country ?? "DK")),
    ...part("2.5.4.10", text(name.organisation)),
    ...part("2.5.4.97", text(name.organisationIdentifier)),
    ...part("2.5.4.5", name.serialNumber === undefined ? undefined : printable(name.serialNumber)),
    ...part("2.5.4.3", text(name.commonName)),
    ...part("1.2.840.113549.1.9.1", name.email === undefined ? undefined : ia5(name.email)),
  );
}

export function extension(type: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octets(value));
}

/** GeneralSubtrees for name constraints (RFC 5280, clause 4.2.1.10). */
export const subtree = {
  email: (host: string): Buffer => sequence(implicitPrimitive(1, Buffer.from(host, "latin1"))),
  dns: (host: string): Buffer => sequence(implicitPrimitive(2, Buffer.from(host, "latin1"))),
  directory: (name: DistinguishedName): Buffer => sequence(explicit(4, nameDer(name))),
  /** Only the first parts of the name, as a constraint is written. */
  organisation: (organisation: string): Buffer =>
    sequence(
      explicit(
        4,
        sequence(
          setOf(sequence(oid("2.5.4.6"), printable("DK"))),
          setOf(sequence(oid("2.5.4.10"), utf8(organisation))),
        ),
      ),
    ),
};

export function issueCertificate(wish: CertificateWish): Identity {
  const issuerName = wish.issuer?.name ?? wish.name;
  const issuerKey = wish.issuer?.key ?? wish.key;
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    integer(wish.serial),
    signatureAlgorithm(issuerKey, wish.hash),
    nameDer(issuerName),
    sequence(time(wish.notBefore), time(wish.notAfter)),
    nameDer(wish.name),
    wish.key.publicKeyInfo,
    explicit(3, sequence(...extensions(wish, issuerKey))),
  );
  return {
    name: wish.name,
    key: wish.key,
    certificate: signedStructure(issuerKey, toBeSigned, wish.hash),
    issuerName: nameDer(issuerName),
    serial: wish.serial,
  };
}

function extensions(wish: CertificateWish, issuerKey: TestKey): Buffer[] {
  const found: Buffer[] = [
    extension("2.5.29.14", false, octets(keyIdentifier(wish.key))),
    extension("2.5.29.35", false, sequence(implicitPrimitive(0, keyIdentifier(issuerKey)))),
  ];
  if (!wish.withoutBasicConstraints) {
    const length = wish.pathLength === undefined ? [] : [integer(wish.pathLength)];
    found.push(extension("2.5.29.19", true, sequence(...(wish.ca ? [boolean(true), ...length] : []))));
  }
  if (wish.keyUsage) {
    const value = wish.keyUsage.reduce((sum, usage) => sum | KEY_USAGE_BITS[usage], 0);
    found.push(extension("2.5.29.15", true, bits(Buffer.from([value]))));
  }
  if (wish.extendedKeyUsage) {
    const critical = wish.extendedKeyUsage.includes(EKU.timeStamping);
    found.push(extension("2.5.29.37", critical, sequence(...wish.extendedKeyUsage.map(oid))));
  }
  if (wish.nameConstraints) {
    const { permitted = [], excluded = [] } = wish.nameConstraints;
    const trees = [
      ...(permitted.length > 0 ? [tlv(0xa0, ...permitted)] : []),
      ...(excluded.length > 0 ? [tlv(0xa1, ...excluded)] : []),
    ];
    found.push(extension("2.5.29.30", true, sequence(...trees)));
  }
  if (wish.subjectAltEmail !== undefined) {
    found.push(
      extension(
        "2.5.29.17",
        false,
        sequence(implicitPrimitive(1, Buffer.from(wish.subjectAltEmail, "latin1"))),
      ),
    );
  }
  return [...found, ...(wish.extra ?? [])];
}

export function keyIdentifier(key: TestKey): Buffer {
  return createHash("sha1").update(key.publicKeyInfo).digest();
}
