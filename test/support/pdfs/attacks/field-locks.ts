import type { Buffer } from "node:buffer";
import {
  readEntries,
  referenceNumber,
  withEntries,
} from "../../../../local/rehearsal/pdfs/pdf-dictionary.ts";
import type { FieldRule } from "../../../../local/rehearsal/pdfs/pdf-signer.ts";
import {
  appendRevision,
  deflatedStream,
  latin1,
  type ObjectBody,
  objectBody,
} from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_PAGE, FONT } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { type Attack, changes, document, HONEST, signed } from "./attack.ts";

const SUM = 30;
const NOTE = 31;
const SUM_PICTURE = 32;
const GROUP = 33;
const IN_GROUP = 34;

const sum: FieldRule = { action: "Include", fields: ["beloeb"] };

/** FieldMDP: the signature locks some fields, and exactly those change. */
export const fieldLocks: readonly Attack[] = (
  [
    ["a named field gets another value", () => locked(sum, filled(SUM, "1 kr."))],
    ["a named field gets another picture", () => locked(sum, changes([SUM_PICTURE, picture("1 kr.")]))],
    ["every field is locked and one is filled in", () => locked({ action: "All" }, filled(NOTE, "ja"))],
    [
      "every field but one is locked and another is filled in",
      () => locked({ action: "Exclude", fields: ["note"] }, filled(SUM, "1 kr.")),
    ],
    [
      "a field in a named group is filled in",
      () => locked({ action: "Include", fields: ["gruppe"] }, filled(IN_GROUP, "1 kr.")),
    ],
    [
      "a field named in full is filled in",
      () => locked({ action: "Include", fields: ["gruppe.felt"] }, filled(IN_GROUP, "1 kr.")),
    ],
    ["a named field is renamed and filled in", () => locked(sum, filled(SUM, "1 kr.", { T: "(andet)" }))],
    ["a named field becomes of another kind", () => locked(sum, filled(SUM, "1 kr.", { FT: "/Ch" }))],
    ["a named field is moved", () => locked(sum, changed(SUM, { Rect: "[0 0 1 1]" }))],
    ["a named field is hidden", () => locked(sum, changed(SUM, { F: "2" }))],
    ["a named field is taken out of the form", () => withoutField(sum)],
    ["a named field is filled in and the lock lifted", () => unlocked(sum)],
    ["a certified file's named field is filled in", () => locked(sum, filled(SUM, "1 kr."), 2)],
    ["a certified file's every field is locked", () => locked({ action: "All" }, filled(NOTE, "ja"), 2)],
  ] as const
).map(([name, forge]) => ({ kind: "field lock", name, forge }));

const picture = (text: string): Buffer =>
  deflatedStream(
    `/Type/XObject/Subtype/Form/BBox[0 0 236 20]/Resources<</Font<</F1 ${FONT} 0 R>>>>`,
    latin1(`/Tx BMC BT /F1 11 Tf 2 4 Td (${text}) Tj ET EMC`),
  );

function fieldBody(name: string, value: string, bottom: number, more = ""): string {
  return `<</Type/Annot/Subtype/Widget/FT/Tx/T(${name})/V(${value})/DA(/F1 11 Tf 0 g)/Rect[64 ${bottom} 300 ${bottom + 20}]/F 4/AP<</N ${SUM_PICTURE} 0 R>>/P ${FIRST_PAGE} 0 R${more}>>`;
}

/** A page with three fields: `beloeb`, `note` and `gruppe.felt`. */
export function fileWithFields(): Buffer {
  const also = changes(
    [SUM, fieldBody("beloeb", "25.000 kr.", 600)],
    [NOTE, fieldBody("note", "", 560)],
    [SUM_PICTURE, picture("25.000 kr.")],
    [GROUP, `<</T(gruppe)/Kids[${IN_GROUP} 0 R]>>`],
    [IN_GROUP, fieldBody("felt", "", 520, `/Parent ${GROUP} 0 R`)],
  );
  const form = `/AcroForm<</Fields[${SUM} 0 R ${NOTE} 0 R ${GROUP} 0 R]/DA(/F1 11 Tf 0 g)/DR<</Font<</F1 ${FONT} 0 R>>>>>>`;
  return document({
    pages: [HONEST],
    catalogue: form,
    firstPage: `/Annots[${SUM} 0 R ${NOTE} 0 R ${IN_GROUP} 0 R]`,
    also,
  });
}

function signedWithLock(fieldRule: FieldRule, certification?: 1 | 2 | 3): Buffer {
  return signed(fileWithFields(), { fieldRule, ...(certification === undefined ? {} : { certification }) });
}

function locked(
  rule: FieldRule,
  objects: ReadonlyMap<number, ObjectBody>,
  certification?: 1 | 2 | 3,
): Buffer {
  return appendRevision(signedWithLock(rule, certification), { objects });
}

function changed(field: number, entries: Readonly<Record<string, string>>): ReadonlyMap<number, ObjectBody> {
  return changes([field, withEntries(objectBody(fileWithFields(), field), entries)]);
}

/** Filled in as a reader would: value and picture, the picture an object of its own. */
function filled(
  field: number,
  value: string,
  more: Readonly<Record<string, string>> = {},
): ReadonlyMap<number, ObjectBody> {
  return new Map([
    ...changed(field, { V: `(${value})`, AP: "<</N 70 0 R>>", ...more }),
    [70, picture(value)],
  ]);
}

function withoutField(rule: FieldRule): Buffer {
  const file = signedWithLock(rule);
  const catalogue = objectBody(file, CATALOGUE).replace(`[${SUM} 0 R `, "[");
  const page = objectBody(file, FIRST_PAGE).replace(`[${SUM} 0 R `, "[");
  return appendRevision(file, { objects: changes([CATALOGUE, catalogue], [FIRST_PAGE, page]) });
}

function unlocked(rule: FieldRule): Buffer {
  const file = signedWithLock(rule);
  const annots = readEntries(objectBody(file, FIRST_PAGE)).get("Annots") ?? "";
  const field = referenceNumber(annots.replace(/^.*?(\d+ 0 R)\]$/, "$1")) ?? 0;
  const opened = withEntries(objectBody(file, field), { Lock: undefined });
  return appendRevision(file, { objects: new Map([...filled(SUM, "1 kr."), [field, opened]]) });
}
