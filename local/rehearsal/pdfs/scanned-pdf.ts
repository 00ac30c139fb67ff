import type { Buffer } from "node:buffer";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { deflatedStream, latin1, type ObjectBody, writePdf } from "./pdf-writer.ts";
import { A4, CATALOGUE, PAGES } from "./plain-pdf.ts";

/** Every page as a grey picture at 100 dpi, with a scribble where somebody signed by hand. */
export async function scanOf(pdf: Uint8Array, seed: string): Promise<Buffer> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    try {
      const pictures: Picture[] = [];
      for (const page of document.pages())
        pictures.push(greyOf(await page.render({ scale: 100 / 72, render: "bitmap" })));
      const [first] = pictures;
      if (first) scribble(first, seed);
      return picturesPdf(pictures);
    } finally {
      document.destroy();
    }
  } finally {
    library.destroy();
  }
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

function greyOf(bitmap: { width: number; height: number; data: Uint8Array }): Picture {
  const grey = new Uint8Array(bitmap.width * bitmap.height);
  // Paper is never quite white: a scanner's grain, the same each time.
  for (let i = 0; i < grey.length; i++)
    grey[i] = Math.max(0, (bitmap.data[i * 4] ?? 255) - 8 - ((i * 2_654_435_761) >>> 29));
  return { width: bitmap.width, height: bitmap.height, grey };
}

function scribble(picture: Picture, seed: string): void {
  const phase = [...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) / 10;
  const left = Math.round(picture.width * 0.32);
  const middle = Math.round(picture.height * 0.52);
  for (let step = 0; step < 220 * 6; step++) {
    const x = left + step / 6;
    const y = middle + 14 * Math.sin(step / 40 + phase) * Math.cos(step / 170) + 5 * Math.sin(step / 17);
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const at = Math.round(y + dy) * picture.width + Math.round(x + dx);
      if (at >= 0 && at < picture.grey.length) picture.grey[at] = 40;
    }
  }
}

/** A PDF of nothing but pictures, one a page. */
export function picturesPdf(pictures: readonly Picture[]): Buffer {
  const objects = new Map<number, ObjectBody>();
  const numbers = pictures.map((_, index) => 10 + index * 3);
  objects.set(CATALOGUE, `<</Type/Catalog/Pages ${PAGES} 0 R>>`);
  objects.set(
    PAGES,
    `<</Type/Pages/Count ${numbers.length}/Kids[${numbers.map((number) => `${number} 0 R`).join(" ")}]>>`,
  );
  pictures.forEach((picture, index) => {
    const page = 10 + index * 3;
    const [width, height] = A4;
    objects.set(
      page,
      `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<</Im ${page + 2} 0 R>>>>/Contents ${page + 1} 0 R>>`,
    );
    objects.set(page + 1, deflatedStream("", latin1(`q ${width} 0 0 ${height} 0 0 cm /Im Do Q`)));
    objects.set(
      page + 2,
      deflatedStream(
        `/Type/XObject/Subtype/Image/Width ${picture.width}/Height ${picture.height}/ColorSpace/DeviceGray/BitsPerComponent 8`,
        picture.grey,
      ),
    );
  });
  return writePdf(objects, CATALOGUE);
}
