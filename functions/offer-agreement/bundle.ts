import { writeFonts } from "../../shared/adapters/pdf/fonts-beside.ts";

/** Whatever is printed here carries its own letters. */
export const bundle = { write: writeFonts };
