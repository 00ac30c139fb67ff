import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appendRevision, latin1 } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT, plainPdf } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { encodePng } from "../../pdf-evidence/rendering/encode-png.ts";
import { Lexer } from "../../pdf-evidence/structure/lexer.ts";
import { parsePdfDate } from "../../pdf-evidence/structure/pdf-date.ts";
import { PdfFile } from "../../pdf-evidence/structure/pdf-file.ts";
import {
  PdfDictionary,
  PdfName,
  type PdfObject,
  PdfReference,
  PdfStream,
  PdfString,
} from "../../pdf-evidence/structure/pdf-objects.ts";
import { Budget, ReadingRefused, SyntaxTrouble } from "../../pdf-evidence/structure/reading-limits.ts";
import { decodeFilter } from "../../pdf-evidence/structure/stream-filters.ts";

function read(text: string): PdfObject {
  return new Lexer(latin1(text), 0, new Budget()).object();
}

/** As plain values, so that a table can say what is expected. */
function plain(object: PdfObject | undefined): unknown {
  if (object instanceof PdfName) return `/${object.text}`;
  if (object instanceof PdfString) return `(${object.bytes.toString("latin1")})`;
  if (object instanceof PdfReference) return `${object.number} ${object.generation} R`;
  if (object instanceof PdfStream) return plain(object.dictionary);
  if (Array.isArray(object)) return object.map(plain);
  if (!(object instanceof PdfDictionary)) return object;
  return Object.fromEntries([...object.entries].map(([key, value]) => [key, plain(value)]));
}

const options = { numRuns: 300, seed: 4 };

describe("Objects are read as ISO 32000 writes them", () => {
  test.each<[string, unknown]>([
    ["true", true],
    ["null", null],
    ["-12.5", -12.5],
    [".5", 0.5],
    ["+7", 7],
    ["12 0 R", "12 0 R"],
    ["[12 0 13 0 R]", [12, 0, "13 0 R"]],
    ["/A#20b#2f", "/A b/"],
    ["(a\\(b\\)c(d)\\101\\n\\\r\nx)", "(a(b)c(d)A\nx)"],
    ["<48 65 6C6c 6>", "(Hell`)"],
    ["<</A 1%comment\n/B[/C(x)]>>", { A: 1, B: ["/C", "(x)"] }],
    ["<</A/B/C null>>", { A: "/B", C: null }],
  ])("%s", (written, expected) => {
    expect(plain(read(written))).toEqual(expected);
  });

  test.each(["", "(open", "<</A", "<</A>>", "<41", "[1 2", ">>", "<<1 2>>", "foo"])(
    "%s is no object",
    (written) => {
      expect(() => read(written)).toThrow(SyntaxTrouble);
    },
  );

  test("a key given twice is remembered, for readers differ on which counts", () => {
    const dictionary = read("<</Contents 1/Contents 2>>");
    expect(dictionary instanceof PdfDictionary && dictionary.repeatedKeys).toEqual(["Contents"]);
  });

  test("any string comes back as it was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const written = Buffer.from(bytes)
          .toString("latin1")
          .replace(/[()\\\r]/g, (c) => `\\${c === "\r" ? "r" : c}`);
        expect(plain(read(`(${written})`))).toBe(`(${Buffer.from(bytes).toString("latin1")})`);
        expect(plain(read(`<${Buffer.from(bytes).toString("hex")}>`))).toBe(
          `(${Buffer.from(bytes).toString("latin1")})`,
        );
      }),
      options,
    );
  });

  test("whatever bytes there are, reading ends in an object, in trouble, or in a refusal", () => {
    const pieces = fc.constantFrom(
      "<<",
      ">>",
      "[",
      "]",
      "(",
      ")",
      "<",
      ">",
      "/A",
      "1",
      "0",
      "R",
      " ",
      "%",
      "\n",
      "\\",
      "true",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 200 }), (parts) => {
        try {
          read(parts.join(""));
        } catch (error) {
          expect(error instanceof SyntaxTrouble || error instanceof ReadingRefused).toBe(true);
        }
      }),
      options,
    );
  });
});

