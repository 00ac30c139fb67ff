import { constants, inflateRawSync, inflateSync } from "node:zlib";
import type { PdfDictionary, PdfObject } from "./pdf-objects.ts";
import { type Budget, ReadingRefused, SyntaxTrouble } from "./reading-limits.ts";

/** A filter that makes a picture of its data; nothing but a renderer decodes it. */
export const pictureFilters: ReadonlySet<string> = new Set([
  "DCTDecode",
  "DCT",
  "JPXDecode",
  "JBIG2Decode",
  "CCITTFaxDecode",
  "CCF",
]);

type Filter = (data: Buffer, budget: Budget) => Buffer;

const filters: Readonly<Record<string, Filter>> = {
  FlateDecode: inflate,
  Fl: inflate,
  ASCIIHexDecode: hexDecode,
  AHx: hexDecode,
  ASCII85Decode: base85Decode,
  A85: base85Decode,
  RunLengthDecode: runLengthDecode,
  RL: runLengthDecode,
};

/** One step of decoding. Source: ISO 32000-2, clause 7.4. LZW is read by no signed object and not decoded here. */
export function decodeFilter(name: string, data: Buffer, budget: Budget): Buffer {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (filter === undefined) throw new SyntaxTrouble(`the filter ${name} is not decoded here`);
  return filter(data, budget);
}

/**
 * Inflates within what the budget still allows. Data cut off or with a bad check sum gives what was there,
 * as every viewer does.
 */
function inflate(data: Buffer, budget: Budget): Buffer {
  const options = { maxOutputLength: Math.max(1, budget.inflatable), finishFlush: constants.Z_SYNC_FLUSH };
  const attempts = [() => inflateSync(data, options), () => inflateRawSync(data.subarray(2), options)];
  for (const attempt of attempts) {
    try {
      const inflated = attempt();
      budget.inflated(inflated.length);
      return inflated;
    } catch (error) {
      if (error instanceof ReadingRefused) throw error;
      if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
        throw new ReadingRefused("DECOMPRESSION_BOMB", "one stream");
      }
    }
  }
  throw new SyntaxTrouble("compressed data that does not inflate");
}

function hexDecode(data: Buffer): Buffer {
  const text = data.toString("latin1");
  const end = text.indexOf(">");
  const digits = (end < 0 ? text : text.slice(0, end)).replace(/[^0-9a-fA-F]/g, "");
  return Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, "hex");
}

function base85Decode(data: Buffer, budget: Budget): Buffer {
  const shorthands = data.reduce((count, code) => count + (code === 0x7a ? 1 : 0), 0);
  const size = shorthands * 4 + Math.ceil(((data.length - shorthands) * 4) / 5) + 8;
  if (size > budget.inflatable) throw new ReadingRefused("DECOMPRESSION_BOMB", "one stream");
  budget.inflated(size);
  const out = Buffer.alloc(size);
  let [length, digits, value] = [0, 0, 0];
  for (const code of data) {
    if (code === 0x7e) break;
    if (code === 0x7a && digits === 0) length += 4;
    if (code < 0x21 || code > 0x75) continue;
    value = value * 85 + code - 0x21;
    if (++digits < 5) continue;
    length = out.writeUInt32BE(value % 2 ** 32, length);
    digits = 0;
    value = 0;
  }
  if (digits < 2) return out.subarray(0, length);
  // A group cut short is read as if filled with the highest digit (ISO 32000-2, clause 7.4.3).
  const padded = value * 85 ** (5 - digits) + 85 ** (5 - digits) - 1;
  out.writeUInt32BE(padded % 2 ** 32, length);
  return out.subarray(0, length + digits - 1);
}

function runLengthDecode(data: Buffer, budget: Budget): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let at = 0; at < data.length; ) {
    const code = data[at++] ?? 128;
    if (code === 128) break;
    const part = code < 128 ? data.subarray(at, at + code + 1) : Buffer.alloc(257 - code, data[at] ?? 0);
    at += code < 128 ? code + 1 : 1;
    length += part.length;
    if (length > budget.inflatable) throw new ReadingRefused("DECOMPRESSION_BOMB", "one stream");
    parts.push(part);
  }
  budget.inflated(length);
  return Buffer.concat(parts);
}

/**
 * Undoes the PNG predictors of cross-reference and object streams. Source: ISO 32000-2, clause 7.4.4.4 and
 * W3C PNG, section 9.
 */
export function undoPredictor(data: Buffer, parameters: PdfDictionary): Buffer {
  const number = (key: string, otherwise: number) => positive(parameters.get(key)) ?? otherwise;
  if (number("Predictor", 1) < 10) return data;
  const bits = number("Colors", 1) * number("BitsPerComponent", 8);
  const pixel = Math.max(1, bits >> 3);
  const row = (number("Columns", 1) * bits + 7) >> 3;
  if (row > 1_000_000) throw new SyntaxTrouble("rows too long for a table");
  const rows = Math.floor(data.length / (row + 1));
  const out = Buffer.alloc(rows * row);
  for (let y = 0; y < rows; y++) undoRow(data, out, { y, row, pixel });
  return out;
}

function undoRow(
  data: Buffer,
  out: Buffer,
  { y, row, pixel }: { y: number; row: number; pixel: number },
): void {
  const kind = data[y * (row + 1)] ?? 0;
  for (let x = 0; x < row; x++) {
    const left = x >= pixel ? (out[y * row + x - pixel] ?? 0) : 0;
    const up = y > 0 ? (out[(y - 1) * row + x] ?? 0) : 0;
    const corner = y > 0 && x >= pixel ? (out[(y - 1) * row + x - pixel] ?? 0) : 0;
    out[y * row + x] = ((data[y * (row + 1) + 1 + x] ?? 0) + guess(kind, left, up, corner)) & 0xff;
  }
}

function guess(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  return kind === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function positive(object: PdfObject | undefined): number | undefined {
  return typeof object === "number" && object > 0 && object < 1_000_000 ? Math.floor(object) : undefined;
}
