import type { Observation } from "../document-facts.ts";
import { isWhiteSpace } from "../structure/lexer.ts";

/** Where other formats have to begin, and what with. */
const otherFormats: readonly { name: string; offset: number; magic: string }[] = [
  { name: "ZIP", offset: 0, magic: "PK\x03\x04" },
  { name: "Windows program", offset: 0, magic: "MZ" },
  { name: "Unix program", offset: 0, magic: "\x7fELF" },
  { name: "JPEG", offset: 0, magic: "\xff\xd8\xff" },
  { name: "PNG", offset: 0, magic: "\x89PNG" },
  { name: "GIF", offset: 0, magic: "GIF8" },
  { name: "RAR", offset: 0, magic: "Rar!" },
  { name: "7z", offset: 0, magic: "7z\xbc\xaf" },
  { name: "tar", offset: 257, magic: "ustar" },
  { name: "DICOM", offset: 128, magic: "DICM" },
];

const webPage = /<(!doctype\s+html|html|script|svg|body|iframe|\?php)[\s>]/i;

/** The PDF's end marker, and what may stand after it: a comment of a ZIP archive is at most 65,535 bytes. */
const zipTail = 65_535 + 22;

/** Whether it is a PDF from its first byte, and nothing else besides. Undefined: no PDF at all. */
export function outerShape(bytes: Buffer): Observation[] | undefined {
  const header = bytes.subarray(0, 1024 + 8).indexOf("%PDF-", 0, "latin1");
  if (header < 0) return undefined;
  return [
    ...(header > 0 ? [{ code: "LATE_HEADER", detail: `${header}` } as const] : []),
    ...otherFormat(bytes).map((detail) => ({ code: "POLYGLOT", detail }) as const),
    ...ending(bytes),
  ];
}

function otherFormat(bytes: Buffer): string[] {
  const formats = otherFormats
    .filter(({ offset, magic }) => bytes.toString("latin1", offset, offset + magic.length) === magic)
    .map(({ name }) => name);
  const edges = bytes.toString("latin1", 0, 1024) + bytes.toString("latin1", endMarker(bytes));
  if (webPage.test(edges)) formats.push("HTML");
  if (endsAsZip(bytes)) formats.push("ZIP");
  return [...new Set(formats)];
}

/** A ZIP archive is found from its end: a directory that lies where its last record says. Source: APPNOTE 4.3.16. */
function endsAsZip(bytes: Buffer): boolean {
  let at = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  for (let tries = 0; at >= Math.max(0, bytes.length - zipTail) && tries < 20; tries++) {
    if (at + 22 <= bytes.length) {
      const directory = at - bytes.readUInt32LE(at + 12);
      const found = directory >= 0 && bytes.toString("latin1", directory, directory + 4) === "PK\x01\x02";
      if (found && directory < at) return true;
    }
    if (at === 0) break;
    at = bytes.lastIndexOf("PK\x05\x06", at - 1, "latin1");
  }
  return false;
}

/** Where the last end marker ends; 0 where there is none. */
function endMarker(bytes: Buffer): number {
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
