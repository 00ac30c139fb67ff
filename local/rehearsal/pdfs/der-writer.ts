import { Buffer } from "node:buffer";

/** DER, written by hand, so that a test can also write what no library would. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), derLength(body.length), body]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
/** SET OF in DER order: by encoding (X.690, clause 11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Buffer =>
  tlv(0x31, ...parts.map((part) => Buffer.from(part)).sort(Buffer.compare));
export const octets = (bytes: Uint8Array): Buffer => tlv(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Buffer => tlv(0x03, Buffer.from([unused]), bytes);
export const nothing = (): Buffer => tlv(0x05);
export const boolean = (value: boolean): Buffer => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text, "utf8"));
export const printable = (text: string): Buffer => tlv(0x13, Buffer.from(text, "latin1"));
export const ia5 = (text: string): Buffer => tlv(0x16, Buffer.from(text, "latin1"));
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Buffer =>
  tlv(0xa0 | number, ...parts);
export const implicitPrimitive = (number: number, bytes: Uint8Array): Buffer => tlv(0x80 | number, bytes);

export function integer(value: number | bigint | Uint8Array): Buffer {
  if (typeof value === "object")
    return tlv(
      0x02,
      value[0] !== undefined && value[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), value]) : value,
    );
  const hex = BigInt(value).toString(16);
  return integer(Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, "hex"));
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      group.unshift((left % 128) | 0x80);
    bytes.push(...group);
  }
  return tlv(0x06, Buffer.from(bytes));
}

/** UTCTime to 2049, GeneralizedTime after (RFC 5280, clause 4.1.2.5). */
export function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/[-:T]|\.\d+Z/g, "");
  return digits < "2050" ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`, "latin1")) : generalizedTime(epochMs);
}

export function generalizedTime(epochMs: number): Buffer {
  return tlv(0x18, Buffer.from(`${new Date(epochMs).toISOString().replace(/[-:T]|\.\d+Z/g, "")}Z`, "latin1"));
}
