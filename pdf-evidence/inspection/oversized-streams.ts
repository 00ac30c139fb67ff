import type { PdfFile } from "../structure/pdf-file.ts";
import { isName, type PdfObject, PdfStream } from "../structure/pdf-objects.ts";
import { limits, ReadingRefused, SyntaxTrouble } from "../structure/reading-limits.ts";

const channels: Readonly<Record<string, number>> = { DeviceGray: 1, DeviceRGB: 3, DeviceCMYK: 4, Indexed: 1 };

/** What a page larger than this on a side can show, no agreement has: 14,400 is the format's own limit. */
const largestPageSide = 14_400;

/**
 * Unfolds every stream a renderer would unfold, and measures every picture, before a renderer sees the file.
 * @throws ReadingRefused at the first that is too large
 */
export function refuseOversizedStreams(file: PdfFile): void {
  for (const [number, entry] of file.entries) {
    if (entry.kind !== "plain") continue;
    const value = file.object(number)?.value;
    if (!(value instanceof PdfStream)) continue;
    if (isName(file.resolve(value.dictionary.get("Subtype")), "Image")) measurePicture(file, value, number);
    else unfold(file, value);
  }
}

function unfold(file: PdfFile, stream: PdfStream): void {
  try {
    file.decode(stream);
  } catch (error) {
    if (!(error instanceof SyntaxTrouble)) throw error;
  }
}

function measurePicture(file: PdfFile, stream: PdfStream, number: number): void {
  const { dictionary } = stream;
  const width = file.number(dictionary.get("Width") ?? dictionary.get("W")) ?? 0;
  const height = file.number(dictionary.get("Height") ?? dictionary.get("H")) ?? 0;
  const bits = file.number(dictionary.get("BitsPerComponent")) ?? 8;
  const pixels = width * height;
  const bytes = (pixels * bits * channelsOf(file, dictionary.get("ColorSpace"))) / 8;
  if (pixels > limits.picturePixels || bytes > limits.pictureBytes || Math.max(width, height) > 100_000) {
    throw new ReadingRefused("PIXEL_FLOOD", `object ${number}: ${width} × ${height}`);
  }
}

function channelsOf(file: PdfFile, object: PdfObject | undefined): number {
  const space = file.resolve(object);
  const name = Array.isArray(space) ? file.name(space[0]) : file.name(space);
  return (name === undefined ? undefined : channels[name]) ?? 3;
}

/** @throws ReadingRefused where a page's paper is larger than the format allows */
export function refuseOversizedPaper(file: PdfFile, box: PdfObject | undefined): void {
  const sides = file.array(box).map((side) => file.number(side) ?? 0);
  const [left = 0, bottom = 0, right = 0, top = 0] = sides;
  const side = Math.max(Math.abs(right - left), Math.abs(top - bottom));
  if (side > largestPageSide) throw new ReadingRefused("PIXEL_FLOOD", `paper of ${Math.round(side)} points`);
}
