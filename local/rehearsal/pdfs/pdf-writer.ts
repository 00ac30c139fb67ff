import { Buffer } from "node:buffer";
import { deflateSync, inflateSync } from "node:zlib";
import { readEntries, referenceNumber } from "./pdf-dictionary.ts";

/** What stands between `obj` and `endobj`. */
export type ObjectBody = string | Buffer;

/** Latin-1 on purpose: one character a byte, so that positions in text are positions in bytes. */
export const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

export function stream(entries: string, data: Uint8Array): Buffer {
  return Buffer.concat([
    latin1(`<<${entries}/Length ${data.length}>>\nstream\n`),
    data,
    latin1("\nendstream"),
  ]);
}

export function deflatedStream(entries: string, data: Uint8Array): Buffer {
  return stream(`${entries}/Filter/FlateDecode`, deflateSync(data));
}

/** Texts a reader shows: UTF-16 with its mark, in hex. */
export function textString(text: string): string {
  return `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase()}>`;
}

/** A new file of one revision with a classic cross-reference table. */
export function writePdf(objects: ReadonlyMap<number, ObjectBody>, root: number, trailerExtra = ""): Buffer {
  const header = latin1("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
  return Buffer.concat([
    header,
    revisionBytes({ objects, start: header.length, root, trailerExtra, style: "table", first: true }),
  ]);
}

export interface RevisionWish {
  readonly objects: ReadonlyMap<number, ObjectBody>;
  readonly freed?: readonly number[];
  readonly trailerExtra?: string;
  /** Another catalogue than the one before. */
  readonly root?: number;
  /** Absent: as the revision before. */
  readonly style?: "table" | "stream";
  /** Other than the truth, for attacks. */
  readonly prev?: number;
  readonly size?: number;
}

/** The file with one more incremental revision; not a byte before it changes. */
export function appendRevision(pdf: Buffer, wish: RevisionWish): Buffer {
  const trailer = lastTrailer(pdf);
  const kept = ["Info", "ID"].flatMap((name) =>
    trailer.entries.has(name) ? [`/${name} ${trailer.entries.get(name)}`] : [],
  );
  const start = latin1(pdf.at(-1) === 10 ? "" : "\n");
  const bytes = revisionBytes({
    objects: wish.objects,
    freed: wish.freed ?? [],
    start: pdf.length + start.length,
    root: wish.root ?? trailer.root,
    prev: wish.prev ?? trailer.startXref,
    previousSize: wish.size ?? trailer.size,
    trailerExtra: kept.join("") + (wish.trailerExtra ?? ""),
    style: wish.style ?? trailer.style,
  });
  return Buffer.concat([pdf, start, bytes]);
}

interface RevisionParts {
  readonly objects: ReadonlyMap<number, ObjectBody>;
  readonly freed?: readonly number[];
  readonly start: number;
  readonly root: number;
  readonly prev?: number;
  readonly previousSize?: number;
  readonly trailerExtra: string;
  readonly style: "table" | "stream";
  readonly first?: boolean;
}

function revisionBytes(parts: RevisionParts): Buffer {
  const chunks: Buffer[] = [];
  let position = parts.start;
  const write = (bytes: Buffer) => {
    chunks.push(bytes);
    position += bytes.length;
  };
  const offsets = new Map<number, number>((parts.freed ?? []).map((number) => [number, -1]));
  for (const [number, body] of parts.objects) {
    offsets.set(number, position);
    write(
      Buffer.concat([
        latin1(`${number} 0 obj\n`),
        typeof body === "string" ? latin1(body) : body,
        latin1("\nendobj\n"),
      ]),
    );
  }
  const startXref = position;
  const own = parts.style === "stream" ? 1 : 0;
  const highest = Math.max(parts.previousSize ?? 1, ...[...offsets.keys()].map((number) => number + 1));
  const entries = `/Size ${highest + own}/Root ${parts.root} 0 R${parts.prev === undefined ? "" : `/Prev ${parts.prev}`}${parts.trailerExtra}`;
  if (parts.style === "stream") {
    offsets.set(highest, startXref);
    write(xrefStream(highest, offsets, entries));
  } else {
    write(xrefTable(offsets, parts.first === true));
    write(latin1(`trailer\n<<${entries}>>\n`));
  }
  write(latin1(`startxref\n${startXref}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

function xrefTable(offsets: ReadonlyMap<number, number>, first: boolean): Buffer {
  const lines = ["xref\n"];
  if (first) lines.push("0 1\n0000000000 65535 f\r\n");
  for (const [number, offset] of [...offsets].sort(([a], [b]) => a - b)) {
    const digits = String(Math.max(offset, 0)).padStart(10, "0");
    lines.push(`${number} 1\n${digits} ${offset < 0 ? "00001 f" : "00000 n"}\r\n`);
  }
  return latin1(lines.join(""));
}

function xrefStream(number: number, offsets: ReadonlyMap<number, number>, entries: string): Buffer {
  const rows = [...offsets].sort(([a], [b]) => a - b);
  const data = Buffer.concat(
    rows.map(([, offset]) => {
      const row = Buffer.alloc(6);
      row[0] = offset < 0 ? 0 : 1;
      row.writeUInt32BE(Math.max(offset, 0), 1);
      return row;
    }),
  );
  const index = rows.map(([row]) => `${row} 1`).join(" ");
  const body = deflatedStream(`/Type/XRef/W[1 4 1]/Index[${index}]${entries}`, data);
  return Buffer.concat([latin1(`${number} 0 obj\n`), body, latin1("\nendobj\n")]);
}

interface Trailer {
  readonly root: number;
  readonly size: number;
  readonly startXref: number;
  readonly style: "table" | "stream";
  readonly entries: ReadonlyMap<string, string>;
}

/** The newest trailer of a well-formed file. */
export function lastTrailer(pdf: Buffer): Trailer {
  const text = pdf.toString("latin1");
  const startXref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
  const style = text.startsWith("xref", startXref) ? "table" : "stream";
  const entries = readEntries(text.slice(style === "table" ? text.indexOf("trailer", startXref) : startXref));
  const root = referenceNumber(entries.get("Root"));
  if (root === undefined) throw new RangeError("the file has no catalogue");
  return { root, size: Number(entries.get("Size")), startXref, style, entries };
}

/** The newest text of every object, those in object streams too: for files the tests made themselves. */
export function readObjects(pdf: Buffer): Map<number, string> {
  const text = pdf.toString("latin1");
  const objects = new Map<number, string>();
  for (const match of text.matchAll(/(?<![\d.])(\d+) 0 obj\b\s*([\s\S]*?)\s*endobj/g)) {
    const [, number = "", body = ""] = match;
    objects.set(Number(number), body);
    if (/^<<[^>]*\/Type\s*\/ObjStm/.test(body))
      for (const [inner, value] of unpack(body)) objects.set(inner, value);
  }
  return objects;
}

function unpack(body: string): [number, string][] {
  const entries = readEntries(body);
  const start = body.indexOf("stream") + (body.startsWith("stream\r\n", body.indexOf("stream")) ? 8 : 7);
  const raw = latin1(body.slice(start, start + Number(entries.get("Length"))));
  const text = (entries.has("Filter") ? inflateSync(raw) : raw).toString("latin1");
  const first = Number(entries.get("First"));
  const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
  return Array.from({ length: Number(entries.get("N")) }, (_, index): [number, string] => {
    const from = first + (numbers[index * 2 + 1] ?? 0);
    const next = numbers[index * 2 + 3];
    return [numbers[index * 2] ?? 0, text.slice(from, next === undefined ? undefined : first + next).trim()];
  });
}

/** The newest body of one object, which must be there. */
export function objectBody(pdf: Buffer, number: number): string {
  const body = readObjects(pdf).get(number);
  if (body === undefined) throw new RangeError(`the file has no object ${number}`);
  return body;
}
