import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A PNG of 8-bit RGB pixels.
 * @param rgba four bytes a pixel, rows from the top; alpha is dropped: pages are drawn on white
 * Source: W3C PNG (third edition), sections 5 and 11.2.
 */
export function encodePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  if (rgba.length !== width * height * 4) throw new RangeError("pixels do not fill the picture");
  // All zeros: what a row that is the same as the one above comes to.
  const rows = Buffer.alloc(height * (1 + width * 3));
  const pixels = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  for (let y = 0; y < height; y++) filterRow(pixels, rows, y, width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 2 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Filter type 2 (the difference to the row above): pages are mostly white, so most bytes become 0. */
function filterRow(rgba: Buffer, rows: Buffer, y: number, width: number): void {
  let out = y * (1 + width * 3);
  rows[out++] = 2;
  const above = width * 4;
  let at = y * above;
  // Most rows of a page are as white as the one above: compared in one step, they need no step a pixel.
  if (y > 0 && rgba.compare(rgba, at - above, at, at, at + above) === 0) return;
  for (let x = 0; x < width; x++, at += 4) {
    for (let channel = 0; channel < 3; channel++) {
      const up = y === 0 ? 0 : (rgba[at + channel - above] ?? 0);
      rows[out++] = ((rgba[at + channel] ?? 0) - up) & 0xff;
    }
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