describe("Filters are undone", () => {
  const bytes = Buffer.from("Blåbærgrød\0\0\0\0 på Ærø", "latin1");

  test.each<[string, Buffer]>([
    ["FlateDecode", deflateSync(bytes)],
    ["Fl", deflateSync(bytes).subarray(0, -4)],
    ["ASCIIHexDecode", latin1(`${bytes.toString("hex")}>`)],
    ["RunLengthDecode", Buffer.concat([Buffer.from([bytes.length - 1]), bytes, Buffer.from([128])])],
  ])("%s", (name, encoded) => {
    expect(decodeFilter(name, encoded, new Budget())).toEqual(bytes);
  });

  test("ASCII85 gives back any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        const decoded = decodeFilter("A85", latin1(base85(data)), new Budget());
        expect(decoded.equals(Buffer.from(data))).toBe(true);
      }),
      options,
    );
  });
});

/** Adobe's base 85, as a writer does it. Source: ISO 32000-2, clause 7.4.3. */
function base85(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 4) {
    const group = Buffer.alloc(4);
    const length = Buffer.from(data.subarray(at, at + 4)).copy(group);
    let value = group.readUInt32BE(0);
    const digits = Array.from({ length: 5 }, () => {
      const digit = value % 85;
      value = Math.floor(value / 85);
      return String.fromCharCode(33 + digit);
    }).reverse();
    text +=
      length === 4 && value === 0 && group.readUInt32BE(0) === 0 ? "z" : digits.join("").slice(0, length + 1);
  }
  return `${text}~>`;
}

describe("A document is read as its last revision has it", () => {
  const first = plainPdf({ pages: [["Først"]] });
  const contentOf = (file: PdfFile) => {
    const stream = file.object(FIRST_CONTENT)?.value;
    return stream instanceof PdfStream ? file.decode(stream).toString("latin1") : "";
  };
  const second = (style: "table" | "stream") =>
    appendRevision(first, {
      objects: new Map([[FIRST_CONTENT, "<</Length 3>>\nstream\nNyt\nendstream"]]),
      style,
    });

  test.each(["table", "stream"] as const)("by a cross-reference %s", (style) => {
    const file = new PdfFile(second(style));
    expect(contentOf(file)).toBe("Nyt");
    expect({ recovered: file.recovered, revisions: file.sections.length }).toEqual({
      recovered: false,
      revisions: 2,
    });
  });

  test("and as the first one had it when only its bytes are given", () => {
    expect(contentOf(new PdfFile(second("table").subarray(0, first.length)))).toContain("rst) Tj");
  });

  test("a damaged table is searched around, and that is said", () => {
    const damaged = latin1(
      second("table")
        .toString("latin1")
        .replace(/startxref\n\d+\n%%EOF\n$/, "startxref\n7\n%%EOF\n"),
    );
    const file = new PdfFile(damaged);
    expect(contentOf(file)).toBe("Nyt");
    expect(file.recovered).toBe(true);
  });

  test("whatever is done to its bytes, reading ends in a document or in a refusal", () => {
    const change = fc.record({ at: fc.nat(first.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), fc.nat(first.length), (changes, cut) => {
        const bytes = Buffer.from(first);
        for (const { at, byte } of changes) bytes[at] = byte;
        for (const damaged of [bytes, bytes.subarray(0, cut)]) {
          try {
            const file = new PdfFile(damaged);
            for (const number of file.entries.keys()) file.object(number);
          } catch (error) {
            expect(error).toBeInstanceOf(ReadingRefused);
          }
        }
      }),
      options,
    );
  });
});

describe("Dates", () => {
  test.each<[string, string | undefined]>([
    ["D:20261101120000Z", "2026-11-01T12:00:00.000Z"],
    ["D:20261101120000+01'00'", "2026-11-01T11:00:00.000Z"],
    ["D:20261101120000-0530", "2026-11-01T17:30:00.000Z"],
    ["20261101", "2026-11-01T00:00:00.000Z"],
    ["i går", undefined],
  ])("%s", (written, expected) => {
    const date = parsePdfDate(written);
    expect(date === undefined ? undefined : new Date(date).toISOString()).toBe(expected);
  });
});

test("a picture whose pixels don't fill it is refused", () => {
  expect(() => encodePng(new Uint8Array(3), 1, 1)).toThrow(RangeError);
});
