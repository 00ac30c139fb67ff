import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import fc from "fast-check";
import { readEntries, withEntries } from "../../../local/rehearsal/pdfs/pdf-dictionary.ts";
import { addSecurityStore } from "../../../local/rehearsal/pdfs/pdf-signer.ts";
import {
  appendRevision,
  deflatedStream,
  latin1,
  type ObjectBody,
  readObjects,
  stream,
} from "../../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT, FIRST_PAGE, FONT, PAGES } from "../../../local/rehearsal/pdfs/plain-pdf.ts";
import { testAuthority } from "../../../local/rehearsal/pdfs/test-authority.ts";
import { document, EVIL, HONEST, signed } from "./attacks/attack.ts";
import { fileWithFields } from "./attacks/field-locks.ts";

/** One revision after signing, made of random changes to what was signed. */
export interface RandomUpdate {
  readonly base: number;
  readonly changes: readonly Change[];
  readonly style: "table" | "stream";
}

type Change =
  | { readonly kind: "entry"; readonly object: number; readonly key: number; readonly value: number }
  | { readonly kind: "new key"; readonly object: number; readonly key: string; readonly value: number }
  | { readonly kind: "remove"; readonly object: number; readonly key: number }
  | { readonly kind: "replace"; readonly object: number; readonly by: number }
  | { readonly kind: "reverse"; readonly object: number; readonly key: number }
  | { readonly kind: "free"; readonly object: number };

const KEYS = [
  "AP",
  "AS",
  "Annots",
  "BBox",
  "Contents",
  "CropBox",
  "F",
  "Fields",
  "Font",
  "Hidden",
  "Kids",
  "M",
  "Matrix",
  "MK",
  "N",
  "NeedAppearances",
  "OC",
  "OCProperties",
  "P",
  "Pages",
  "Parent",
  "Rect",
  "Resources",
  "Rotate",
  "T",
  "UserUnit",
  "V",
  "XObject",
] as const;
const VALUES = [
  "null",
  "true",
  "0",
  "2",
  "90",
  "[0 0 10 10]",
  "[0 0 595 842]",
  "[2 0 0 2 0 0]",
  "/Off",
  "(1 kr.)",
  "<<>>",
  "[]",
] as const;

const place = fc.nat(0xffff);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("entry" as const), object: place, key: place, value: place }),
  fc.record({
    kind: fc.constant("new key" as const),
    object: place,
    key: fc.constantFrom(...KEYS),
    value: place,
  }),
  fc.record({ kind: fc.constant("remove" as const), object: place, key: place }),
  fc.record({ kind: fc.constant("replace" as const), object: place, by: place }),
  fc.record({ kind: fc.constant("reverse" as const), object: place, key: place }),
  fc.record({ kind: fc.constant("free" as const), object: place }),
);

export const randomUpdates: fc.Arbitrary<RandomUpdate> = fc.record({
  base: place,
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  style: fc.constantFrom("table", "stream"),
});

/** Signed files rich in things that could show something else: covers, layers, stamps, fields, hidden pages. */
function bases(): readonly Buffer[] {
  made ??= [
    signed(preparedFile()),
    signed(fileWithFields(), { fieldRule: { action: "Include", fields: ["beloeb"] } }),
    signed(fileWithFields(), { certification: 2 }),
    signed(preparedFile(), { certification: 3, rectangle: [64, 96, 300, 130] }),
    signed(signed(preparedFile()), { fieldName: "Signature2", rectangle: [320, 96, 500, 130] }),
    addSecurityStore(signed(preparedFile()), { certificates: [testAuthority().root.certificate] }),
  ];
  return made;
}
let made: readonly Buffer[] | undefined;

function preparedFile(): Buffer {
  const form = `/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>>>`;
  const drawing = (text: string) =>
    deflatedStream(form, latin1(`1 1 1 rg 0 0 595 780 re f 0 g BT /F1 11 Tf 64 728 Td (${text}) Tj ET`));
  const stamp = (picture: number) =>
    `<</Type/Annot/Subtype/Stamp/Rect[0 0 595 780]/F 4/AP<</N ${picture} 0 R>>/P ${FIRST_PAGE} 0 R>>`;
  const resources = `<</Font<</F1 ${FONT} 0 R>>/XObject 27 0 R/Properties<</L 26 0 R>>>>`;
  const page = (content: string) =>
    `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources ${resources}/Contents ${content}/Annots[22 0 R 23 0 R 29 0 R]>>`;
  const also = new Map<number, ObjectBody>([
    [FIRST_PAGE, page(`[${FIRST_CONTENT} 0 R 25 0 R]`)],
    [20, drawing("Kontingentet er 25.000 kr.")],
    [21, drawing("Kontingentet er 1 kr.")],
    [22, stamp(21)],
    [23, stamp(20)],
    [
      24,
      `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 ${FONT} 0 R>>>>/Contents 28 0 R>>`,
    ],
    [25, stream("", latin1("/OC /L BDC /Cover Do EMC"))],
    [26, "<</Type/OCG/Name(Lag)>>"],
    [27, "<</Cover 20 0 R/P 20 0 R/M 21 0 R/T(billeder)/FT/Tx/F 4>>"],
    [28, stream("", latin1("BT /F1 30 Tf 64 700 Td (1 kr.) Tj ET"))],
    [29, `<</Type/Annot/Subtype/Widget/FT/Sig/T(Tom)/F 132/Rect[64 300 300 400]/P ${FIRST_PAGE} 0 R>>`],
  ]);
  const catalogue =
    "/OCProperties<</OCGs[26 0 R]/D<</Order[26 0 R]>>>>/AcroForm<</Fields[27 0 R 29 0 R]/SigFlags 3>>";
  return document({ pages: [EVIL, HONEST], also, catalogue });
}

