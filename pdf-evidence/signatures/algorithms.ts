import { constants, createHash, createPublicKey, createVerify, type KeyObject, verify } from "node:crypto";
import type { SignatureObservation } from "../observation-codes.ts";
import { contextTag, type Element, inside, Members, oidText, sequenceOf, smallInteger, TAG } from "./der.ts";

/** AlgorithmIdentifier (RFC 5280, clause 4.1.1.2). */
export interface Algorithm {
  readonly oid: string;
  readonly parameters?: Element;
  readonly bytes: Uint8Array;
}

export function readAlgorithm(element: Element): Algorithm {
  const parts = sequenceOf(element);
  const oid = oidText(parts.next(TAG.oid));
  const parameters = parts.rest();
  return { oid, bytes: element.bytes, ...(parameters === undefined ? {} : { parameters }) };
}

type Strength = "good" | "weak" | "broken";
interface Hash {
  /** As node:crypto calls it. */
  readonly name: string;
  readonly strength: Strength;
  /** Octets, where the hash can be cut at any length. */
  readonly outputLength?: number;
}

/** ETSI TS 119 312: what may still be relied on. SHA-1's collisions are practical since 2017, MD5's since 2004. */
const HASHES: Readonly<Record<string, Hash>> = {
  "1.2.840.113549.2.5": { name: "md5", strength: "broken" },
  "1.3.14.3.2.26": { name: "sha1", strength: "weak" },
  "1.3.36.3.2.1": { name: "ripemd160", strength: "weak" },
  "2.16.840.1.101.3.4.2.4": { name: "sha224", strength: "good" },
  "2.16.840.1.101.3.4.2.1": { name: "sha256", strength: "good" },
  "2.16.840.1.101.3.4.2.2": { name: "sha384", strength: "good" },
  "2.16.840.1.101.3.4.2.3": { name: "sha512", strength: "good" },
  "2.16.840.1.101.3.4.2.7": { name: "sha3-224", strength: "good" },
  "2.16.840.1.101.3.4.2.8": { name: "sha3-256", strength: "good" },
  "2.16.840.1.101.3.4.2.9": { name: "sha3-384", strength: "good" },
  "2.16.840.1.101.3.4.2.10": { name: "sha3-512", strength: "good" },
  // id-shake256 and id-shake256-len as Ed448 uses them (RFC 8419, clause 2.3): always 64 octets.
  "2.16.840.1.101.3.4.2.12": { name: "shake256", strength: "good", outputLength: 64 },
  "2.16.840.1.101.3.4.2.18": { name: "shake256", strength: "good", outputLength: 64 },
};

const SHA256 = "2.16.840.1.101.3.4.2.1";
const SHA1 = "1.3.14.3.2.26";

type Family = "rsa" | "rsa-pss" | "ecdsa" | "ecdsa-plain" | "dsa" | "ed25519" | "ed448";
interface SignatureScheme {
  readonly family: Family;
  /** OID of the hash; absent where the message's digest algorithm or the parameters name it. */
  readonly hash?: string;
}

