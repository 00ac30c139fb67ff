import type { Brand } from "../brand.ts";
import { seenText } from "./typed-text.ts";

/** An address that can stand in a mail header without quoting: no spaces, no line breaks, no quoted local part. */
export type EmailAddress = Brand<string, "EmailAddress">;

/**
 * RFC 5321 §4.1.2 dot-string @ domain, at most 254 characters. Quoted local parts and address literals are
 * legal there and refused here: nobody's office uses them, and they are how headers get forged.
 */
const dotString = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u;

/** With what nobody sees in it; a longer text is no address and costs nothing to refuse. */
const longest = 1_000;

export function parseEmailAddress(text: string): EmailAddress | "EMAIL_FORMAT" {
  // The mail is sent to what is seen: a domain of other letters that look alike is for people to notice.
  const address = text.length > longest ? "" : seenText(text).normalize("NFC").trim();
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const fits = at > 0 && local.length <= 64 && address.length <= 254;
  return fits && dotString.test(local) && domain.test(address.slice(at + 1))
    ? (address as EmailAddress)
    : "EMAIL_FORMAT";
}
