import { deflateSync } from "node:zlib";
import { deflatedStream, latin1, stream } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT, FIRST_PAGE, PAGES } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { type HostileFile, withObjects, withText } from "./hostile-files.ts";

const zeros = (megabytes: number): Buffer => deflateSync(Buffer.alloc(megabytes * 1024 * 1024), { level: 1 });
let bomb: Buffer | undefined;
/** 200 MB in 200 KB: made once, it takes a while. */
const flateBomb = (): Buffer => {
  bomb ??= zeros(200);
  return bomb;
};

/** A little that unfolds to a lot. */
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

/** Pictures and paper that no memory could hold. */
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

/** More of something than any agreement has. */
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

/** Nesting that would exhaust a reader's stack. */
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
