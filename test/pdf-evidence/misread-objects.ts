import { withEntries } from "../../local/rehearsal/pdfs/pdf-dictionary.ts";
import {
  appendRevision,
  lastTrailer,
  latin1,
  objectBody,
  stream,
} from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, plainPdf } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { document, HONEST, signed } from "../support/pdfs/attacks/attack.ts";
import { archiveOf } from "./active-files.ts";
import { also, attached, type MisreadFile, passes, toAPerson, unsignedWith } from "./misread-file.ts";

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
