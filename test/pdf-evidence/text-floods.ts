import { deflatedStream, latin1, stream } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT, FIRST_PAGE, FONT, PAGES } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { withObjects } from "./hostile-files.ts";

/** A small file whose page shows the letters over and over: a font may say of any glyph which letters it stands for. */
function shown(letters: string): Buffer {
  const codes = [...letters].map((_, index) => String.fromCharCode(0x41 + index)).join("");
  const meanings = [...letters].map((letter, index) => {
    const hex = Buffer.from(letter, "utf16le").swap16().toString("hex");
    return `<${(0x41 + index).toString(16)}> <${hex}>`;
  });
  // A string holds 32,767 bytes in PDFium.
  const part = `(${codes.repeat(30_000 / codes.length)})Tj `;
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <00> <ff> endcodespacerange
${meanings.length} beginbfchar
${meanings.join("\n")}
endbfchar endcmap end end`;
  return withObjects({
    [FONT]: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 51 0 R>>",
    51: stream("", latin1(map)),
    [FIRST_PAGE]: `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>>>/Contents ${FIRST_CONTENT} 0 R>>`,
    [FIRST_CONTENT]: deflatedStream("", latin1(`BT /F1 1 Tf 64 760 Td ${part.repeat(13)}ET`)),
  });
}

/** Texts of 390,000 letters that come to nothing, but that some ways to compare texts take minutes for. */
export const textFloods = [
  { name: "marks in the wrong order", make: () => shown("\u0301\u0323") },
  { name: "Tibetan marks that come apart", make: () => shown("\u0f73\u0f81") },
  { name: "one of them alone", make: () => shown("\u0f81") },
  { name: "half-width letters that become marks", make: () => shown("\uff9e\u0323") },
  { name: "a letter, then marks of four kinds", make: () => shown("\u0316\u0301\u0345\u0334") },
] as const;
