import { holdsWebAddress, seenText } from "./typed-text.ts";

/**
 * A telephone number is a note for people who may want to call: it is kept as it was typed, with "(+45)", "lok. 12"
 * or two numbers with a stroke between them. Only a note without five digits can't be called.
 */
export function parsePhone(text: string): string {
  const note = seenText(text).trim();
  if (holdsWebAddress(note)) return "WEB_ADDRESS";
  return note.replace(/[^0-9]/g, "").length >= 5 ? note : "PHONE_FORMAT";
}
