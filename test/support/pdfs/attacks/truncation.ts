import type { Buffer } from "node:buffer";
import { appendRevision } from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { type Attack, changes, document, evilContent, placesOf, signed } from "./attack.ts";

/** A signature that came as an update can be cut off with it: what remains never says that it was signed. */
export const truncations: readonly Attack[] = (
  [
    ["at the end of the revision before", () => unsignedPart()],
    ["just before the end of that line", () => unsignedPart().subarray(0, -1)],
    ["in the middle of the signature", () => cutAt(({ byteRange: [, start] }) => start + 500)],
    ["just behind the signature", () => cutAt(({ byteRange: [, , end] }) => end)],
    ["before the table of the signature", () => cutBefore("xref")],
    ["before the last line", () => cutBefore("startxref")],
    [
      "and other text put in its place",
      () => appendRevision(unsignedPart(), { objects: changes([FIRST_CONTENT, evilContent()]) }),
    ],
  ] as const
).map(([name, forge]) => ({ kind: "truncation", name, forge }));

function unsignedPart(): Buffer {
  return signed().subarray(0, document().length);
}

function cutAt(place: (places: ReturnType<typeof placesOf>) => number): Buffer {
  const file = signed();
  return file.subarray(0, place(placesOf(file)));
}

function cutBefore(word: string): Buffer {
  const file = signed();
  return file.subarray(
    0,
    file.lastIndexOf(word, word === "xref" ? file.lastIndexOf("startxref") - 1 : undefined, "latin1"),
  );
}
