import type { Buffer } from "node:buffer";
import { buildCms } from "../../../../local/rehearsal/pdfs/cms-builder.ts";
import {
  fillSignature,
  type PlacedSignature,
  placeSignature,
  signedRanges,
} from "../../../../local/rehearsal/pdfs/pdf-signer.ts";
import { appendRevision, latin1 } from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { testAuthority, testSigner } from "../../../../local/rehearsal/pdfs/test-authority.ts";
import { type Attack, changes, document, evilContent, overwritten, placesOf, signed } from "./attack.ts";

type Range = readonly [number, number, number, number];

/** ByteRange games: the mathematics holds over the ranges, but the ranges leave room for somebody else. */
export const byteRanges: readonly Attack[] = (
  [
    ["the hole is wider than the signature", () => signedOver(([, b, c, d]) => [0, b, c + 40, d - 40])],
    ["the hole begins before the signature", () => signedOver(([, b, c, d]) => [0, b - 30, c, d])],
    ["the ranges do not begin at the start", () => signedOver(([, b, c, d]) => [9, b - 9, c, d])],
    ["the ranges do not reach the end", () => signedOver(([, b, c, d]) => [0, b, c, d - 120])],
    ["the hole leaves one byte of the signature out", () => signedOver(([, b, c, d]) => [0, b + 1, c, d])],
    ["the hole keeps one byte too many", () => signedOver(([, b, c, d]) => [0, b, c - 1, d + 1])],
    ["nothing behind the signature is covered", () => signedOver(([, b, c]) => [0, b, c, 0])],
    ["the ranges reach beyond the end", () => rewritten("/ByteRange[0 10 20 99999999]")],
    ["the ranges are fractions", () => rewritten("/ByteRange[0 1.5 2.5 3]")],
    ["the ranges stand in another object", () => rewritten("/ByteRange 70 0 R")],
    ["the ranges are greater than any number", () => rewritten("/ByteRange[0 1 99999999999999999999 1]")],
    ["the signature is a text in parentheses", () => inParentheses()],
    ["the signature stands in another object", () => elsewhere()],
    ["there are two signatures in one dictionary", () => twice()],
  ] as const
).map(([name, forge]) => ({ kind: "byte range", name, forge }));

/** A true signature by a trusted signer over ranges it should never have agreed to. */
function signedOver(change: (range: Range) => Range): Buffer {
  const placed = placeSignature(document(), { reservedBytes: 4096 });
  const byteRange = change(placed.byteRange);
  const width = /\/ByteRange\[[^\]]*\]\s*/.exec(placed.pdf.toString("latin1"))?.[0] ?? "";
  const pdf = overwritten(placed.pdf, width, `/ByteRange[${byteRange.join(" ")}]`);
  const odd: PlacedSignature = { ...placed, pdf, byteRange };
  return fillSignature({ ...placed, pdf }, cmsOver(odd));
}

function cmsOver(placed: PlacedSignature): Buffer {
  return buildCms({
    signer: testSigner(),
    chain: [testAuthority().intermediate.certificate],
    content: signedRanges(placed),
  });
}

function rewritten(byteRange: string): Buffer {
  const file = signed();
  const { object, dictionary } = placesOf(file);
  const forged = dictionary.replace(/\/ByteRange\s*\[[^\]]*\]/, byteRange);
  return appendRevision(file, {
    objects: changes([object, forged], [70, "[0 1 2 3]"], [FIRST_CONTENT, evilContent()]),
  });
}

function inParentheses(): Buffer {
  const file = signed();
  const { object, dictionary, contents } = placesOf(file);
  const octal = contents
    .replace(/0+$/, "")
    .replace(/../g, (byte) => `\\${Number.parseInt(byte, 16).toString(8).padStart(3, "0")}`);
  const forged = dictionary.replace(/\/Contents\s*<[0-9a-f]*>/i, `/Contents(${octal})`);
  return appendRevision(file, { objects: changes([object, forged], [FIRST_CONTENT, evilContent()]) });
}

function elsewhere(): Buffer {
  const file = signed();
  const { object, dictionary, contents } = placesOf(file);
  const forged = dictionary.replace(/\/Contents\s*<[0-9a-f]*>/i, "/Contents 70 0 R");
  return appendRevision(file, {
    objects: changes([object, forged], [70, latin1(`<${contents}>`)], [FIRST_CONTENT, evilContent()]),
  });
}

function twice(): Buffer {
  const file = signed();
  const { object, dictionary, contents } = placesOf(file);
  const forged = dictionary.replace(/>>\s*$/, `/Contents<${contents}>/ByteRange[0 10 20 30]>>`);
  return appendRevision(file, { objects: changes([object, forged], [FIRST_CONTENT, evilContent()]) });
}
