import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";

const marks: readonly { bytes: readonly number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];

function encodingByMark(bytes: Uint8Array): string | undefined {
  return marks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))?.encoding;
}

/** A text file of a bank's: its byte order mark says how it is written; else UTF-8 where it is that, else Windows-1252. */
export function csvText(bytes: Uint8Array): string {
  const marked = encodingByMark(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** An XML file says itself how it is written; UTF-8 where it doesn't. Source: XML 1.0, 4.3.3. */
export function xmlText(bytes: Uint8Array): Read<string> {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const declared = /<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(head)?.[1];
  const encoding = encodingByMark(bytes) ?? declared ?? "utf-8";
  try {
    return value(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return fault({ row: 0, column: "", code: "ENCODING", found: encoding });
  }
}
