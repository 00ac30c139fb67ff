import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { latin1, type ObjectBody, stream, writePdf } from "./pdf-writer.ts";
import { A4, CATALOGUE, FONT, PAGES } from "./plain-pdf.ts";

const PADDING = Buffer.from("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A", "hex");
const FILE_ID = Buffer.from("0123456789ABCDEF0123456789ABCDEF", "hex");
const PERMISSIONS = -44;

/** A PDF under the standard security handler, revision 2 (ISO 32000-1, clause 7.6.3), with an empty user password. */
export function encryptedCopy(pages: readonly (readonly string[])[]): Buffer {
  const owner = rc4(createHash("md5").update(PADDING).digest().subarray(0, 5), PADDING);
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  const key = createHash("md5")
    .update(Buffer.concat([PADDING, owner, permissions, FILE_ID]))
    .digest()
    .subarray(0, 5);
  const user = rc4(key, PADDING);

  const numbers = pages.map((_, index) => 10 + index * 2);
  const objects = new Map<number, ObjectBody>([
    [CATALOGUE, `<</Type/Catalog/Pages ${PAGES} 0 R>>`],
    [
      PAGES,
      `<</Type/Pages/Count ${pages.length}/Kids[${numbers.map((number) => `${number} 0 R`).join(" ")}]>>`,
    ],
    [FONT, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"],
    [
      5,
      `<</Filter/Standard/V 1/R 2/P ${PERMISSIONS}/O<${owner.toString("hex")}>/U<${user.toString("hex")}>>>`,
    ],
  ]);
  pages.forEach((lines, index) => {
    const page = 10 + index * 2;
    const text = lines.map((line) => `(${line.replace(/[()\\]/g, "\\$&")}) Tj 0 -18 Td`).join("\n");
    objects.set(
      page,
      `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 ${A4.join(" ")}]/Resources<</Font<</F1 ${FONT} 0 R>>>>/Contents ${page + 1} 0 R>>`,
    );
    objects.set(
      page + 1,
      stream("", rc4(objectKey(key, page + 1), latin1(`BT /F1 11 Tf 64 760 Td\n${text}\nET`))),
    );
  });
  const id = FILE_ID.toString("hex");
  return writePdf(objects, CATALOGUE, `/Encrypt 5 0 R/ID[<${id}><${id}>]`);
}

function objectKey(key: Buffer, number: number): Buffer {
  const suffix = Buffer.from([number & 0xff, (number >> 8) & 0xff, (number >> 16) & 0xff, 0, 0]);
  return createHash("md5")
    .update(Buffer.concat([key, suffix]))
    .digest()
    .subarray(0, key.length + 5);
}

/** Written out: OpenSSL 3 no longer has it. */
function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 0xff] ?? 0;
  const swap = (a: number, b: number) => {
    const kept = at(a);
    state[a & 0xff] = at(b);
    state[b & 0xff] = kept;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 0xff;
      j = (j + at(i)) & 0xff;
      swap(i, j);
      return byte ^ at(at(i) + at(j));
    }),
  );
}
