import { normalForm } from "../../domain/normal-form.ts";

const longestName = 150;

/**
 * A Content-Disposition header's value for a file name of any letters.
 * Source: RFC 6266 §4.1 and appendix D: an ASCII name for those who read no `filename*`, which RFC 8187 encodes.
 */
export function contentDisposition(fileName: string, inline: boolean): string {
  const name = normalForm(fileName, "NFC", longestName)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, "_")
    .slice(0, longestName);
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, "_");
  return `${inline ? "inline" : "attachment"}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`;
}

/** RFC 8187 §3.2.1: attr-char stays as it is; of what encodeURIComponent leaves, ' ( ) * are none. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
