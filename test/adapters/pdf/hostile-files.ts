import { deflateSync } from "node:zlib";
import type { DocumentFindingCode } from "../../../shared/domain/judgement/finding-codes.ts";
import { deflatedStream, latin1, type ObjectBody, stream, writePdf } from "../../support/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_CONTENT, FIRST_PAGE, PAGES, plainPdf } from "../../support/pdfs/plain-pdf.ts";

export interface HostileFile {
  readonly name: string;
  readonly make: () => Buffer;
  readonly code: DocumentFindingCode;
}

const lines = [["En aftale", "Med lidt tekst"]];
export const harmless = (): Buffer => plainPdf({ pages: lines });

/** The harmless file with objects added or replaced. */
const withObjects = (also: Record<number, ObjectBody>, catalogue = ""): Buffer =>
  plainPdf({
    pages: lines,
    catalogue,
    also: new Map(Object.entries(also).map(([n, body]) => [Number(n), body])),
  });

const withText = (from: string | RegExp, to: string): Buffer =>
  latin1(harmless().toString("latin1").replace(from, to));

const cutAt = (share: number) => () => harmless().subarray(0, Math.floor(harmless().length * share));

/** Catalogue 11. */
export const truncated: readonly HostileFile[] = [
  { name: "cut in the middle of an object", make: cutAt(0.5), code: "TRUNCATED" },
  { name: "cut in the cross-reference table", make: cutAt(0.85), code: "TRUNCATED" },
  { name: "cut after its header", make: () => harmless().subarray(0, 20), code: "TRUNCATED" },
  {
    name: "cut in the end marker",
    make: () => harmless().subarray(0, harmless().length - 3),
    code: "TRUNCATED",
  },
  {
    name: "cut in the middle of a later revision",
    make: () => Buffer.concat([harmless(), latin1("\n40 0 obj\n<</Type/Annot/Subtype/Text")]),
    code: "TRUNCATED",
  },
];

const startxref = (pdf: Buffer): number => Number(/startxref\s+(\d+)/.exec(pdf.toString("latin1"))?.[1]);
const prevTo = (offset: (own: number) => number) => () => {
  const pdf = harmless();
  const own = startxref(pdf);
  return latin1(pdf.toString("latin1").replace("trailer\n<<", `trailer\n<</Prev ${offset(own)}`));
};

/** Two further revisions whose tables name each other as the one before. */
function mutualTables(): Buffer {
  const pdf = harmless();
  const first = pdf.length;
  const table = (previous: number) =>
    `xref\n0 0\ntrailer\n<</Size 20/Root ${CATALOGUE} 0 R/Prev ${String(previous).padStart(10, "0")}>>\n`;
  const second = first + table(0).length;
  return Buffer.concat([pdf, latin1(`${table(second)}${table(first)}startxref\n${second}\n%%EOF\n`)]);
}

/** Catalogue 11. */
export const loops: readonly HostileFile[] = [
  { name: "a cross-reference table that follows itself", make: prevTo((own) => own), code: "XREF_LOOP" },
  { name: "two cross-reference tables that follow each other", make: mutualTables, code: "XREF_LOOP" },
  {
    name: "a page tree whose root is its own child",
    make: () => withObjects({ [PAGES]: `<</Type/Pages/Count 1/Kids[${PAGES} 0 R]>>` }),
    code: "PAGE_TREE_LOOP",
  },
  {
    name: "a page tree of two nodes that hold each other",
    make: () =>
      withObjects({
        [PAGES]: "<</Type/Pages/Count 1/Kids[50 0 R]>>",
        50: `<</Type/Pages/Count 1/Kids[${PAGES} 0 R]>>`,
      }),
    code: "PAGE_TREE_LOOP",
  },
  {
    name: "one page listed twice",
    make: () => withObjects({ [PAGES]: `<</Type/Pages/Count 2/Kids[${FIRST_PAGE} 0 R ${FIRST_PAGE} 0 R]>>` }),
    code: "PAGE_TREE_LOOP",
  },
  {
    name: "a node deep in the tree that holds the root",
    make: () =>
      withObjects({
        [PAGES]: "<</Type/Pages/Count 1/Kids[50 0 R]>>",
        50: "<</Type/Pages/Count 1/Kids[51 0 R]>>",
        51: `<</Type/Pages/Count 1/Kids[${FIRST_PAGE} 0 R ${PAGES} 0 R]>>`,
      }),
    code: "PAGE_TREE_LOOP",
  },
];

