import { latin1 } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { document, signed } from "../support/pdfs/attacks/attack.ts";
import { atMostAsked, type MisreadFile, toAPerson } from "./misread-file.ts";

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
