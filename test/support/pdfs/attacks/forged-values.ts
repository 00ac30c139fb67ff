import type { Buffer } from "node:buffer";
import { appendRevision } from "../../../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT } from "../../../../local/rehearsal/pdfs/plain-pdf.ts";
import { type Attack, changes, evilContent, overwritten, placesOf, signed } from "./attack.ts";

/**
 * Universal signature forgery (Mladenov et al., CCS 2019): the signature's values are taken away or made
 * nonsense, in the hope that a reader which can't check calls it valid.
 */
const VALUES: readonly (readonly [string, (dictionary: string) => string])[] = [
  ["without /Contents", (text) => text.replace(/\/Contents\s*<[0-9a-f]*>/i, "")],
  ["with /Contents null", (text) => text.replace(/\/Contents\s*<[0-9a-f]*>/i, "/Contents null")],
  ["with empty /Contents", (text) => text.replace(/\/Contents\s*<[0-9a-f]*>/i, "/Contents<>")],
  ["with one zero as /Contents", (text) => text.replace(/\/Contents\s*<[0-9a-f]*>/i, "/Contents<00>")],
  [
    "with zeros as /Contents",
    (text) =>
      text.replace(
        /\/Contents\s*<([0-9a-f]*)>/i,
        (_, digits: string) => `/Contents<${"0".repeat(digits.length)}>`,
      ),
  ],
  ["with a number as /Contents", (text) => text.replace(/\/Contents\s*<[0-9a-f]*>/i, "/Contents 0")],
  ["without /ByteRange", (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "")],
  ["with /ByteRange null", (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "/ByteRange null")],
  ["with empty /ByteRange", (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "/ByteRange[]")],
  ["with zeros as /ByteRange", (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "/ByteRange[0 0 0 0]")],
  ["with a negative /ByteRange", (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "/ByteRange[0 -1 -1 0]")],
  [
    "with a /ByteRange of words",
    (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "/ByteRange[/a /b /c /d]"),
  ],
  [
    "with a /ByteRange of one range",
    (text) => text.replace(/\/ByteRange\s*\[(\S+ \S+)[^\]]*\]/, "/ByteRange[$1]"),
  ],
  [
    "with neither",
    (text) => text.replace(/\/ByteRange\s*\[[^\]]*\]/, "").replace(/\/Contents\s*<[0-9a-f]*>/i, ""),
  ],
  ["without a /SubFilter", (text) => text.replace(/\/SubFilter\s*\/[\w.]+/, "")],
  ["in an unknown /SubFilter", (text) => text.replace(/\/SubFilter\s*\/[\w.]+/, "/SubFilter/none.at.all")],
];

export const forgedValues: readonly Attack[] = [
  ...VALUES.map(
    ([name, change]): Attack => ({
      kind: "forged values",
      name: `${name}, in an update`,
      forge: () => inUpdate(change),
    }),
  ),
  ...VALUES.map(
    ([name, change]): Attack => ({
      kind: "forged values",
      name: `${name}, in place`,
      forge: () => inPlace(change),
    }),
  ),
];

function inUpdate(change: (dictionary: string) => string): Buffer {
  const file = signed();
  const { object, dictionary } = placesOf(file);
  return appendRevision(file, {
    objects: changes([object, change(dictionary)], [FIRST_CONTENT, evilContent()]),
  });
}

function inPlace(change: (dictionary: string) => string): Buffer {
  const file = signed();
  const { dictionary } = placesOf(file);
  return overwritten(file, dictionary, change(dictionary));
}