export function baseOfUpdate(update: RandomUpdate): Buffer {
  const known = bases();
  const base = known[update.base % known.length];
  if (base === undefined) throw new RangeError("no bases");
  return base;
}

/** The base with the update behind it; undefined when the changes amount to nothing. */
export function updated(update: RandomUpdate): Buffer | undefined {
  const base = baseOfUpdate(update);
  const before = readObjects(base);
  const numbers = [...before.keys()];
  const pick = <Item>(items: readonly Item[], at: number): Item | undefined =>
    items[at % Math.max(1, items.length)];
  const valueAt = (at: number): string =>
    at % 2 === 0 ? `${pick(numbers, at >> 1)} 0 R` : (pick(VALUES, at >> 1) ?? "null");
  const objects = new Map<number, ObjectBody>();
  const freed: number[] = [];
  for (const change of update.changes) {
    const number = pick(numbers, change.object) ?? 0;
    const body = String(objects.get(number) ?? before.get(number) ?? "");
    const keys = body.startsWith("<<") ? [...readEntries(body).keys()] : [];
    const key = "key" in change && typeof change.key === "number" ? pick(keys, change.key) : undefined;
    if (change.kind === "free") freed.push(number);
    else if (change.kind === "replace")
      objects.set(number, latin1(before.get(pick(numbers, change.by) ?? 0) ?? "null"));
    else if (change.kind === "new key" && keys.length > 0)
      objects.set(number, entriesChanged(body, { [change.key]: valueAt(change.value) }));
    else if (key !== undefined && change.kind === "entry")
      objects.set(number, entriesChanged(body, { [key]: valueAt(change.value) }));
    else if (key !== undefined && change.kind === "remove")
      objects.set(number, entriesChanged(body, { [key]: undefined }));
    else if (key !== undefined && change.kind === "reverse")
      objects.set(number, entriesChanged(body, { [key]: reversed(readEntries(body).get(key) ?? "") }));
  }
  for (const number of freed) objects.delete(number);
  if (objects.size + freed.length === 0) return undefined;
  return appendRevision(base, { objects, freed: [...new Set(freed)], style: update.style });
}

/** The dictionary of a stream changes, its data stays. */
function entriesChanged(body: string, entries: Readonly<Record<string, string | undefined>>): Buffer {
  const at = body.indexOf("stream");
  const data = at < 0 ? "" : `\n${body.slice(at)}`;
  return latin1(withEntries(body, entries) + data);
}

/** Arrays of plain members only: turned round, the brackets of a dictionary inside would stand the wrong way. */
function reversed(array: string): string {
  const items =
    array.startsWith("[") && !array.includes("<<")
      ? (array.slice(1, -1).match(/\d+ \d+ R|\S+/g) ?? [])
      : undefined;
  return items ? `[${items.reverse().join(" ")}]` : array;
}

/** A fingerprint of what PDFium draws of every page, fields and annotations with it. */
export async function shownPages(pdf: Buffer): Promise<string> {
  library ??= PDFiumLibrary.init();
  const file = await (await library).loadDocument(pdf);
  try {
    const hash = createHash("sha256");
    for (const page of file.pages()) {
      const { width, height, data } = await page.render({
        scale: 0.5,
        render: "bitmap",
        renderFormFields: true,
      });
      hash.update(`${width}x${height}`).update(data);
    }
    return hash.digest("hex");
  } finally {
    file.destroy();
  }
}
let library: Promise<PDFiumLibrary> | undefined;

/** What is wrong with the judge's answer, if anything: a signature is valid, and the file shows something else. */
export async function wronglyValid(
  update: RandomUpdate,
  passes: (pdf: Buffer) => Promise<boolean>,
): Promise<"passed" | "wrong" | undefined> {
  const pdf = updated(update);
  if (pdf === undefined || !(await passes(pdf))) return undefined;
  return (await shownPages(pdf)) === (await shownPages(baseOfUpdate(update))) ? "passed" : "wrong";
}
