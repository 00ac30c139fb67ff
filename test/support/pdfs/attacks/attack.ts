import { Buffer } from "node:buffer";
import { type SignWish, signPdf } from "../../../../local/rehearsal/pdfs/pdf-signer.ts";
import { type ObjectBody, objectBody, readObjects } from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { type PlainPdfWish, plainPdf, textContent } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import {
  testAuthority,
  testSigner,
  VALID_FROM,
  VALID_TO,
} from "../../../../local/rehearsal/pdfs/test-authority.ts";
import { type Identity, issueCertificate } from "../../../../local/rehearsal/pdfs/test-certificates.ts";
import { testKey } from "../../../../local/rehearsal/pdfs/test-keys.ts";

export type AttackClass =
  | "forged values"
  | "incremental saving"
  | "wrapping"
  | "shadow: hide"
  | "shadow: replace"
  | "shadow: hide and replace"
  | "certification"
  | "sneaky trailer"
  | "field lock"
  | "byte range"
  | "truncation";

/** One published way to change what a signed file shows, made from a file signed a moment ago. */
export interface Attack {
  readonly kind: AttackClass;
  readonly name: string;
  readonly forge: () => Buffer;
}

export const HONEST = ["Medlemsaftale", "", "Kontingentet er 25.000 kr. om året."] as const;
export const EVIL = ["Medlemsaftale", "", "Kontingentet er 1 kr. om året."] as const;
export const evilContent = (): Buffer => textContent(EVIL);

export function document(wish: Partial<PlainPdfWish> = {}): Buffer {
  return plainPdf({ pages: [HONEST], ...wish });
}

/** Signed by somebody our tests trust: whatever is wrong afterwards is the attacker's work. */
export function signed(pdf: Buffer = document(), wish: Partial<SignWish> = {}): Buffer {
  const { intermediate } = testAuthority();
  return signPdf(pdf, {
    signer: testSigner(),
    reservedBytes: 4096,
    ...wish,
    cms: { chain: [intermediate.certificate], ...wish.cms },
  });
}

/** A signer with a certificate of her own making, whom nobody trusts. */
export function mallory(): Identity {
  const life = { notBefore: VALID_FROM, notAfter: VALID_TO };
  return issueCertificate({
    name: { commonName: "Mallory" },
    key: testKey("mallory", "p256"),
    serial: 666,
    ...life,
  });
}

/** The object that holds the newest signature's value. */
export function signatureObjectOf(pdf: Buffer): number {
  const found = [...readObjects(pdf)].filter(([, body]) => body.includes("/ByteRange"));
  const last = found.at(-1);
  if (last === undefined) throw new RangeError("the file has no signature");
  return last[0];
}

export interface Places {
  readonly object: number;
  /** The dictionary as text. */
  readonly dictionary: string;
  readonly byteRange: readonly [number, number, number, number];
  /** The hex digits between the brackets. */
  readonly contents: string;
}

export function placesOf(pdf: Buffer): Places {
  const object = signatureObjectOf(pdf);
  const dictionary = objectBody(pdf, object);
  const [a = 0, b = 0, c = 0, d = 0] = (/\/ByteRange\s*\[([^\]]*)\]/.exec(dictionary)?.[1] ?? "")
    .trim()
    .split(/\s+/)
    .map(Number);
  return {
    object,
    dictionary,
    byteRange: [a, b, c, d],
    contents: /\/Contents\s*<([0-9a-f]*)>/i.exec(dictionary)?.[1] ?? "",
  };
}

/** Overwrites bytes in place: the file keeps its length and every offset. */
export function overwritten(pdf: Buffer, from: string, to: string): Buffer {
  const at = pdf.indexOf(from, 0, "latin1");
  if (at < 0) throw new RangeError(`the file has no ${from}`);
  if (to.length > from.length) throw new RangeError("longer than what stands there");
  const copy = Buffer.from(pdf);
  copy.write(to.padEnd(from.length), at, "latin1");
  return copy;
}

export const changes = (
  ...pairs: readonly (readonly [number, ObjectBody])[]
): ReadonlyMap<number, ObjectBody> => new Map(pairs);
