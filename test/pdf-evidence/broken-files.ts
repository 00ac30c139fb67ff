import { latin1 } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_CONTENT, FIRST_PAGE, PAGES } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { type HostileFile, harmless, startxref, withObjects, withText } from "./hostile-files.ts";

const cutAt = (share: number) => () => harmless().subarray(0, Math.floor(harmless().length * share));

/** Cut off: what is left may be another document. */
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

/** A structure that runs in circles. */
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

const encryption = "<</Filter/Standard/V 2/R 3/Length 128/P -4/O<00>/U<00>>>";
/** Encrypted, wherever it is said. */
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
