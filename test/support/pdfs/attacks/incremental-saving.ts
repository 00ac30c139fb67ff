import { Buffer } from "node:buffer";
import { withEntries } from "../../../../local/rehearsal/pdfs/pdf-dictionary.ts";
import {
  appendRevision,
  lastTrailer,
  latin1,
  objectBody,
  stream,
} from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import {
  CATALOGUE,
  FIRST_CONTENT,
  FIRST_PAGE,
  FONT,
  PAGES,
  textContent,
} from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { type Attack, changes, document, EVIL, evilContent, mallory, placesOf, signed } from "./attack.ts";

const evilObject = (): Buffer =>
  Buffer.concat([latin1(`${FIRST_CONTENT} 0 obj\n`), evilContent(), latin1("\nendobj\n")]);

/** Incremental saving (CCS 2019): an update after the signed bytes changes what is shown. */
export const incrementalSaving: readonly Attack[] = (
  [
    [
      "the page's text is replaced",
      () => appendRevision(signed(), { objects: changes([FIRST_CONTENT, evilContent()]) }),
    ],
    [
      "the same, by a cross-reference stream",
      () => appendRevision(signed(), { objects: changes([FIRST_CONTENT, evilContent()]), style: "stream" }),
    ],
    ["objects follow without any table", () => Buffer.concat([signed(), evilObject()])],
    ["objects and a trailer follow without a table", () => withTrailerOnly()],
    ["the table lists nothing", () => emptyTable()],
    ["the signature is written again beside it", () => signatureAgain()],
    ["the page points to other text", () => otherText()],
    ["the page has more text", () => moreText()],
    ["a page is added", () => pageAdded()],
    ["a page is taken away", () => pageRemoved()],
    ["the page is turned", () => appendRevision(signed(), { objects: pageWith({ Rotate: "180" }) })],
    [
      "the page is cropped",
      () => appendRevision(signed(), { objects: pageWith({ CropBox: "[0 790 595 842]" }) }),
    ],
    [
      "the letters are drawn by another font",
      () =>
        appendRevision(signed(), {
          objects: changes([FONT, "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"]),
        }),
    ],
    ["the catalogue has another page tree", () => otherTree()],
    [
      "the catalogue starts a script",
      () =>
        appendRevision(signed(), {
          objects: catalogueWith({ OpenAction: "<</S/JavaScript/JS(app.alert\\(1\\))>>" }),
        }),
    ],
    [
      "the signed text is declared free",
      () => appendRevision(signed(), { objects: changes(), freed: [FIRST_CONTENT] }),
    ],
    [
      "the change comes in two updates",
      () =>
        appendRevision(appendRevision(signed(), { objects: changes([90, "null"]) }), {
          objects: changes([FIRST_CONTENT, evilContent()]),
        }),
    ],
    ["the change comes before a signature nobody trusts", () => beforeAnother()],
  ] as const
).map(([name, forge]) => ({ kind: "incremental saving", name, forge }));

/** The second signature is true, and covers the change: it must not vouch for the first. */
function beforeAnother(): Buffer {
  const changed = appendRevision(signed(), { objects: changes([FIRST_CONTENT, evilContent()]) });
  return signed(changed, { fieldName: "Signature2", signer: mallory() });
}

function pageWith(entries: Readonly<Record<string, string>>): ReturnType<typeof changes> {
  return changes([FIRST_PAGE, withEntries(objectBody(signed(), FIRST_PAGE), entries)]);
}

function catalogueWith(entries: Readonly<Record<string, string>>): ReturnType<typeof changes> {
  return changes([CATALOGUE, withEntries(objectBody(signed(), CATALOGUE), entries)]);
}

function withTrailerOnly(): Buffer {
  const file = signed();
  const { startXref, size } = lastTrailer(file);
  return Buffer.concat([
    file,
    evilObject(),
    latin1(
      `trailer\n<</Size ${size}/Root ${CATALOGUE} 0 R/Prev ${startXref}>>\nstartxref\n${startXref}\n%%EOF\n`,
    ),
  ]);
}

function emptyTable(): Buffer {
  const file = signed();
  const { startXref, size } = lastTrailer(file);
  const body = Buffer.concat([file, evilObject()]);
  return Buffer.concat([
    body,
    latin1(
      `xref\n0 0\ntrailer\n<</Size ${size}/Root ${CATALOGUE} 0 R/Prev ${startXref}>>\nstartxref\n${body.length}\n%%EOF\n`,
    ),
  ]);
}

function signatureAgain(): Buffer {
  const file = signed();
  const { object, dictionary } = placesOf(file);
  return appendRevision(file, { objects: changes([FIRST_CONTENT, evilContent()], [object, dictionary]) });
}

function otherText(): Buffer {
  return appendRevision(signed(), {
    objects: new Map([...pageWith({ Contents: "70 0 R" }), [70, evilContent()]]),
  });
}

function moreText(): Buffer {
  const cover = stream("", latin1("1 1 1 rg 0 0 595 842 re f"));
  const objects = new Map([
    ...pageWith({ Contents: `[${FIRST_CONTENT} 0 R 70 0 R 71 0 R]` }),
    [70, cover] as const,
    [71, textContent(EVIL)] as const,
  ]);
  return appendRevision(signed(), { objects });
}

function pageAdded(): Buffer {
  const file = signed();
  const page = withEntries(objectBody(file, FIRST_PAGE), { Contents: "71 0 R", Annots: undefined });
  const pages = withEntries(objectBody(file, PAGES), { Kids: `[70 0 R ${FIRST_PAGE} 0 R]`, Count: "2" });
  return appendRevision(file, { objects: changes([PAGES, pages], [70, page], [71, evilContent()]) });
}

function pageRemoved(): Buffer {
  const file = signed(document({ pages: [EVIL, ["Bilag", "", "Det ovenstående gælder ikke."]] }));
  const pages = withEntries(objectBody(file, PAGES), { Kids: `[${FIRST_PAGE} 0 R]`, Count: "1" });
  return appendRevision(file, { objects: changes([PAGES, pages]) });
}

function otherTree(): Buffer {
  const file = signed();
  const page = withEntries(objectBody(file, FIRST_PAGE), { Parent: "72 0 R", Contents: "71 0 R" });
  const objects = new Map([
    ...catalogueWith({ Pages: "72 0 R" }),
    ...changes([70, page], [71, evilContent()], [72, "<</Type/Pages/Count 1/Kids[70 0 R]>>"]),
  ]);
  return appendRevision(file, { objects });
}