const sha = (name: string): string =>
  Object.entries(HASHES).find(([, hash]) => hash.name === name)?.[0] ?? "unknown";

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  "1.2.840.113549.1.1.1": { family: "rsa" },
  "1.2.840.113549.1.1.4": { family: "rsa", hash: sha("md5") },
  "1.2.840.113549.1.1.5": { family: "rsa", hash: sha("sha1") },
  "1.3.14.3.2.29": { family: "rsa", hash: sha("sha1") },
  "1.2.840.113549.1.1.14": { family: "rsa", hash: sha("sha224") },
  "1.2.840.113549.1.1.11": { family: "rsa", hash: sha("sha256") },
  "1.2.840.113549.1.1.12": { family: "rsa", hash: sha("sha384") },
  "1.2.840.113549.1.1.13": { family: "rsa", hash: sha("sha512") },
  "2.16.840.1.101.3.4.3.13": { family: "rsa", hash: sha("sha3-224") },
  "2.16.840.1.101.3.4.3.14": { family: "rsa", hash: sha("sha3-256") },
  "2.16.840.1.101.3.4.3.15": { family: "rsa", hash: sha("sha3-384") },
  "2.16.840.1.101.3.4.3.16": { family: "rsa", hash: sha("sha3-512") },
  "1.2.840.113549.1.1.10": { family: "rsa-pss" },
  "1.2.840.10045.2.1": { family: "ecdsa" },
  "1.2.840.10045.4.1": { family: "ecdsa", hash: sha("sha1") },
  "1.2.840.10045.4.3.1": { family: "ecdsa", hash: sha("sha224") },
  "1.2.840.10045.4.3.2": { family: "ecdsa", hash: sha("sha256") },
  "1.2.840.10045.4.3.3": { family: "ecdsa", hash: sha("sha384") },
  "1.2.840.10045.4.3.4": { family: "ecdsa", hash: sha("sha512") },
  "2.16.840.1.101.3.4.3.9": { family: "ecdsa", hash: sha("sha3-224") },
  "2.16.840.1.101.3.4.3.10": { family: "ecdsa", hash: sha("sha3-256") },
  "2.16.840.1.101.3.4.3.11": { family: "ecdsa", hash: sha("sha3-384") },
  "2.16.840.1.101.3.4.3.12": { family: "ecdsa", hash: sha("sha3-512") },
  // BSI TR-03111: r and s side by side.
  "0.4.0.127.0.7.1.1.4.1.1": { family: "ecdsa-plain", hash: sha("sha1") },
  "0.4.0.127.0.7.1.1.4.1.2": { family: "ecdsa-plain", hash: sha("sha224") },
  "0.4.0.127.0.7.1.1.4.1.3": { family: "ecdsa-plain", hash: sha("sha256") },
  "0.4.0.127.0.7.1.1.4.1.4": { family: "ecdsa-plain", hash: sha("sha384") },
  "0.4.0.127.0.7.1.1.4.1.5": { family: "ecdsa-plain", hash: sha("sha512") },
  "1.2.840.10040.4.3": { family: "dsa", hash: sha("sha1") },
  "2.16.840.1.101.3.4.3.1": { family: "dsa", hash: sha("sha224") },
  "2.16.840.1.101.3.4.3.2": { family: "dsa", hash: sha("sha256") },
  "1.3.101.112": { family: "ed25519" },
  "1.3.101.113": { family: "ed448" },
};

/** With signed attributes, EdDSA goes with one digest only (RFC 8419, clause 3.1). */
const EDDSA_DIGESTS: Partial<Record<Family, string>> = { ed25519: "sha512", ed448: "shake256" };

/** Key types node:crypto may report for a family: a signature by another kind of key is no signature. */
const KEY_TYPES = {
  rsa: ["rsa"],
  "rsa-pss": ["rsa", "rsa-pss"],
  ecdsa: ["ec"],
  "ecdsa-plain": ["ec"],
  dsa: ["dsa"],
  ed25519: ["ed25519"],
  ed448: ["ed448"],
} as const satisfies Record<Family, readonly string[]>;

export function hashOf(algorithm: Pick<Algorithm, "oid">): Hash | undefined {
  return HASHES[algorithm.oid];
}

export function digest(hash: Hash, parts: Iterable<Uint8Array>): Buffer {
  const running = createHash(
    hash.name,
    hash.outputLength === undefined ? {} : { outputLength: hash.outputLength },
  );
  for (const part of parts) running.update(part);
  return running.digest();
}

export function strengthFindings(hash: Hash): SignatureObservation[] {
  if (hash.strength === "broken") return ["ALGORITHM_BROKEN"];
  return hash.strength === "weak" ? ["ALGORITHM_WEAK"] : [];
}

