import { withEntries } from "../../local/rehearsal/pdfs/pdf-dictionary.ts";
import {
  appendRevision,
  lastTrailer,
  latin1,
  objectBody,
  stream,
} from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_PAGE, plainPdf } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { document, HONEST, signed } from "../support/pdfs/attacks/attack.ts";
import { archiveOf } from "./active-files.ts";

/** A file that looks like something it isn't, or only just isn't; made here, after what people reported elsewhere. */
export interface MisreadFile {
  readonly name: string;
  readonly make: () => Buffer;
  /** Codes that must be said, of the file or of a signature. */
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
  readonly verdicts: readonly string[];
}

const also =
  (objects: Record<number, string | Buffer>, catalogue = "") =>
  () =>
    signed(
      document({ catalogue, also: new Map(Object.entries(objects).map(([n, body]) => [Number(n), body])) }),
    );
const unsignedWith =
  (objects: Record<number, string | Buffer>, catalogue = "") =>
  () =>
    plainPdf({
      pages: [HONEST],
      catalogue,
      also: new Map(Object.entries(objects).map(([n, body]) => [Number(n), body])),
    });

const attached = (data: Buffer, type = "/Type/EmbeddedFile") => ({
  50: "<</Type/Filespec/F(bilag)/EF<</F 51 0 R>>>>",
  51: stream(type, data),
});
const passes = ["PASSED"] as const;
const toAPerson = ["NEEDS_HUMAN"] as const;
const atMostAsked = ["PASSED", "NEEDS_HUMAN"] as const;

