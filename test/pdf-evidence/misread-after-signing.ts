import { withEntries } from "../../local/rehearsal/pdfs/pdf-dictionary.ts";
import { appendRevision, latin1, objectBody } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_PAGE, plainPdf } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { HONEST, signed } from "../support/pdfs/attacks/attack.ts";
import { type MisreadFile, passes, toAPerson } from "./misread-file.ts";

const padded = (letters: string) => () => Buffer.concat([signed(), latin1(letters)]);
export const longerThanSigned: readonly MisreadFile[] = [
  {
    name: "a thousand NULs",
    make: padded("\0".repeat(1_000)),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "a hundred line ends",
    make: padded("\r\n".repeat(100)),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "sixty-five spaces",
    make: padded(" ".repeat(65)),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "a revision of nothing",
    make: () => appendRevision(signed(), { objects: new Map() }),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "a revision with an object that nothing leads to",
    make: () => appendRevision(signed(), { objects: new Map([[90, "<</Hej(x)>>"]]) }),
    says: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "but a line end, which needs no word",
    make: padded("\n"),
    saysNot: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    verdicts: passes,
  },
  {
    name: "but letters",
    make: padded("hej".repeat(100)),
    saysNot: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    says: ["TRAILING_DATA"],
    verdicts: toAPerson,
  },
  {
    name: "but a page turned",
    make: () => {
      const pdf = signed();
      return appendRevision(pdf, {
        objects: new Map([[FIRST_PAGE, withEntries(objectBody(pdf, FIRST_PAGE), { Rotate: "180" })]]),
      });
    },
    saysNot: ["ADDED_WITHOUT_EFFECT_AFTERWARDS"],
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
];

const SECOND = 40;
/** Prepared for two, signed by the first; the second's tool changes the field it signs. */
function signedBySecond(
  changesTo: Readonly<Record<string, string | undefined>>,
  prepared = "",
  also: readonly (readonly [number, string])[] = [],
): Buffer {
  const field = `<</Type/Annot/Subtype/Widget/FT/Sig/T(Anden)/F 132/Rect[0 0 0 0]/P ${FIRST_PAGE} 0 R${prepared}>>`;
  const empty = plainPdf({
    pages: [HONEST],
    firstPage: `/Annots[${SECOND} 0 R]`,
    catalogue: `/AcroForm<</Fields[${SECOND} 0 R]/SigFlags 3>>`,
    also: new Map([[SECOND, field]]),
  });
  const changed = withEntries(field, changesTo);
  return signed(signed(empty), { intoField: SECOND, also: new Map([[SECOND, changed], ...also]) });
}
const lock = "<</Type/SigFieldLock/Action/All>>";

export const boundBySigner: readonly MisreadFile[] = [
  { name: "nothing", make: () => signedBySecond({}), says: ["SIGNED_AGAIN_AFTERWARDS"], verdicts: passes },
  {
    name: "a lock on all fields",
    make: () => signedBySecond({ Lock: lock }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "a lock on its own field",
    make: () => signedBySecond({ Lock: "<</Action/Include/Fields[(Anden)]>>" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "a lock in an object of its own",
    make: () => signedBySecond({ Lock: "60 0 R" }, "", [[60, lock]]),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "what it asks of the signature",
    make: () => signedBySecond({ SV: "<</Type/SV/Ff 1/SubFilter[/ETSI.CAdES.detached]>>" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "that the field is read-only, and a name for its mark",
    make: () => signedBySecond({ Ff: "1", NM: "(a)" }),
    saysNot: ["SIGNATURE_FAILED"],
    verdicts: passes,
  },
  {
    name: "but another lock than the document came with",
    make: () => signedBySecond({ Lock: "<</Action/Include/Fields[(x)]>>" }, `/Lock ${lock}`),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but the lock taken away that the document came with",
    make: () => signedBySecond({ Lock: undefined }, `/Lock ${lock}`),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but another place on the page",
    make: () => signedBySecond({ Rect: "[0 0 500 800]" }),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but another kind of field",
    make: () => signedBySecond({ Ff: "65536" }),
    says: ["CONTENT_CHANGED_AFTER_SIGNING"],
    verdicts: toAPerson,
  },
  {
    name: "but a script",
    make: () => signedBySecond({ AA: "<</E<</S/JavaScript/JS(x)>>>>" }),
    says: ["CONTENT_CHANGED_AFTER_SIGNING", "JAVASCRIPT"],
    verdicts: toAPerson,
  },
];
