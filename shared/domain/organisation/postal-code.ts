import { seenText } from "./typed-text.ts";

/** Each country of the realm: four digits in Denmark, 39xx in Greenland, three digits in the Faroes. */
const shapes: Readonly<Record<string, RegExp>> = {
  "": /^(?:[0-9]{4}|[1-9][0-9]{2})$/,
  DK: /^[0-9]{4}$/,
  GL: /^39[0-9]{2}$/,
  FO: /^[1-9][0-9]{2}$/,
};

/**
 * Reads a postal code of the realm with or without the country before it ("DK-2100", "FO-100", "GL 3900"). What is
 * kept is the digits: their number tells the Faroes, 39 tells Greenland.
 */
export function parsePostalCode(text: string): string {
  const typed = /^(DK|GL|FO|)[ \p{Pd}.]{0,3}([0-9]{3,4})$/iu.exec(seenText(text).trim());
  const [, country = "", digits = ""] = typed ?? [];
  return shapes[country.toUpperCase()]?.test(digits) ? digits : "POSTAL_CODE_FORMAT";
}
