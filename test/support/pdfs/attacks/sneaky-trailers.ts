import { Buffer } from "node:buffer";
import { withEntries } from "../../../../local/rehearsal/pdfs/pdf-dictionary.ts";
import {
  appendRevision,
  lastTrailer,
  latin1,
  objectBody,
} from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { CATALOGUE, FIRST_CONTENT, FIRST_PAGE } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { type Attack, changes, evilContent, signed } from "./attack.ts";

/** The end of the file says where reading begins: here it says something to each reader. */
export const sneakyTrailers: readonly Attack[] = (
  [
    ["names another catalogue", () => anotherCatalogue()],
    ["names a catalogue that only looks the same", () => sameCatalogue()],
    ["hides a table for newer readers", () => hybrid()],
    ["goes back to a table of the attacker's", () => forgedPrevious()],
    ["does not go back at all", () => noPrevious()],
    ["goes back past the signature", () => pastTheSignature()],
    ["mentions the text in an entry of its own", () => mentioned()],
    [
      "says the file is encrypted",
      () =>
        appendRevision(signed(), {
          objects: changes([FIRST_CONTENT, evilContent()]),
          trailerExtra: "/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<00>/U<00>>>",
        }),
    ],
    ["comes twice", () => twice()],
    [
      "has its entries twice",
      () =>
        appendRevision(signed(), {
          objects: changes([FIRST_CONTENT, evilContent()]),
          trailerExtra: `/Root ${CATALOGUE} 0 R/Size 9999`,
        }),
    ],
    ["counts fewer objects than there are", () => fewer()],
    [
      "ends with a start that is behind the end",
      () => Buffer.concat([textReplaced(), latin1("startxref\n99999999\n%%EOF\n")]),
    ],
    ["ends with the signed file's own start", () => oldStart()],
    ["points at itself", () => pointsAtItself()],
  ] as const
).map(([name, forge]) => ({ kind: "sneaky trailer", name, forge }));

const textReplaced = (): Buffer =>
  appendRevision(signed(), { objects: changes([FIRST_CONTENT, evilContent()]) });

function anotherCatalogue(): Buffer {
  const file = signed();
  const catalogue = withEntries(objectBody(file, CATALOGUE), { Pages: "72 0 R" });
  const page = withEntries(objectBody(file, FIRST_PAGE), { Parent: "72 0 R", Contents: "71 0 R" });
  const objects = changes(
    [73, catalogue],
    [72, "<</Type/Pages/Count 1/Kids[70 0 R]>>"],
    [70, page],
    [71, evilContent()],
  );
  return appendRevision(file, { objects, root: 73 });
}

function sameCatalogue(): Buffer {
  const file = signed();
  const objects = changes([73, objectBody(file, CATALOGUE)], [FIRST_CONTENT, evilContent()]);
  return appendRevision(file, { objects, root: 73 });
}

/** A table without changes, and beside it /XRefStm with the change: old and new readers differ. */
function hybrid(): Buffer {
  const file = signed();
  const { startXref, size } = lastTrailer(file);
  const streamed = appendRevision(file, {
    objects: changes([FIRST_CONTENT, evilContent()]),
    style: "stream",
  });
  const streamAt = lastTrailer(streamed).startXref;
  const table = `xref\n0 0\ntrailer\n<</Size ${size + 1}/Root ${CATALOGUE} 0 R/Prev ${startXref}/XRefStm ${streamAt}>>\n`;
  return Buffer.concat([streamed, latin1(`${table}startxref\n${streamed.length}\n%%EOF\n`)]);
}

function forgedPrevious(): Buffer {
  const file = textReplaced();
  return appendRevision(file, { objects: changes([90, "null"]), prev: lastTrailer(file).startXref });
}

function noPrevious(): Buffer {
  const file = textReplaced();
  const at = file.lastIndexOf("/Prev ", undefined, "latin1");
  const copy = Buffer.from(file);
  copy.write("/Vorp ", at, "latin1");
  return copy;
}

/** The update continues the unsigned first revision, as if the signature's had never been. */
function pastTheSignature(): Buffer {
  const file = signed();
  const first = Number(/startxref\s+(\d+)/.exec(file.toString("latin1"))?.[1]);
  const catalogue = objectBody(file, CATALOGUE);
  return appendRevision(file, {
    objects: changes([CATALOGUE, catalogue], [FIRST_CONTENT, evilContent()]),
    prev: first,
  });
}

function mentioned(): Buffer {
  return appendRevision(signed(), {
    objects: changes([FIRST_CONTENT, evilContent()]),
    trailerExtra: `/Sneaky ${FIRST_CONTENT} 0 R`,
  });
}

function twice(): Buffer {
  const file = textReplaced();
  const { startXref, size } = lastTrailer(signed());
  const at = file.lastIndexOf("trailer", undefined, "latin1");
  const innocent = latin1(`trailer\n<</Size ${size}/Root ${CATALOGUE} 0 R/Prev ${startXref}>>\n`);
  return Buffer.concat([file.subarray(0, at), innocent, file.subarray(at)]);
}

function fewer(): Buffer {
  const file = textReplaced();
  const text = file.toString("latin1");
  const at = text.lastIndexOf("/Size ");
  const digits = /\d+/.exec(text.slice(at))?.[0] ?? "";
  const copy = Buffer.from(file);
  copy.write("9".padStart(digits.length, "0"), at + "/Size ".length, "latin1");
  return copy;
}

function oldStart(): Buffer {
  const { startXref } = lastTrailer(signed());
  return Buffer.concat([textReplaced(), latin1(`startxref\n${startXref}\n%%EOF\n`)]);
}

function pointsAtItself(): Buffer {
  const file = signed();
  const draft = appendRevision(file, { objects: changes([FIRST_CONTENT, evilContent()]) });
  return appendRevision(file, {
    objects: changes([FIRST_CONTENT, evilContent()]),
    prev: lastTrailer(draft).startXref,
  });
}