export const dataInStreams: readonly MisreadFile[] = [
  {
    name: "a signed PDF attached as it is",
    make: also(attached(signed())),
    says: ["EMBEDDED_FILE"],
    saysNot: ["SIGNATURE_FAILED", "OBJECT_SHADOWED"],
    verdicts: toAPerson,
  },
  {
    name: "a PDF signed twice, attached without a type",
    make: also(attached(signed(signed(), { fieldName: "B" }), "")),
    says: ["EMBEDDED_FILE"],
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: toAPerson,
  },
  {
    name: "a stream that quotes a signature's dictionary",
    make: also({ 51: stream("", latin1("7 0 obj <</Type/Sig/ByteRange[0 1 2 3]/Contents<00ff>>> endobj")) }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "a string that quotes one",
    make: also({ 51: "(7 0 obj <</Type/Sig/ByteRange[0 1 2 3]/Contents<00ff>>> endobj)" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "a spreadsheet attached as it is",
    make: also(attached(archiveOf("x"))),
    says: ["EMBEDDED_FILE"],
    saysNot: ["POLYGLOT"],
    verdicts: toAPerson,
  },
  {
    name: "a damaged table, and a signed PDF attached as it is",
    make: () =>
      latin1(
        unsignedWith(attached(signed()))()
          .toString("latin1")
          .replace(/startxref\n\d+\n%%EOF\n$/, "startxref\n5\n%%EOF\n"),
      ),
    says: ["XREF_REPAIRED", "EMBEDDED_FILE", "UNSIGNED"],
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: toAPerson,
  },
  {
    name: "but an archive attached whose comment is the rest of the file",
    make: () => {
      const zip = archiveOf("x");
      const bytes = unsignedWith(attached(zip))();
      const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
      bytes.writeUInt16LE(bytes.length - end - 22, end + 20);
      return bytes;
    },
    says: ["POLYGLOT"],
    verdicts: ["REJECTED"],
  },
  {
    name: "but a signature that a later revision leaves out",
    make: () => {
      const pdf = signed();
      const { root } = lastTrailer(pdf);
      const [number] = /\/AcroForm/.test(objectBody(pdf, root)) ? [root] : [CATALOGUE];
      return appendRevision(pdf, {
        objects: new Map([[number, withEntries(objectBody(pdf, number), { AcroForm: "null" })]]),
      });
    },
    says: ["SIGNATURE_FAILED"],
    verdicts: toAPerson,
  },
];

export const nothingThere: readonly MisreadFile[] = [
  { name: "an empty tree of scripts", make: also({}, "/Names<</JavaScript<</Names[]>>>>"), verdicts: passes },
  {
    name: "a tree of scripts that leads nowhere",
    make: also({}, "/Names<</JavaScript 99 0 R>>"),
    verdicts: passes,
  },
  {
    name: "a tree whose branches are bare",
    make: also(
      { 50: "<</Kids[51 0 R]>>", 51: "<</Limits[(a)(b)]/Names[(a) 98 0 R]>>" },
      "/Names<</JavaScript 50 0 R>>",
    ),
    verdicts: passes,
  },
  {
    name: "a script of no letters",
    make: also({ 50: "<</S/JavaScript/JS()>>" }, "/OpenAction 50 0 R"),
    verdicts: passes,
  },
  {
    name: "a form whose array of scripts is empty",
    make: also({ 50: "<</Fields[]/JS[]/XFA[]>>" }),
    verdicts: passes,
  },
  {
    name: "an empty tree of attachments",
    make: also({}, "/Names<</EmbeddedFiles<</Names[]>>>>/AF 97 0 R"),
    verdicts: passes,
  },
  {
    name: "an opening that leads nowhere",
    make: also({}, "/OpenAction 96 0 R/AA<</WC 95 0 R>>"),
    verdicts: passes,
  },
  {
    name: "a font called JavaScript",
    make: also({ 50: "<</Font<</JavaScript 3 0 R/JS 3 0 R>>>>" }),
    verdicts: passes,
  },
  {
    name: "but a script in the branch of a branch",
    make: also(
      { 50: "<</Kids[51 0 R]>>", 51: "<</Names[(a)<</S/JavaScript/JS(x)>>]>>" },
      "/Names<</JavaScript 50 0 R>>",
    ),
    says: ["JAVASCRIPT"],
    verdicts: toAPerson,
  },
  {
    name: "but a script in a stream",
    make: also({ 50: "<</S/JavaScript/JS 51 0 R>>", 51: stream("", latin1("app.alert(1)")) }),
    says: ["JAVASCRIPT"],
    verdicts: toAPerson,
  },
  {
    name: "but an empty script that is followed by another",
    make: also({}, "/OpenAction<</S/JavaScript/JS()/Next<</S/JavaScript/JS(x)>>>>"),
    says: ["JAVASCRIPT", "OPEN_ACTION"],
    verdicts: toAPerson,
  },
  {
    name: "but a script that only a searching reader finds",
    make: () => {
      const text = unsignedWith({}, "/Names<</JavaScript 99 0 R>>")().toString("latin1");
      const at = text.lastIndexOf("\nxref\n") + 1;
      const hidden = "99 0 obj\n<</Names[(a)<</S/JavaScript/JS(x)>>]>>\nendobj\n";
      return latin1(
        text.slice(0, at) +
          hidden +
          text.slice(at).replace(/startxref\n\d+/, `startxref\n${at + hidden.length}`),
      );
    },
    says: ["JAVASCRIPT"],
    verdicts: toAPerson,
  },
  {
    name: "but a script given twice, once empty",
    make: also({}, "/OpenAction<</S/JavaScript/JS(x)/JS()>>"),
    says: ["OBJECT_SHADOWED"],
    verdicts: toAPerson,
  },
];

const after = (prefix: string | Buffer, pdf: () => Buffer) => () =>
  Buffer.concat([typeof prefix === "string" ? latin1(prefix) : prefix, pdf()]);
const mark = "\xef\xbb\xbf";
/** The same with every offset counted from the first byte, as a tool that signs it later counts. */
function counted(prefix: string): Buffer {
  const text = document().toString("latin1");
  const shift = (digits: string) => String(Number(digits) + prefix.length).padStart(digits.length, "0");
  return latin1(prefix + text.replace(/\d{10}(?= 00000 n)/g, shift).replace(/(?<=startxref\n)\d+/, shift));
}

export const beforeTheHeader: readonly MisreadFile[] = [
  {
    name: "a byte order mark",
    make: after(mark, document),
    says: ["UNSIGNED"],
    saysNot: ["LATE_HEADER"],
    verdicts: toAPerson,
  },
  {
    name: "a line end",
    make: after("\n", document),
    says: ["UNSIGNED"],
    saysNot: ["LATE_HEADER"],
    verdicts: toAPerson,
  },
  {
    name: "two line ends of Windows",
    make: after("\r\n\r\n", document),
    saysNot: ["LATE_HEADER"],
    verdicts: toAPerson,
  },
  {
    name: "a byte order mark, a space and a line end",
    make: after(`${mark} \n`, document),
    saysNot: ["LATE_HEADER"],
    verdicts: toAPerson,
  },
  {
    name: "five hundred spaces",
    make: after(" ".repeat(500), document),
    saysNot: ["LATE_HEADER"],
    verdicts: toAPerson,
  },
  {
    name: "a byte order mark that was signed with the rest",
    make: () => signed(counted(mark)),
    says: ["ALL_SIGNATURES_VALID"],
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: atMostAsked,
  },
  {
    name: "a line end that was signed with the rest",
    make: () => signed(counted("\n")),
    says: ["ALL_SIGNATURES_VALID"],
    verdicts: atMostAsked,
  },
  {
    name: "but a byte order mark put before a signed file: its signature counts from the first byte",
    make: after(mark, () => signed()),
    says: ["SIGNATURE_FAILED"],
    verdicts: toAPerson,
  },
  {
    name: "but a mail's head",
    make: after("Content-Type: application/pdf\r\n\r\n", document),
    says: ["LATE_HEADER"],
    verdicts: ["REJECTED"],
  },
  {
    name: "but so many spaces that two readers find two tables",
    make: () => {
      const pdf = counted(" ".repeat(600));
      const table = pdf.subarray(pdf.lastIndexOf("\nxref\n") + 1, pdf.lastIndexOf("startxref"));
      const start = pdf.lastIndexOf("\nxref\n") + 1;
      const pad = latin1(`${" ".repeat(600 - table.length)}`);
      return Buffer.concat([
        pdf.subarray(0, start),
        table,
        pad,
        table,
        latin1(`startxref\n${start}\n%%EOF\n`),
      ]);
    },
    says: ["LATE_HEADER"],
    verdicts: ["REJECTED"],
  },
];

export const markup: readonly MisreadFile[] = [
  {
    name: "a title that mentions a tag",
    make: () => signed(latin1(plainPdf({ pages: [HONEST] }).toString("latin1"))),
    verdicts: passes,
  },
  {
    name: "a tag in a string of the catalogue",
    make: also({}, "/Title(<html> og <script> forklaret)"),
    saysNot: ["POLYGLOT"],
    verdicts: passes,
  },
  {
    name: "rich text of a note",
    make: unsignedWith({
      50: '<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/RC(<?xml version="1.0"?><body xmlns="x"><p>Hej</p></body>)>>',
    }),
    saysNot: ["POLYGLOT"],
    verdicts: toAPerson,
  },
  {
    name: "a web page attached as it is, early in the file",
    make: () => {
      const page = latin1("<!doctype html><html><body>Hej</body></html>");
      return unsignedWith({ 0: "null", ...attached(page) }, "/X(<svg >)")();
    },
    says: ["EMBEDDED_FILE"],
    saysNot: ["POLYGLOT"],
    verdicts: toAPerson,
  },
  {
    name: "the word ustar where an archive has it",
    make: also({}, `/X(${"ustar ".repeat(60)})`),
    saysNot: ["POLYGLOT"],
    verdicts: passes,
  },
  {
    name: "but a web page in the first comment",
    make: () => latin1(document().toString("latin1").replace("%PDF-1.7\n", "%PDF-1.7\n%<html>\n")),
    says: ["POLYGLOT"],
    verdicts: ["REJECTED"],
  },
  {
    name: "but a web page behind the end",
    make: () => Buffer.concat([document(), latin1("<html><body>")]),
    says: ["POLYGLOT"],
    verdicts: ["REJECTED"],
  },
];

const padded = (letters: string) => () => Buffer.concat([signed(), latin1(letters)]);
export const longerThanSigned: readonly MisreadFile[] = [
  {
    name: "a thousand NULs",
    make: padded("\0".repeat(1_000)),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "a hundred line ends",
    make: padded("\r\n".repeat(100)),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "sixty-five spaces",
    make: padded(" ".repeat(65)),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "a revision of nothing",
    make: () => appendRevision(signed(), { objects: new Map() }),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "a revision with an object that nothing leads to",
    make: () => appendRevision(signed(), { objects: new Map([[90, "<</Hej(x)>>"]]) }),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "but a line end, which needs no word",
    make: padded("\n"),
    saysNot: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "but letters",
    make: padded("hej".repeat(100)),
    saysNot: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    says: ["TRAILING_DATA"],
    verdicts: toAPerson,
  },
  {
    name: "but a page turned",
    make: () => {
      const pdf = signed();
      return appendRevision(pdf, {
        objects: new Map([[FIRST_PAGE, withEntries(objectBody(pdf, FIRST_PAGE), { Rotate: "180" })]]),
      });
    },
    saysNot: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
];

const SECOND = 40;
/** Prepared for two, signed by the first; the second's tool changes the field it signs. */
function signedBySecond(
  changesTo: Readonly<Record<string, string | undefined>>,
  prepared = "",
  also: readonly (readonly [number, string])[] = [],
): Buffer {
  const field = `<</Type/Annot/Subtype/Widget/FT/Sig/T(Anden)/F 132/Rect[0 0 0 0]/P ${FIRST_PAGE} 0 R${prepared}>>`;
  const empty = plainPdf({
    pages: [HONEST],
    firstPage: `/Annots[${SECOND} 0 R]`,
    catalogue: `/AcroForm<</Fields[${SECOND} 0 R]/SigFlags 3>>`,
    also: new Map([[SECOND, field]]),
  });
  const changed = withEntries(field, changesTo);
  return signed(signed(empty), { intoField: SECOND, also: new Map([[SECOND, changed], ...also]) });
}
const lock = "<</Type/SigFieldLock/Action/All>>";

export const boundBySigner: readonly MisreadFile[] = [
  { name: "nothing", make: () => signedBySecond({}), says: ["SIGNED_AGAIN_AFTERWARDS"], verdicts: passes },
  {
    name: "a lock on all fields",
    make: () => signedBySecond({ Lock: lock }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "a lock on its own field",
    make: () => signedBySecond({ Lock: "<</Action/Include/Fields[(Anden)]>>" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "a lock in an object of its own",
    make: () => signedBySecond({ Lock: "60 0 R" }, "", [[60, lock]]),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "what it asks of the signature",
    make: () => signedBySecond({ SV: "<</Type/SV/Ff 1/SubFilter[/ETSI.CAdES.detached]>>" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "that the field is read-only, and a name for its mark",
    make: () => signedBySecond({ Ff: "1", NM: "(a)" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "but another lock than the document came with",
    make: () => signedBySecond({ Lock: "<</Action/Include/Fields[(x)]>>" }, `/Lock ${lock}`),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but the lock taken away that the document came with",
    make: () => signedBySecond({ Lock: undefined }, `/Lock ${lock}`),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but another place on the page",
    make: () => signedBySecond({ Rect: "[0 0 500 800]" }),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but another kind of field",
    make: () => signedBySecond({ Ff: "65536" }),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but a script",
    make: () => signedBySecond({ AA: "<</E<</S/JavaScript/JS(x)>>>>" }),
    says: ["CONTENT_CHANGED_AFTER_SIGNING", "JAVASCRIPT"],
    verdicts: toAPerson,
  },
];