/** The file with something before its table, which still says the truth about everything else. */
function beforeTable(what: string, rows = ""): Buffer {
  const text = harmless().toString("latin1");
  const at = text.lastIndexOf("\nxref\n") + 1;
  const table = text.slice(at).replace("trailer", `${rows}trailer`);
  const moved = table.replace(/startxref\n\d+/, `startxref\n${at + what.length}`);
  return latin1(text.slice(0, at) + what + moved);
}

const other = `${FIRST_CONTENT} 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n`;

export const shadowed: readonly HostileFile[] = [
  {
    name: "a second definition that no table lists",
    make: () => beforeTable(other),
    code: "OBJECT_SHADOWED",
  },
  {
    name: "hidden in a comment",
    make: () => beforeTable(`%${FIRST_CONTENT} 0 obj null endobj\n`),
    code: "OBJECT_SHADOWED",
  },
  {
    name: "after the table",
    make: () => withText(/startxref\n\d+/, `${other}startxref\n${startxref(harmless())}`),
    code: "OBJECT_SHADOWED",
  },
  {
    name: "of another generation",
    make: () => beforeTable(`${FIRST_CONTENT} 7 obj\nnull\nendobj\n`),
    code: "OBJECT_SHADOWED",
  },
  {
    name: "listed twice in one table",
    make: () => beforeTable("", `${FIRST_CONTENT} 1\n0000000015 00000 n\r\n`),
    code: "OBJECT_SHADOWED",
  },
  {
    name: "between two revisions",
    make: () => {
      const first = harmless();
      const gap = `\n${other}`;
      const next = `xref\n0 0\ntrailer\n<</Size 20/Root 1 0 R/Prev ${startxref(first)}>>\nstartxref\n${first.length + gap.length}\n%%EOF\n`;
      return Buffer.concat([first, latin1(gap + next)]);
    },
    code: "OBJECT_SHADOWED",
  },
];

const zeros = (megabytes: number): Buffer => deflateSync(Buffer.alloc(megabytes * 1024 * 1024), { level: 1 });
let bomb: Buffer | undefined;
/** 200 MB in 200 KB: made once, it takes a while. */
const flateBomb = (): Buffer => {
  bomb ??= zeros(200);
  return bomb;
};

