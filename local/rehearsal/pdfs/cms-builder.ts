import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { explicit, generalizedTime, integer, octets, oid, sequence, setOf, time, tlv } from "./der-writer.ts";
import { type Identity, keyIdentifier } from "./test-certificates.ts";
import { type HashName, hashAlgorithm, signatureAlgorithm, signWith } from "./test-keys.ts";

const DATA = "1.2.840.113549.1.7.1";
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";

/** What a test may spoil in a CMS signature; everything left out is as PAdES B-B wants it. */
export interface CmsWish {
  readonly signer: Identity;
  /** Sent along besides the signer's own. */
  readonly chain?: readonly Buffer[];
  /** What is signed: the bytes of the ranges, joined, or their digest by `hash`. */
  readonly content: readonly Uint8Array[];
  readonly hash?: HashName;
  readonly signingTime?: number;
  readonly contentType?: string;
  readonly eContentType?: string;
  readonly eContent?: Buffer;
  readonly signingCertificate?: "v2" | "v1" | "absent" | "of-another";
  readonly messageDigest?: Buffer | "absent" | "twice";
  readonly signedAttributes?: "absent";
  readonly extraSignedAttributes?: readonly Buffer[];
  readonly unsignedAttributes?: readonly Buffer[];
  readonly subjectKeyIdentifier?: boolean;
  readonly certificates?: readonly Buffer[];
  readonly crls?: readonly Buffer[];
  readonly signers?: number;
  readonly timeStampAuthority?: Identity;
  readonly timeStampTime?: number;
  readonly timeStampOf?: Uint8Array;
  readonly digestAlgorithm?: Buffer;
  readonly signatureAlgorithm?: Buffer;
  readonly signature?: Buffer;
}

export const attribute = (type: string, ...values: readonly Buffer[]): Buffer =>
  sequence(oid(type), setOf(...values));

/** A detached CMS SignedData (RFC 5652), DER. */
export function buildCms(wish: CmsWish): Buffer {
  const hash = wish.hash ?? (wish.signer.key.kind === "ed25519" ? "sha512" : "sha256");
  const signerInfo = buildSignerInfo(wish, hash);
  const certificates = wish.certificates ?? [wish.signer.certificate, ...(wish.chain ?? [])];
  const eContent = wish.eContent === undefined ? [] : [explicit(0, octets(wish.eContent))];
  return contentInfo(
    sequence(
      integer(wish.eContentType === undefined ? 1 : 3),
      setOf(wish.digestAlgorithm ?? hashAlgorithm(hash)),
      sequence(oid(wish.eContentType ?? DATA), ...eContent),
      ...(certificates.length > 0 ? [tlv(0xa0, ...certificates)] : []),
      ...(wish.crls === undefined ? [] : [tlv(0xa1, ...wish.crls)]),
      tlv(0x31, ...Array.from({ length: wish.signers ?? 1 }, () => signerInfo)),
    ),
  );
}

const contentInfo = (signedData: Buffer): Buffer => sequence(oid(SIGNED_DATA), explicit(0, signedData));

function buildSignerInfo(wish: CmsWish, hash: HashName): Buffer {
  const attributes = wish.signedAttributes === "absent" ? undefined : signedAttributes(wish, hash);
  const toBeSigned = attributes ?? Buffer.concat(wish.content);
  const signature = wish.signature ?? signWith(wish.signer.key, toBeSigned, hash);
  const unsigned = [...(wish.unsignedAttributes ?? [])];
  if (wish.timeStampAuthority) {
    const imprint = wish.timeStampOf ?? signature;
    const token = buildTimeStamp({
      authority: wish.timeStampAuthority,
      content: [imprint],
      time: wish.timeStampTime ?? 0,
    });
    unsigned.push(attribute("1.2.840.113549.1.9.16.2.14", token));
  }
  return sequence(
    integer(wish.subjectKeyIdentifier ? 3 : 1),
    wish.subjectKeyIdentifier
      ? tlv(0x80, keyIdentifier(wish.signer.key))
      : sequence(wish.signer.issuerName, integer(wish.signer.serial)),
    wish.digestAlgorithm ?? hashAlgorithm(hash),
    ...(attributes === undefined ? [] : [retag(attributes, 0xa0)]),
    wish.signatureAlgorithm ?? signatureAlgorithm(wish.signer.key, hash),
    octets(signature),
    ...(unsigned.length === 0 ? [] : [tlv(0xa1, ...unsigned)]),
  );
}

function signedAttributes(wish: CmsWish, hash: HashName): Buffer {
  const digest = Buffer.isBuffer(wish.messageDigest) ? wish.messageDigest : digestOf(hash, wish.content);
  const digestAttribute = attribute("1.2.840.113549.1.9.4", octets(digest));
  const times =
    wish.signingTime === undefined ? [] : [attribute("1.2.840.113549.1.9.5", time(wish.signingTime))];
  return setOf(
    attribute("1.2.840.113549.1.9.3", oid(wish.contentType ?? wish.eContentType ?? DATA)),
    ...(wish.messageDigest === "absent" ? [] : [digestAttribute]),
    ...(wish.messageDigest === "twice" ? [digestAttribute] : []),
    ...times,
    ...signingCertificate(wish),
    ...(wish.extraSignedAttributes ?? []),
  );
}

/** ESS signing-certificate (RFC 2634) and signing-certificate-v2 (RFC 5035). */
function signingCertificate(wish: CmsWish): Buffer[] {
  const kind = wish.signingCertificate ?? "v2";
  if (kind === "absent") return [];
  const certificate = kind === "of-another" ? Buffer.from("another certificate") : wish.signer.certificate;
  const hash = kind === "v1" ? "sha1" : "sha256";
  const type = kind === "v1" ? "1.2.840.113549.1.9.16.2.12" : "1.2.840.113549.1.9.16.2.47";
  return [attribute(type, sequence(sequence(sequence(octets(digestOf(hash, [certificate]))))))];
}

export interface TimeStampWish {
  readonly authority: Identity;
  /** What existed at that time. */
  readonly content: readonly Uint8Array[];
  readonly time: number;
  readonly hash?: HashName;
  readonly chain?: readonly Buffer[];
  readonly cms?: Partial<CmsWish>;
}

/** An RFC 3161 time-stamp token. */
export function buildTimeStamp(wish: TimeStampWish): Buffer {
  const hash = wish.hash ?? "sha256";
  const info = sequence(
    integer(1),
    oid("1.3.6.1.4.1.99999.1"),
    sequence(hashAlgorithm(hash), octets(digestOf(hash, wish.content))),
    integer(4711),
    generalizedTime(wish.time),
  );
  return buildCms({
    signer: wish.authority,
    chain: wish.chain ?? [],
    content: [info],
    eContentType: TST_INFO,
    eContent: info,
    signingTime: wish.time,
    ...wish.cms,
  });
}

export function digestOf(hash: HashName, parts: readonly Uint8Array[]): Buffer {
  const running = createHash(hash);
  for (const part of parts) running.update(part);
  return running.digest();
}

function retag(der: Buffer, tag: number): Buffer {
  const copy = Buffer.from(der);
  copy[0] = tag;
  return copy;
}
