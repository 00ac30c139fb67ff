import { type Algorithm, readAlgorithm } from "./algorithms.ts";
import {
  bitStringBytes,
  contextTag,
  type Element,
  expect,
  inside,
  integerBytes,
  Members,
  members,
  readElement,
  sameBytes,
  sequenceOf,
  smallInteger,
  TAG,
  timeMs,
} from "./der.ts";
import { readExtension } from "./x509-certificate.ts";
import { type DistinguishedName, readName } from "./x509-names.ts";

const REASON = "2.5.29.21";
const DELTA = "2.5.29.27";
const ISSUING_POINT = "2.5.29.28";
/** reasonCode removeFromCRL: a hold that was lifted. */
const REMOVED = 8;

/** A revocation list (RFC 5280, clause 5), its entries unread until they are searched. */
export interface RevocationList {
  readonly issuer: DistinguishedName;
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly toBeSigned: Uint8Array;
  readonly thisUpdate: number;
  /** It lists every revoked certificate of its issuer, so that absence means "not revoked". */
  readonly complete: boolean;
  readonly entries?: Element;
}

/** Throws MalformedDer. */
export function readRevocationList(der: Uint8Array): RevocationList {
  const outer = sequenceOf(readElement(der));
  const toBeSigned = outer.next(TAG.sequence);
  const algorithm = readAlgorithm(outer.next(TAG.sequence));
  const signature = bitStringBytes(outer.next(TAG.bitString));
  const parts = new Members(toBeSigned);
  parts.optional(TAG.integer);
  parts.next(TAG.sequence);
  const issuer = readName(parts.next(TAG.sequence));
  const thisUpdate = timeMs(parts.next());
  parts.optional(TAG.utcTime, TAG.generalizedTime);
  const entries = parts.optional(TAG.sequence);
  const extensions = parts.optional(contextTag(0));
  return {
    issuer,
    algorithm,
    signature,
    toBeSigned: toBeSigned.bytes,
    thisUpdate,
    complete: extensions === undefined || isComplete(inside(extensions)),
    ...(entries === undefined ? {} : { entries }),
  };
}

/** A delta, an indirect or a partial list says nothing by leaving a certificate out. */
function isComplete(extensions: Element): boolean {
  for (const element of members(expect(extensions, TAG.sequence))) {
    const [oid, { critical, value }] = readExtension(element);
    if (oid === DELTA) return false;
    if (oid === ISSUING_POINT) {
      // Only [0], where the list is found, leaves it complete.
      const limits = [...members(readElement(value))].filter((field) => field.tag !== contextTag(0));
      if (limits.length > 0) return false;
    } else if (critical) return false;
  }
  return true;
}

/** When the certificate with this serial was revoked, epoch ms; undefined when the list does not name it. */
export function revokedAt(list: RevocationList, serial: Uint8Array): number | undefined {
  for (const entry of list.entries ? members(list.entries) : []) {
    const fields = sequenceOf(entry);
    if (!sameBytes(integerBytes(fields.next(TAG.integer)), serial)) continue;
    const time = timeMs(fields.next());
    const extensions = fields.optional(TAG.sequence);
    return extensions && isRemoval(extensions) ? undefined : time;
  }
  return undefined;
}

function isRemoval(extensions: Element): boolean {
  for (const element of members(extensions)) {
    const [oid, { value }] = readExtension(element);
    if (oid === REASON) return smallInteger(readElement(value)) === REMOVED;
  }
  return false;
}
