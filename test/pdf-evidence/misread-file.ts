import { stream } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { plainPdf } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { document, HONEST, signed } from "../support/pdfs/attacks/attack.ts";

/** A file that looks like something it isn't, or only just isn't; made here, after what people reported elsewhere. */
export interface MisreadFile {
  readonly name: string;
  readonly make: () => Buffer;
  /** Codes that must be said, of the file or of a signature. */
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
  readonly verdicts: readonly string[];
}

/** A signed file with these objects too. */
export const also =
  (objects: Record<number, string | Buffer>, catalogue = "") =>
  () =>
    signed(
      document({ catalogue, also: new Map(Object.entries(objects).map(([n, body]) => [Number(n), body])) }),
    );

/** The same, unsigned. */
export const unsignedWith =
  (objects: Record<number, string | Buffer>, catalogue = "") =>
  () =>
    plainPdf({
      pages: [HONEST],
      catalogue,
      also: new Map(Object.entries(objects).map(([n, body]) => [Number(n), body])),
    });

export const attached = (data: Buffer, type = "/Type/EmbeddedFile") => ({
  50: "<</Type/Filespec/F(bilag)/EF<</F 51 0 R>>>>",
  51: stream(type, data),
});

export const passes = ["PASSED"] as const;
export const toAPerson = ["NEEDS_HUMAN"] as const;
export const atMostAsked = ["PASSED", "NEEDS_HUMAN"] as const;
