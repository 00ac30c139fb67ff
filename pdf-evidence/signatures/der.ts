/** The bytes are not what they claim to be. Caught once, at the door of each verification. */
export class MalformedDer extends Error {
  override readonly name = "MalformedDer";
}

/** One tag, length and value: views of the bytes it was read from, never copies. */
export interface Element {
  /** The first identifier octet: class, constructed bit and number. */
  readonly tag: number;
  /** Tag, length and content. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** `[number] EXPLICIT` or a constructed `[number] IMPLICIT`. */
export const contextTag = (number: number): number => 0xa0 | number;
/** A primitive `[number] IMPLICIT`. */
export const primitiveContextTag = (number: number): number => 0x80 | number;

/** Elements of indefinite length may contain each other; nobody nests them deeper than this. */
const MAX_DEPTH = 48;

/**
 * Reads the element at `at`: BER as signers write it in CMS (X.690), with lengths of at most four octets
 * and indefinite lengths too. What follows the element is not looked at.
 */
export function readElement(source: Uint8Array, at = 0, depth = 0): Element {
  if (depth > MAX_DEPTH) throw new MalformedDer("nested too deeply");
  const tag = octet(source, at);
  let position = at + 1;
  if ((tag & 0x1f) === 0x1f) {
    while (octet(source, position++) & 0x80) if (position - at > 5) throw new MalformedDer("tag too long");
  }
  const first = octet(source, position++);
  if (first === 0x80) return indefinite(source, at, position, tag, depth);
  let length = first;
  if (first > 0x80) {
    const octets = first & 0x7f;
    if (octets > 4) throw new MalformedDer("length too long");
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + octet(source, position++);
  }
  if (position + length > source.length) throw new MalformedDer("ends too early");
  const end = position + length;
  return { tag, bytes: source.subarray(at, end), content: source.subarray(position, end) };
}

function indefinite(
  source: Uint8Array,
  at: number,
  contentStart: number,
  tag: number,
  depth: number,
): Element {
  if ((tag & 0x20) === 0) throw new MalformedDer("a primitive value without a length");
  let position = contentStart;
  while (!(octet(source, position) === 0 && octet(source, position + 1) === 0)) {
    position += readElement(source, position, depth + 1).bytes.length;
  }
  return { tag, bytes: source.subarray(at, position + 2), content: source.subarray(contentStart, position) };
}

function octet(source: Uint8Array, at: number): number {
  const value = source[at];
  if (value === undefined) throw new MalformedDer("ends too early");
  return value;
}

/** The elements inside a constructed one, one at a time: a revocation list may hold a million. */
export function* members(parent: Element): Generator<Element> {
  for (let at = 0; at < parent.content.length; ) {
    const member = readElement(parent.content, at);
    yield member;
    at += member.bytes.length;
  }
}

/** Reads a structure's members in order, as its ASN.1 definition lists them. */
export class Members {
  readonly #source: Uint8Array;
  #at = 0;

  constructor(parent: Element) {
    this.#source = parent.content;
  }

  /** The next member, of this tag if one is given. */
  next(tag?: number): Element {
    const element = readElement(this.#source, this.#at);
    if (tag !== undefined && element.tag !== tag) {
      throw new MalformedDer(`expected tag ${tag.toString(16)}, found ${element.tag.toString(16)}`);
    }
    this.#at += element.bytes.length;
    return element;
  }

  /** The next member if it has one of these tags. */
  optional(...tags: readonly number[]): Element | undefined {
    const tag = this.#source[this.#at];
    return tag !== undefined && tags.includes(tag) ? this.next() : undefined;
  }

  /** The next member, whatever it is, if there is one. */
  rest(): Element | undefined {
    return this.#at < this.#source.length ? this.next() : undefined;
  }
}

/** The members of a SEQUENCE that must be one. */
export function sequenceOf(element: Element): Members {
  return new Members(expect(element, TAG.sequence));
}

export function expect(element: Element, tag: number): Element {
  if (element.tag !== tag)
    throw new MalformedDer(`expected tag ${tag.toString(16)}, found ${element.tag.toString(16)}`);
  return element;
}

/** What an `[n] EXPLICIT` tag wraps. */
export function inside(element: Element): Element {
  return readElement(element.content);
}

/** An object identifier in dotted form. */
export function oidText(element: Element): string {
  expect(element, TAG.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of element.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0)
      arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join(".");
}

/** A small non-negative INTEGER or ENUMERATED. */
export function smallInteger(element: Element): number {
  if (element.content.length === 0 || element.content.length > 4)
    throw new MalformedDer("not a small integer");
  return element.content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** An INTEGER's bytes without leading zeros: serial numbers are compared so. */
export function integerBytes(element: Element): Uint8Array {
  expect(element, TAG.integer);
  let start = 0;
  while (start < element.content.length - 1 && element.content[start] === 0) start++;
  return element.content.subarray(start);
}

/** The octets of an OCTET STRING; BER may have cut it into pieces. */
export function octetStringBytes(element: Element): Uint8Array {
  if ((element.tag & 0x20) === 0) return element.content;
  const pieces = [...members(element)].map((piece) => expect(piece, TAG.octetString).content);
  return Buffer.concat(pieces);
}

/** The octets of a BIT STRING that is whole octets, as signatures and keys are. */
export function bitStringBytes(element: Element): Uint8Array {
  if (expect(element, TAG.bitString).content[0] !== 0) throw new MalformedDer("a bit string of odd length");
  return element.content.subarray(1);
}

/** UTCTime or GeneralizedTime as epoch ms (RFC 5280, clause 4.1.2.5); always in UTC. */
export function timeMs(element: Element): number {
  const text = Buffer.from(element.content).toString("latin1");
  const pattern =
    element.tag === TAG.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()Z$/
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(\.\d+)?Z$/;
  const match = pattern.exec(text);
  if (!match) throw new MalformedDer("not a time");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const fullYear = element.tag === TAG.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  return (
    Date.UTC(fullYear, month - 1, day, hour, minute, second) + Math.floor(Number(`0${match[7] ?? ""}`) * 1000)
  );
}

/** The text of any of ASN.1's string types. */
export function stringText(element: Element): string {
  const bytes = Buffer.from(element.content);
  if (element.tag === 0x1e) return bytes.length % 2 === 0 ? bytes.swap16().toString("utf16le") : "";
  return bytes.toString(element.tag === 0x0c ? "utf8" : "latin1");
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
