import { describe, expect, test } from "vitest";
import { fillSignature, placeSignature } from "../../local/rehearsal/pdfs/pdf-signer.ts";
import { latin1 } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_PAGE } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import type { SignatureObservation } from "../../pdf-evidence/observation-codes.ts";
import { locateSignature } from "../../pdf-evidence/signatures/byte-range.ts";
import { findSignatures } from "../../pdf-evidence/signatures/find-signatures.ts";
import { openSignedRevision } from "../../pdf-evidence/signatures/signed-revision.ts";
import { PdfFile } from "../../pdf-evidence/structure/pdf-file.ts";
import { harmless } from "./hostile-files.ts";

const placed = placeSignature(harmless(), { reservedBytes: 400 });
const signed = fillSignature(placed, Buffer.from("3003020101", "hex"));
const [, holeStart, holeEnd] = placed.byteRange;

/** The signed file with text replaced by other text of the same length. */
function replaced(from: string | RegExp, to: (found: string) => string): Buffer {
  const text = signed.toString("latin1");
  const changed = text.replace(from, (found) => to(found).padEnd(found.length));
  if (changed === text || changed.length > text.length) throw new Error("nothing to replace, or no room");
  return latin1(changed);
}

const range = /\/ByteRange\s*\[[^\]]*\]/;
const ranged = (numbers: string) => () => replaced(range, () => `/ByteRange[${numbers}]`);
const length = signed.length;

function located(pdf: Buffer) {
  const file = new PdfFile(pdf);
  const [signature] = findSignatures(file).signed;
  if (signature === undefined) throw new Error("no signature");
  return { file, signature, ...locateSignature(file, signature.dictionary) };
}

describe("Where a signature has to lie", () => {
  test("around its own value, from the first byte to the last", () => {
    const { findings, place } = located(signed);
    expect(findings).toEqual([]);
    expect(place).toMatchObject({ holeStart, holeEnd, end: length });
  });

  test.each<[string, () => Buffer, SignatureObservation]>([
    [
      "not from the first byte",
      ranged(`9 ${holeStart - 9} ${holeEnd} ${length - holeEnd}`),
      "BYTE_RANGE_NOT_FROM_START",
    ],
    [
      "a hole that begins early",
      ranged(`0 ${holeStart - 4} ${holeEnd} ${length - holeEnd}`),
      "BYTE_RANGE_HOLE_MISMATCH",
    ],
    [
      "a hole that ends late",
      ranged(`0 ${holeStart} ${holeEnd + 4} ${length - holeEnd - 4}`),
      "BYTE_RANGE_HOLE_MISMATCH",
    ],
    ["ranges that overlap", ranged(`0 ${holeEnd} 9 9`), "BYTE_RANGE_OVERLAP"],
    ["past the end of the file", ranged(`0 9 10 999999`), "BYTE_RANGE_BEYOND_FILE"],
    ["three numbers", ranged(`0 ${holeStart} ${holeEnd}`), "BYTE_RANGE_INVALID"],
    ["a number below 0", ranged(`0 ${holeStart} ${holeEnd} -1`), "BYTE_RANGE_INVALID"],
    ["half a byte", ranged(`0 ${holeStart} ${holeEnd} 9.5`), "BYTE_RANGE_INVALID"],
    ["numbers behind a reference", ranged("1 0 R"), "BYTE_RANGE_INVALID"],
    ["no numbers at all", () => replaced("/ByteRange", () => "/ByteRanje"), "BYTE_RANGE_INVALID"],
    ["no value", () => replaced(/<3003020101/, () => "<0000000000"), "SIGNATURE_VALUE_MISSING"],
    [
      "other letters than hexadecimal in the value",
      () => replaced(/<3003020101/, () => "<30030201zz"),
      "CMS_MALFORMED",
    ],
    [
      "a dictionary that goes on after the signed bytes",
      ranged(`0 ${holeStart} ${holeEnd} 1`),
      "SIGNATURE_DICTIONARY_OUTSIDE_RANGE",
    ],
  ])("%s", (_, forge, finding) => {
    expect(located(forge()).findings).toContain(finding);
  });
});

describe("What a signed revision may not lean on", () => {
  const opened = (pdf: Buffer) => {
    const { file, signature, place } = located(pdf);
    if (place === undefined) throw new Error("no place");
    return openSignedRevision(file, signature.dictionary, place).findings;
  };

  test("a sound one leans on nothing", () => {
    expect(opened(signed)).toEqual([]);
  });

  test("an object in the hole, the one place that nobody signed", () => {
    const row = new RegExp(
      `(?<=\\n${FIRST_PAGE} 1\\n)\\d{10}(?= 00000 n\\r\\n(?:\\d+ 1\\n|trailer)[\\s\\S]*$)`,
    );
    const text = signed.toString("latin1");
    const tableStart = text.lastIndexOf("\nxref\n");
    const table = text.slice(tableStart).replace(row, String(holeStart + 2).padStart(10, "0"));
    const forged = latin1(text.slice(0, tableStart) + table);
    expect(forged.equals(signed)).toBe(false);
    expect(opened(forged)).toContain("SIGNED_REVISION_REACHES_OUTSIDE");
  });

  test("a document that can't be read from its own bytes", () => {
    const { file, signature, place } = located(signed);
    if (place === undefined) throw new Error("no place");
    const short = { ...place, end: place.end - 9 };
    expect(openSignedRevision(file, signature.dictionary, short).findings).toContain(
      "SIGNED_REVISION_MALFORMED",
    );
  });
});