export interface SignatureCheck {
  readonly algorithm: Algorithm;
  /** Used where the signature algorithm names no hash of its own. */
  readonly digestAlgorithm?: Algorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array;
  readonly data: readonly Uint8Array[];
  readonly signature: Uint8Array;
}

/**
 * Is this the signature of these bytes by this key? Findings: SIGNATURE_INVALID when not,
 * ALGORITHM_UNSUPPORTED when it can't be known, and what is weak about it although it holds.
 */
export function checkSignature(check: SignatureCheck): SignatureObservation[] {
  const scheme = SCHEMES[check.algorithm.oid];
  if (scheme === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const key = publicKey(check.publicKeyInfo);
  if (key === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const types: readonly string[] = KEY_TYPES[scheme.family];
  if (!types.includes(key.asymmetricKeyType ?? "")) return ["SIGNATURE_INVALID"];
  if (scheme.family === "ed25519" || scheme.family === "ed448") {
    const { digestAlgorithm } = check;
    if (digestAlgorithm && hashOf(digestAlgorithm)?.name !== EDDSA_DIGESTS[scheme.family])
      return ["ALGORITHM_UNSUPPORTED"];
    return holds(() => verify(null, joined(check.data), key, check.signature)) ? [] : ["SIGNATURE_INVALID"];
  }
  const pss = scheme.family === "rsa-pss" ? readPss(check.algorithm) : undefined;
  if (scheme.family === "rsa-pss" && pss === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const hash = HASHES[scheme.hash ?? pss?.hash ?? check.digestAlgorithm?.oid ?? ""];
  if (hash === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const options = {
    key,
    ...(scheme.family === "ecdsa-plain" ? { dsaEncoding: "ieee-p1363" as const } : {}),
    ...(pss === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength }),
  };
  const valid = holds(() => {
    const verifier = createVerify(hash.name);
    for (const part of check.data) verifier.update(part);
    return verifier.verify(options, check.signature);
  });
  return [...(valid ? [] : (["SIGNATURE_INVALID"] as const)), ...strengthFindings(hash), ...keyFindings(key)];
}

/** node:crypto throws at a signature of impossible form: that is a signature that does not hold. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

function publicKey(publicKeyInfo: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(publicKeyInfo), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** RSASSA-PSS-params with their defaults (RFC 4055, clause 3.1); undefined for what OpenSSL can't be told. */
function readPss(algorithm: Algorithm): { hash: string; saltLength: number } | undefined {
  if (algorithm.parameters === undefined) return { hash: SHA1, saltLength: 20 };
  const parts = sequenceOf(algorithm.parameters);
  const hash = parts.optional(contextTag(0));
  const mask = parts.optional(contextTag(1));
  const salt = parts.optional(contextTag(2));
  const trailer = parts.optional(contextTag(3));
  const hashOid = hash === undefined ? SHA1 : readAlgorithm(inside(hash)).oid;
  const maskParameters = mask === undefined ? undefined : readAlgorithm(inside(mask)).parameters;
  const maskOid = maskParameters === undefined ? SHA1 : oidText(new Members(maskParameters).next(TAG.oid));
  if (maskOid !== hashOid || (trailer !== undefined && smallInteger(inside(trailer)) !== 1)) return undefined;
  return { hash: hashOid, saltLength: salt === undefined ? 20 : smallInteger(inside(salt)) };
}

/** RSA and DSA below 2048 bits and curves below 224 are within reach of an attacker (ETSI TS 119 312, clause 8). */
function keyFindings(key: KeyObject): SignatureObservation[] {
  const details = key.asymmetricKeyDetails;
  if (details?.modulusLength !== undefined && details.modulusLength < 2048) return ["KEY_WEAK"];
  const curveBits = Number(/(\d{3})/.exec(details?.namedCurve ?? "256")?.[1] ?? 256);
  return curveBits < 224 ? ["KEY_WEAK"] : [];
}

export const DEFAULT_HASH = { oid: SHA256 } as const;
export const SHA1_HASH = { oid: SHA1 } as const;
