import { deflatedStream, latin1, stream } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { type HostileFile, harmless, withObjects, withText } from "./hostile-files.ts";

const openAction = (action: string) => () => withObjects({}, `/OpenAction ${action}`);

/** Everything that does more than show pages. */
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
export function archiveOf(content: string): Buffer {
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

/** Also something else, or not a PDF from the first byte. */
export const polyglots: readonly HostileFile[] = [
  { name: "a ZIP archive behind it", make: after(archiveOf("x")), code: "POLYGLOT" },
  { name: "a ZIP archive before it", make: before(archiveOf("x")), code: "LATE_HEADER" },
  {
    name: "a ZIP archive in a stream",
    make: () => withObjects({ 50: stream("", archiveOf("x")) }),
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
  { name: "one letter before its header", make: before("x"), code: "LATE_HEADER" },
  {
    name: "a mail's head before its header",
    make: before("Content-Type: application/pdf\r\n\r\n"),
    code: "LATE_HEADER",
  },
  { name: "a thousand bytes before its header", make: before("x".repeat(1000)), code: "LATE_HEADER" },
];

/** Shapes of published exploits, with nothing behind them. Inert: read, judged, and no more. */
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
