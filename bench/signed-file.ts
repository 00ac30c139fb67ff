import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { signedAgreementPdf } from "../local/rehearsal/pdfs/agreement-pdfs.ts";
import { stream } from "../local/rehearsal/pdfs/pdf-writer.ts";
import { plainPdf } from "../local/rehearsal/pdfs/plain-pdf.ts";
import { signed } from "../test/support/pdfs/attacks/attack.ts";

export const MEGABYTE = 1024 * 1024;

/** A signed file of about this size, most of it pictures that do not compress: as scans and annexes are. */
export function signedFileOf(bytes: number): Buffer {
  if (bytes < 100_000)
    return signedAgreementPdf({
      kind: "member",
      organisationName: "Ærø Kommune",
      cvr: "28856075",
      signerName: "Bjørn Åkjær",
    });
  const pictures = new Map<number, Buffer>();
  const each = Math.min(bytes, 256 * 1024);
  for (let index = 0; index < Math.floor(bytes / each); index++) {
    const data = createHash("shake256", { outputLength: each - 200 })
      .update(`picture ${index}`)
      .digest();
    pictures.set(
      100 + index,
      stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", data),
    );
  }
  const names = [...pictures.keys()].map((number) => `/Im${number} ${number} 0 R`).join("");
  const pages = [["Medlemsaftale", "", "Bilagene er billeder."]];
  const also = new Map<number, Buffer | string>([...pictures, [99, `<</XObject<<${names}>>>>`]]);
  return signed(plainPdf({ pages, also, firstPage: "/Annexes 99 0 R" }));
}
