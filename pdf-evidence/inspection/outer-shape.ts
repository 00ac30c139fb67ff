import type { Observation } from "../document-facts.ts";
import { isWhiteSpace } from "../structure/lexer.ts";

/** Whether it is a PDF from its first byte to its last. Undefined: no PDF at all. */
export function outerShape(bytes: Buffer): Observation[] | undefined {
  const header = headerOffset(bytes);
  if (header < 0) return undefined;
  return [...beginning(bytes, header), ...ending(bytes)];
}

/** Where "%PDF-" stands among the first bytes; -1 where it doesn't. */
function headerOffset(bytes: Buffer): number {
  return bytes.subarray(0, 1024 + 8).indexOf("%PDF-", 0, "latin1");
}

const byteOrderMark = /\xef\xbb\xbf/g;

/** Tools that write text put a byte order mark or a line end first; anything else is another file's beginning. */
function beginning(bytes: Buffer, header: number): Observation[] {
  if (header === 0) return [];
  const before = bytes.toString("latin1", 0, header).replace(byteOrderMark, "");
  const isSpace = [...before].every((letter) => isWhiteSpace(letter.charCodeAt(0)));
  if (isSpace && !hasTwoOrigins(bytes, header)) {
    return [{ code: "WHITE_SPACE_BEFORE_HEADER", detail: `${header}` }];
  }
  return [{ code: "LATE_HEADER", detail: `${header}` }];
}

/**
 * Some readers count from the first byte, others from the header (ISO 32000-2, 7.5.2): a file in which both find a
 * table can be two documents.
 */
function hasTwoOrigins(bytes: Buffer, header: number): boolean {
  const last = bytes.lastIndexOf("startxref", undefined, "latin1");
  const stated = /^startxref\s+(\d{1,10})/.exec(bytes.toString("latin1", last, last + 40))?.[1];
  if (last < 0 || stated === undefined) return false;
  const fromStart = tableAt(bytes, Number(stated));
  const fromHeader = tableAt(bytes, Number(stated) + header);
  return fromStart !== undefined && fromHeader !== undefined && fromStart !== fromHeader;
}

/** Where a table begins, after white space. */
function tableAt(bytes: Buffer, offset: number): number | undefined {
  const found = /^\s*(?=xref\b|\d+\s+\d+\s+obj\b)/.exec(bytes.toString("latin1", offset, offset + 1024));
  return found === null ? undefined : offset + found[0].length;
}

/** Where the last end marker ends; 0 where there is none. */
export function endMarker(bytes: Buffer): number {
  const at = bytes.lastIndexOf("%%EOF", undefined, "latin1");
  return at < 0 ? 0 : at + "%%EOF".length;
}

/** Cut off, or followed by something. */
function ending(bytes: Buffer): Observation[] {
  const end = endMarker(bytes);
  if (end === 0) return [{ code: "TRUNCATED", detail: "no end marker" }];
  const rest = bytes.subarray(end);
  if (rest.every((code) => isWhiteSpace(code))) return [];
  // The beginning of a further revision: the file was longer once.
  if (/\d\s+\d+\s+obj\b/.test(rest.toString("latin1", 0, 1_000_000))) {
    return [{ code: "TRUNCATED", detail: "a revision without an end" }];
  }
  return [{ code: "TRAILING_DATA", detail: `${rest.length}` }];
}