/** Catalogue 12. */
export const flateBombs: readonly HostileFile[] = [
  {
    name: "page contents",
    make: () => withObjects({ [FIRST_CONTENT]: stream("/Filter/FlateDecode", flateBomb()) }),
    code: "DECOMPRESSION_BOMB",
  },
  {
    name: "deflated twice",
    make: () => withObjects({ 50: stream("/Filter[/FlateDecode/FlateDecode]", deflateSync(flateBomb())) }),
    code: "DECOMPRESSION_BOMB",
  },
  {
    name: "hidden behind hexadecimal",
    make: () => withObjects({ 50: stream("/Filter[/AHx/Fl]", latin1(flateBomb().toString("hex"))) }),
    code: "DECOMPRESSION_BOMB",
  },
  {
    name: "an object stream",
    make: () => withObjects({ 50: stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", flateBomb()) }),
    code: "DECOMPRESSION_BOMB",
  },
  {
    name: "many that are each allowed",
    make: () => {
      const part = zeros(40);
      return withObjects(
        Object.fromEntries([50, 51, 52, 53, 54, 55].map((n) => [n, stream("/Filter/FlateDecode", part)])),
      );
    },
    code: "DECOMPRESSION_BOMB",
  },
  {
    name: "the cross-reference itself",
    make: () => {
      const head = latin1("%PDF-1.7\n");
      const body = stream("/Type/XRef/Size 9/W[1 4 2]/Root 1 0 R/Filter/FlateDecode", flateBomb());
      const end = latin1(`\nendobj\nstartxref\n${head.length}\n%%EOF\n`);
      return Buffer.concat([head, latin1("9 0 obj\n"), body, end]);
    },
    code: "DECOMPRESSION_BOMB",
  },
];

const picture = (entries: string) => () =>
  withObjects({ 50: deflatedStream(`/Type/XObject/Subtype/Image${entries}`, Buffer.alloc(64)) });
const paper = (box: string) => () => withText("/MediaBox[0 0 595 842]", `/MediaBox[${box}]`);

/** Catalogue 12. */
export const pixelFloods: readonly HostileFile[] = [
  {
    name: "a picture of 100,000 by 100,000",
    make: picture("/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"),
    code: "PIXEL_FLOOD",
  },
  {
    name: "one row of a billion pixels",
    make: picture("/Width 1000000000/Height 1/ColorSpace/DeviceGray/BitsPerComponent 1"),
    code: "PIXEL_FLOOD",
  },
  {
    name: "16 bits in four colours",
    make: picture("/Width 6000/Height 6000/ColorSpace/DeviceCMYK/BitsPerComponent 16"),
    code: "PIXEL_FLOOD",
  },
  {
    name: "225 million pixels in black and white",
    make: picture("/Width 15000/Height 15000/ColorSpace/DeviceGray/BitsPerComponent 1"),
    code: "PIXEL_FLOOD",
  },
  { name: "paper as wide as a street", make: paper("0 0 9000000 842"), code: "PIXEL_FLOOD" },
  { name: "paper from far below to far above", make: paper("0 -99999999 595 99999999"), code: "PIXEL_FLOOD" },
];

const table = (count: number): Buffer => {
  const rows = "0000000000 65535 f\r\n".repeat(count);
  return latin1(
    `%PDF-1.4\nxref\n0 ${count}\n${rows}trailer\n<</Size ${count}/Root 1 0 R>>\nstartxref\n9\n%%EOF\n`,
  );
};

/** Catalogue 12. */
export const crowds: readonly HostileFile[] = [
  { name: "a table of a million entries", make: () => table(1_000_000), code: "TOO_MANY_OBJECTS" },
  {
    name: "a million entries that are only claimed",
    make: () => latin1("%PDF-1.4\nxref\n0 1000000000\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"),
    code: "TOO_MANY_OBJECTS",
  },
  {
    name: "a cross-reference stream of a million entries",
    make: () => {
      const body = deflatedStream("/Type/XRef/Size 1000000/W[1 3 0]/Root 1 0 R", Buffer.alloc(4_000_000));
      return Buffer.concat([latin1("%PDF-1.7\n9 0 obj\n"), body, latin1("\nendobj\nstartxref\n9\n%%EOF\n")]);
    },
    code: "TOO_MANY_OBJECTS",
  },
  {
    name: "a million objects without a table",
    make: () => {
      const objects = Array.from({ length: 400_000 }, (_, n) => `${n + 1} 0 obj 0 endobj\n`).join("");
      return latin1(`%PDF-1.4\n${objects}trailer\n<</Root 1 0 R>>\n%%EOF\n`);
    },
    code: "TOO_MANY_OBJECTS",
  },
  {
    name: "an array of three million arrays",
    make: () => withObjects({ 50: `[${"[]".repeat(3_000_000)}]` }),
    code: "TOO_MANY_OBJECTS",
  },
  {
    name: "five thousand pages and one more",
    make: () =>
      withObjects({
        [PAGES]: `<</Type/Pages/Count 5001/Kids[${`<</Type/Page/Parent ${PAGES} 0 R>>`.repeat(5001)}]>>`,
      }),
    code: "TOO_MANY_PAGES",
  },
];

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}${close.repeat(depth)}`;
const pageTreeOf = (depth: number): Record<number, string> =>
  Object.fromEntries(
    Array.from({ length: depth }, (_, n) => [
      n === 0 ? PAGES : 100 + n,
      `<</Type/Pages/Count 1/Kids[${n === depth - 1 ? FIRST_PAGE : 101 + n} 0 R]>>`,
    ]),
  );

/** Catalogue 12. */
export const depths: readonly HostileFile[] = [
  {
    name: "arrays in arrays",
    make: () => withObjects({ 50: nested("[", "]", 50_000) }),
    code: "NESTED_TOO_DEEPLY",
  },
  {
    name: "dictionaries in dictionaries",
    make: () => withObjects({ 50: nested("<</A", ">>", 50_000) }),
    code: "NESTED_TOO_DEEPLY",
  },
  {
    name: "arrays that never end",
    make: () => withObjects({ 50: "[".repeat(1_000_000) }),
    code: "NESTED_TOO_DEEPLY",
  },
  { name: "a page tree of 200 floors", make: () => withObjects(pageTreeOf(200)), code: "NESTED_TOO_DEEPLY" },
  {
    name: "a trailer in a trailer",
    make: () => withText("trailer\n<<", `trailer\n<</X ${nested("[", "]", 5_000)}`),
    code: "NESTED_TOO_DEEPLY",
  },
];

const openAction = (action: string) => () => withObjects({}, `/OpenAction ${action}`);

export const harmlessLinks = (): Buffer =>
  withObjects(
    { 50: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://os2.eu)>>>>" },
    `/OpenAction[${FIRST_PAGE} 0 R/Fit]`,
  );

/** Catalogue 13. */
export const active: readonly HostileFile[] = [
  {
    name: "JavaScript when opened",
    make: openAction("<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    code: "JAVASCRIPT",
  },
  {
    name: "JavaScript in the name tree",
    make: () => withObjects({ 50: "<</S/JavaScript/JS 51 0 R>>", 51: stream("", latin1("app.alert(1)")) }),
    code: "JAVASCRIPT",
  },
  {
    name: "its key written in hexadecimal",
    make: openAction("<</S/J#61vaScript/#4aS(x)>>"),
    code: "JAVASCRIPT",
  },
  { name: "a program to start", make: openAction("<</S/Launch/F(cmd.exe)>>"), code: "LAUNCH_ACTION" },
  {
    name: "a program to start from an object nothing leads to",
    make: () => withObjects({ 50: "<</Type/Action/S/Launch/Win<</F(calc.exe)>>>>" }),
    code: "LAUNCH_ACTION",
  },
  {
    name: "an action when opened",
    make: openAction("<</S/URI/URI(https://example.org)>>"),
    code: "OPEN_ACTION",
  },
  {
    name: "an action when a page is turned",
    make: () => withObjects({}, "/AA<</WC<</S/Named/N/Print>>>>"),
    code: "AUTOMATIC_ACTION",
  },
  {
    name: "a form that sends itself away",
    make: () => withObjects({ 50: "<</S/SubmitForm/F(https://example.org)>>" }),
    code: "SUBMIT_FORM_ACTION",
  },
  {
    name: "data from elsewhere",
    make: () => withObjects({ 50: "<</S/ImportData/F(x.fdf)>>" }),
    code: "IMPORT_DATA_ACTION",
  },
  {
    name: "a jump to another file",
    make: () => withObjects({ 50: "<</S/GoToR/F(x.pdf)>>" }),
    code: "GO_TO_REMOTE_ACTION",
  },
  {
    name: "a jump into an attachment",
    make: () => withObjects({ 50: "<</S/GoToE/T<</R/C>>>>" }),
    code: "GO_TO_EMBEDDED_ACTION",
  },
  {
    name: "an attached file",
    make: () => withObjects({ 50: "<</Type/Filespec/EF<</F 51 0 R>>>>", 51: stream("", latin1("x")) }),
    code: "EMBEDDED_FILE",
  },
  {
    name: "an attachment on the page",
    make: () => withObjects({ 50: "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 51 0 R>>" }),
    code: "EMBEDDED_FILE",
  },
  { name: "an XFA form", make: () => withObjects({}, "/AcroForm<</XFA[(x) 3 0 R]>>"), code: "XFA_FORM" },
  {
    name: "a film",
    make: () => withObjects({ 50: "<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>" }),
    code: "RICH_MEDIA",
  },
  { name: "a portfolio", make: () => withObjects({}, "/Collection<</View/D>>"), code: "PORTFOLIO" },
  {
    name: "contents in another file",
    make: () => withObjects({ 50: stream("/F(\\\\server\\x)", latin1("")) }),
    code: "EXTERNAL_STREAM",
  },
];

/** A ZIP archive with one stored file; offsets count from where the archive begins, as unzip allows. */
function zip(content: string): Buffer {
  const name = latin1("a.txt");
  const data = latin1(content);
  const local = Buffer.alloc(30);
  local.write("PK\x03\x04", 0, "latin1");
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(data.length, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.write("PK\x01\x02", 0, "latin1");
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + data.length, 16);
  return Buffer.concat([local, name, data, central, name, end]);
}

const before = (prefix: string | Buffer) => () =>
  Buffer.concat([typeof prefix === "string" ? latin1(prefix) : prefix, harmless()]);
const after = (suffix: string | Buffer) => () =>
  Buffer.concat([harmless(), typeof suffix === "string" ? latin1(suffix) : suffix]);

/** Catalogue 14. */
export const polyglots: readonly HostileFile[] = [
  { name: "a ZIP archive behind it", make: after(zip("x")), code: "POLYGLOT" },
  { name: "a ZIP archive before it", make: before(zip("x")), code: "LATE_HEADER" },
  {
    name: "a ZIP archive in a stream",
    make: () => withObjects({ 50: stream("", zip("x")) }),
    code: "POLYGLOT",
  },
  { name: "a web page behind it", make: after("<html><script>alert(1)</script></html>"), code: "POLYGLOT" },
  {
    name: "a web page in its first comment",
    make: () => withText("%PDF-1.7\n", "%PDF-1.7\n%<script>alert(1)</script>\n"),
    code: "POLYGLOT",
  },
  { name: "a Windows program before it", make: before("MZ\x90\0\x03"), code: "POLYGLOT" },
  { name: "a picture before it", make: before("\xff\xd8\xff\xe0\0\x10JFIF"), code: "POLYGLOT" },
  {
    name: "a tape archive around it",
    make: () => {
      const comment = `%PDF-1.7\n%${" ".repeat(246)}\nustar`;
      return withText("%PDF-1.7\n", `${comment}\n`);
    },
    code: "POLYGLOT",
  },
  { name: "one byte before its header", make: before("\n"), code: "LATE_HEADER" },
  { name: "a thousand bytes before its header", make: before("x".repeat(1000)), code: "LATE_HEADER" },
];

const encryption = "<</Filter/Standard/V 2/R 3/Length 128/P -4/O<00>/U<00>>>";
/** Catalogue 15. */
export const encrypted: readonly HostileFile[] = [
  {
    name: "in the trailer",
    make: () => withText("trailer\n<<", `trailer\n<</Encrypt ${encryption}`),
    code: "ENCRYPTED",
  },
  {
    name: "behind a reference",
    make: () => {
      const pdf = withObjects({ 50: encryption });
      return latin1(pdf.toString("latin1").replace("trailer\n<<", "trailer\n<</Encrypt 50 0 R"));
    },
    code: "ENCRYPTED",
  },
  {
    name: "by a reference that leads nowhere",
    make: () => withText("trailer\n<<", "trailer\n<</Encrypt 999 0 R"),
    code: "ENCRYPTED",
  },
  {
    name: "by a handler nobody knows",
    make: () => withText("trailer\n<<", "trailer\n<</Encrypt<</Filter/Foo.Bar>>"),
    code: "ENCRYPTED",
  },
  {
    name: "in a file whose table is damaged",
    make: () => {
      const text = harmless().toString("latin1").replace("trailer\n<<", `trailer\n<</Encrypt ${encryption}`);
      return latin1(text.replace(/startxref\n\d+/, "startxref\n5"));
    },
    code: "ENCRYPTED",
  },
  {
    name: "only in an earlier revision",
    make: () => {
      const first = withText("trailer\n<<", `trailer\n<</Encrypt ${encryption}`);
      const next = `xref\n0 0\ntrailer\n<</Size 20/Root 1 0 R/Prev ${startxref(first)}>>\nstartxref\n${first.length}\n%%EOF\n`;
      return Buffer.concat([first, latin1(next)]);
    },
    code: "ENCRYPTED",
  },
];

/** Catalogue 17: shapes of published exploits, with nothing behind them. Inert: read, judged, and no more. */
export const exploits: readonly { name: string; make: () => Buffer }[] = [
  {
    name: "a font matrix that is a program (CVE-2024-4367)",
    make: () =>
      withObjects({
        3: "<</Type/Font/Subtype/Type1/BaseFont/X/FontMatrix[1 2 3 4 5 (1\\); alert\\('x'\\))]/Encoding/WinAnsiEncoding>>",
      }),
  },
  {
    name: "a JBIG2 picture with segments that point nowhere (CVE-2021-30860)",
    make: () =>
      withObjects({
        50: stream(
          "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
          Buffer.from("0000000007ff0101ffffffffffffffff00000000", "hex"),
        ),
      }),
  },
  {
    name: "a JPEG 2000 picture that is cut off (CVE-2016-8332)",
    make: () =>
      withObjects({
        50: stream(
          "/Type/XObject/Subtype/Image/Width 8/Height 8/Filter/JPXDecode",
          Buffer.from("0000000c6a5020200d0a870a00000014667479706a703220", "hex"),
        ),
      }),
  },
  {
    name: "a predictor with absurd columns (CVE-2009-3459)",
    make: () =>
      withObjects({
        50: deflatedStream(
          "/DecodeParms<</Predictor 12/Columns 1073741838/Colors 1073741838/BitsPerComponent 32>>",
          Buffer.alloc(64),
        ),
      }),
  },
  {
    name: "a negative stream length (CVE-2007-0104)",
    make: () => withObjects({ 50: "<</Length -2147483648>>\nstream\nx\nendstream" }),
  },
  {
    name: "numbers larger than any integer",
    make: () => withObjects({ 50: `<</A ${"9".repeat(400)} /B -${"9".repeat(400)}.${"9".repeat(400)}>>` }),
  },
  {
    name: "a name and a string without an end",
    make: () => withText("startxref", `60 0 obj (${"(".repeat(5000)}\nstartxref`),
  },
  {
    name: "a colour space that is defined by itself",
    make: () =>
      withObjects({
        50: "[/Indexed 50 0 R 1 50 0 R]",
        51: stream("/Type/XObject/Subtype/Image/ColorSpace 50 0 R/Width 1/Height 1", Buffer.alloc(1)),
      }),
  },
  {
    name: "a stream whose length is itself",
    make: () => withObjects({ 50: "<</Length 50 0 R>>\nstream\nx\nendstream" }),
  },
];

export const smallest = (): Buffer => writePdf(new Map(), 1);
