import type { Buffer } from "node:buffer";
import { appendMember, readEntries, withEntries } from "../../../../local/rehearsal/pdfs/pdf-dictionary.ts";
import { placeSignature, signPdf, timeStampPdf } from "../../../../local/rehearsal/pdfs/pdf-signer.ts";
import {
  appendRevision,
  deflatedStream,
  latin1,
  objectBody,
} from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_CONTENT, FIRST_PAGE, FONT } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { testAuthority } from "../../../../local/rehearsal/pdfs/test-authority.ts";
import { NOW } from "../signature-values.ts";
import { type Attack, changes, document, evilContent, mallory, signed } from "./attack.ts";

/**
 * Attacks on certified files (Rohlmann et al., IEEE S&P 2021): evil annotations where P=3 allows
 * annotations, sneaky signature fields where P=2 allows signatures, and what no level allows.
 */
export const certification: readonly Attack[] = (
  [
    ["P=3, a free text over the sum", () => annotated(3, "/FreeText")],
    ["P=3, a stamp over the page", () => annotated(3, "/Stamp")],
    ["P=3, a filled square", () => annotated(3, "/Square")],
    ["P=3, a redaction", () => annotated(3, "/Redact")],
    ["P=3, ink", () => annotated(3, "/Ink")],
    ["P=3, the certifying signature's own picture is replaced", () => ownPicture(3)],
    ["P=3, the text itself", () => text(3)],
    ["P=2, an empty signature field with a picture over the page", () => emptyField(2)],
    ["P=2, a signature nobody trusts with a picture over the page", () => sneakySignature(2)],
    [
      "P=2, an empty field that was there is signed by nobody trusted, with a picture over the page",
      () => preparedField(),
    ],
    ["P=2, a time-stamp anybody can have, with a picture over the page", () => visibleTimeStamp()],
    ["P=2, a field that was there is time-stamped, with a picture over the page", () => preparedField(true)],
    ["P=2, a free text", () => annotated(2, "/FreeText")],
    ["P=2, a stamp", () => annotated(2, "/Stamp")],
    ["P=2, the certifying signature's own picture is replaced", () => ownPicture(2)],
    ["P=2, the text itself", () => text(2)],
    ["P=2, the permissions are lifted", () => lifted(2)],
    ["P=1, an empty signature field", () => emptyField(1)],
    ["P=1, a signature nobody trusts", () => sneakySignature(1)],
    ["P=1, a free text", () => annotated(1, "/FreeText")],
    ["P=1, a form field", () => formField(1)],
    ["P=1, the permissions are lifted and a free text added", () => lifted(1)],
  ] as const
).map(([name, forge]) => ({ kind: "certification", name, forge }));

const certified = (level: 1 | 2 | 3): Buffer =>
  signed(document(), { certification: level, rectangle: [64, 96, 300, 130] });
const picture = (): Buffer =>
  deflatedStream(
    `/Type/XObject/Subtype/Form/BBox[0 0 531 120]/Resources<</Font<</F1 ${FONT} 0 R>>>>`,
    latin1("1 1 1 rg 0 0 531 120 re f 0 g BT /F1 11 Tf 0 60 Td (Kontingentet er 1 kr. om \xe5ret.) Tj ET"),
  );

function annotated(level: 1 | 2 | 3, subtype: string): Buffer {
  const file = certified(level);
  const page = objectBody(file, FIRST_PAGE);
  const annotation = `<</Type/Annot/Subtype${subtype}/Rect[64 660 595 780]/F 4/AP<</N 71 0 R>>/P ${FIRST_PAGE} 0 R/Contents(1 kr.)>>`;
  const annots = appendMember(readEntries(page).get("Annots"), "70 0 R");
  return appendRevision(file, {
    objects: changes([70, annotation], [71, picture()], [FIRST_PAGE, withEntries(page, { Annots: annots })]),
  });
}

function ownPicture(level: 1 | 2 | 3): Buffer {
  const file = certified(level);
  const appearance = Number(/\/AP<<\/N (\d+) 0 R/.exec(file.toString("latin1"))?.[1]);
  return appendRevision(file, { objects: changes([appearance, picture()]) });
}

const text = (level: 1 | 2 | 3): Buffer =>
  appendRevision(certified(level), { objects: changes([FIRST_CONTENT, evilContent()]) });

const SNEAKY = {
  fieldName: "Sneaky",
  rectangle: [64, 660, 595, 780],
  appearanceText: "Kontingentet er 1 kr.",
  reservedBytes: 4096,
} as const;

function emptyField(level: 1 | 2 | 3): Buffer {
  const placed = placeSignature(certified(level), SNEAKY);
  const field = withEntries(objectBody(placed.pdf, placed.fieldObject), { V: undefined });
  return appendRevision(placed.pdf, {
    objects: changes([placed.fieldObject, field]),
    freed: [placed.signatureObject],
  });
}

function sneakySignature(level: 1 | 2 | 3): Buffer {
  return signPdf(certified(level), { ...SNEAKY, signer: mallory() });
}

function formField(level: 1 | 2 | 3): Buffer {
  const file = certified(level);
  const field = `<</Type/Annot/Subtype/Widget/FT/Tx/T(ny)/V(1 kr.)/Rect[64 660 300 680]/F 4/AP<</N 71 0 R>>/P ${FIRST_PAGE} 0 R>>`;
  const page = objectBody(file, FIRST_PAGE);
  const annots = appendMember(readEntries(page).get("Annots"), "70 0 R");
  const catalogue = objectBody(file, CATALOGUE).replace(/\/Fields \[/, "/Fields [70 0 R ");
  return appendRevision(file, {
    objects: changes(
      [70, field],
      [71, picture()],
      [CATALOGUE, catalogue],
      [FIRST_PAGE, withEntries(page, { Annots: annots })],
    ),
  });
}

function lifted(level: 1 | 2 | 3): Buffer {
  const file = annotated(level, "/FreeText");
  return appendRevision(file, {
    objects: changes([CATALOGUE, withEntries(objectBody(file, CATALOGUE), { Perms: undefined })]),
  });
}

function visibleTimeStamp(): Buffer {
  const { timeStampAuthority } = testAuthority();
  return timeStampPdf(certified(2), { ...SNEAKY, authority: timeStampAuthority, time: NOW - 1000 });
}

/** A field without a picture waits, as large as the page, when the victim certifies the file. */
function preparedField(timeStamp = false): Buffer {
  const field = `<</Type/Annot/Subtype/Widget/FT/Sig/T(Sneaky)/F 132/Rect[64 660 595 780]/P ${FIRST_PAGE} 0 R>>`;
  const prepared = document({
    firstPage: "/Annots[40 0 R]",
    catalogue: "/AcroForm<</Fields[40 0 R]/SigFlags 3>>",
    also: changes([40, field]),
  });
  const file = signed(prepared, { certification: 2, fieldName: "Certified" });
  const { timeStampAuthority } = testAuthority();
  const picture = { ...SNEAKY, intoField: 40 };
  return timeStamp
    ? timeStampPdf(file, { ...picture, authority: timeStampAuthority, time: NOW - 1000 })
    : signPdf(file, { ...picture, signer: mallory() });
}
