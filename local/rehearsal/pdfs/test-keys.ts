import type { Buffer } from "node:buffer";
import {
  checkPrimeSync,
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
} from "node:crypto";
import { bits, explicit, integer, nothing, octets, oid, sequence } from "./der-writer.ts";

export type KeyKind = "rsa" | "rsa-pss" | "p256" | "p384" | "brainpool" | "ed25519" | "rsa-1024";
export type HashName = "sha1" | "sha256" | "sha384" | "sha512" | "md5";

export interface TestKey {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Buffer;
}

const made = new Map<string, TestKey>();

/** The same key for the same name, on every machine and in every run: nothing secret, nothing committed. */
export function testKey(name: string, kind: KeyKind = "rsa"): TestKey {
  const id = `${kind}:${name}`;
  const known = made.get(id);
  if (known) return known;
  const privateKey = makers[kind](id);
  const publicKeyInfo = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const key = { kind, privateKey, publicKeyInfo };
  made.set(id, key);
  return key;
}

const makers = {
  rsa: (id) => rsaKey(id, 2048),
  "rsa-1024": (id) => rsaKey(id, 1024),
  "rsa-pss": (id) => rsaKey(id, 2048),
  p256: (id) => ecKey(id, "1.2.840.10045.3.1.7", 32),
  p384: (id) => ecKey(id, "1.3.132.0.34", 48),
  brainpool: (id) => ecKey(id, "1.3.36.3.3.2.8.1.1.7", 32),
  ed25519: (id) => pkcs8(sequence(oid("1.3.101.112")), octets(seedBytes(id, 0, 32))),
} as const satisfies Record<KeyKind, (id: string) => KeyObject>;

function seedBytes(id: string, counter: number, length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update(`${id}#${counter}`).digest();
}

function pkcs8(algorithm: Buffer, privateKey: Buffer): KeyObject {
  return createPrivateKey({
    key: sequence(integer(0), algorithm, octets(privateKey)),
    format: "der",
    type: "pkcs8",
  });
}

function ecKey(id: string, curve: string, length: number): KeyObject {
  const scalar = seedBytes(id, 0, length);
  // Below every order of these curves, and not zero.
  scalar[0] = (scalar[0] ?? 0) & 0x7f;
  return pkcs8(sequence(oid("1.2.840.10045.2.1"), oid(curve)), sequence(integer(1), octets(scalar)));
}

function rsaKey(id: string, modulusBits: number): KeyObject {
  const e = 65_537n;
  const [p, q] = [prime(`${id}:p`, modulusBits / 2), prime(`${id}:q`, modulusBits / 2)];
  const phi = (p - 1n) * (q - 1n);
  const d = inverse(e, phi);
  const parts = [p * q, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  return pkcs8(
    sequence(oid("1.2.840.113549.1.1.1"), nothing()),
    sequence(integer(0), ...parts.map((part) => integer(part))),
  );
}

function prime(id: string, size: number): bigint {
  for (let counter = 0; ; counter++) {
    const candidate = seedBytes(id, counter, size / 8);
    candidate[0] = (candidate[0] ?? 0) | 0xc0;
    candidate[candidate.length - 1] = (candidate[candidate.length - 1] ?? 0) | 1;
    const value = BigInt(`0x${candidate.toString("hex")}`);
    // e = 65537 is prime: it has an inverse unless it divides p - 1.
    if (value % 65_537n !== 1n && checkPrimeSync(candidate, { checks: 5 })) return value;
  }
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, nextR, t, nextT] = [modulus, value % modulus, 0n, 1n];
  while (nextR !== 0n) {
    const quotient = r / nextR;
    [r, nextR, t, nextT] = [nextR, r - quotient * nextR, nextT, t - quotient * nextT];
  }
  return ((t % modulus) + modulus) % modulus;
}

const HASH_OIDS = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
} as const satisfies Record<HashName, string>;

const RSA_OIDS = {
  md5: "1.2.840.113549.1.1.4",
  sha1: "1.2.840.113549.1.1.5",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
} as const;
const ECDSA_OIDS = {
  md5: "",
  sha1: "1.2.840.10045.4.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
} as const;

export function hashAlgorithm(hash: HashName): Buffer {
  return sequence(oid(HASH_OIDS[hash]));
}

/** The AlgorithmIdentifier that goes with a signature by this key. */
export function signatureAlgorithm(key: TestKey, hash: HashName = "sha256"): Buffer {
  if (key.kind === "ed25519") return sequence(oid("1.3.101.112"));
  if (key.kind === "rsa-pss") {
    const mgf = sequence(oid("1.2.840.113549.1.1.8"), hashAlgorithm(hash));
    const parameters = sequence(explicit(0, hashAlgorithm(hash)), explicit(1, mgf), explicit(2, integer(32)));
    return sequence(oid("1.2.840.113549.1.1.10"), parameters);
  }
  if (key.kind === "rsa" || key.kind === "rsa-1024") return sequence(oid(RSA_OIDS[hash]), nothing());
  return sequence(oid(ECDSA_OIDS[hash]));
}

export function signWith(key: TestKey, bytes: Uint8Array, hash: HashName = "sha256"): Buffer {
  if (key.kind === "ed25519") return signBytes(null, bytes, key.privateKey);
  if (key.kind !== "rsa-pss") return signBytes(hash, bytes, key.privateKey);
  return signBytes(hash, bytes, {
    key: key.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });
}

/** X.509's SIGNED{…}: what is signed, the algorithm, the signature. */
export function signedStructure(key: TestKey, toBeSigned: Buffer, hash: HashName = "sha256"): Buffer {
  return sequence(toBeSigned, signatureAlgorithm(key, hash), bits(signWith(key, toBeSigned, hash)));
}
