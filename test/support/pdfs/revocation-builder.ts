import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import {
  bits,
  explicit,
  generalizedTime,
  implicitPrimitive,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  time,
  tlv,
} from "../../../local/rehearsal/pdfs/der-writer.ts";
import {
  extension,
  type Identity,
  keyIdentifier,
  nameDer,
} from "../../../local/rehearsal/pdfs/test-certificates.ts";
import { signatureAlgorithm, signedStructure, signWith } from "../../../local/rehearsal/pdfs/test-keys.ts";

export interface Revocation {
  readonly serial: number;
  /** Epoch ms. */
  readonly at: number;
  /** Of RFC 5280, clause 5.3.1; 8 is removeFromCRL. */
  readonly reason?: number;
}

/** A revocation list (RFC 5280, clause 5). */
export function buildCrl(wish: {
  readonly issuer: Identity;
  readonly revoked?: readonly Revocation[];
  readonly at: number;
  readonly extensions?: readonly Buffer[];
}): Buffer {
  const entries = (wish.revoked ?? []).map(({ serial, at, reason }) => {
    const code =
      reason === undefined ? [] : [sequence(extension("2.5.29.21", false, tlv(0x0a, Buffer.from([reason]))))];
    return sequence(integer(serial), time(at), ...code);
  });
  const toBeSigned = sequence(
    integer(1),
    signatureAlgorithm(wish.issuer.key),
    nameDer(wish.issuer.name),
    time(wish.at),
    time(wish.at + 86_400_000),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    ...(wish.extensions ? [explicit(0, sequence(...wish.extensions))] : []),
  );
  return signedStructure(wish.issuer.key, toBeSigned);
}

/** An OCSP response about one certificate (RFC 6960, clause 4.2). */
export function buildOcsp(wish: {
  readonly issuer: Identity;
  readonly serial: number;
  readonly responder: Identity;
  readonly revokedAt?: number;
  readonly at: number;
  readonly bare?: boolean;
}): Buffer {
  const sha1 = (bytes: Buffer) => octets(createHash("sha1").update(bytes).digest());
  const keyBits = publicKeyBits(wish.issuer.key.publicKeyInfo);
  const certId = sequence(
    sequence(oid("1.3.14.3.2.26"), nothing()),
    sha1(nameDer(wish.issuer.name)),
    sha1(keyBits),
    integer(wish.serial),
  );
  const status =
    wish.revokedAt === undefined
      ? implicitPrimitive(0, Buffer.alloc(0))
      : tlv(0xa1, generalizedTime(wish.revokedAt));
  const toBeSigned = sequence(
    explicit(2, octets(keyIdentifier(wish.responder.key))),
    generalizedTime(wish.at),
    sequence(sequence(certId, status, generalizedTime(wish.at))),
  );
  const basic = sequence(
    toBeSigned,
    signatureAlgorithm(wish.responder.key),
    bits(signWith(wish.responder.key, toBeSigned)),
    explicit(0, sequence(wish.responder.certificate)),
  );
  if (wish.bare) return basic;
  return sequence(
    tlv(0x0a, Buffer.from([0])),
    explicit(0, sequence(oid("1.3.6.1.5.5.7.48.1.1"), octets(basic))),
  );
}

/** The key's own bits within SubjectPublicKeyInfo: the last member, less tag, length and unused-bits octet. */
function publicKeyBits(publicKeyInfo: Buffer): Buffer {
  const at = publicKeyInfo.indexOf(0x03, publicKeyInfo[1] === 0x82 ? 4 + 15 : 2);
  const long = (publicKeyInfo[at + 1] ?? 0) > 0x80 ? (publicKeyInfo[at + 1] ?? 0) & 0x7f : 0;
  return publicKeyInfo.subarray(at + 2 + long + 1);
}
