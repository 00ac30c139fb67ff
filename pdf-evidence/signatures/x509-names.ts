import { type Element, Members, members, oidText, stringText, TAG } from "./der.ts";

/** A distinguished name, as it was written and as it compares. */
export interface DistinguishedName {
  readonly bytes: Uint8Array;
  /** Attribute types in dotted form and their texts, in order. */
  readonly attributes: readonly { readonly type: string; readonly text: string }[];
  /** One text for all names that are equal under RFC 5280, clause 7.1: case and spaces don't count. */
  readonly comparable: string;
}

export const ATTRIBUTE = {
  commonName: "2.5.4.3",
  serialNumber: "2.5.4.5",
  organisation: "2.5.4.10",
  organisationIdentifier: "2.5.4.97",
  email: "1.2.840.113549.1.9.1",
} as const;

export function readName(element: Element): DistinguishedName {
  const attributes: { type: string; text: string }[] = [];
  const comparable: string[] = [];
  for (const relative of members(element)) {
    const parts: string[] = [];
    for (const pair of members(relative)) {
      const fields = new Members(pair);
      const type = oidText(fields.next(TAG.oid));
      const text = stringText(fields.next());
      attributes.push({ type, text });
      parts.push(`${type}=${comparableText(text)}`);
    }
    comparable.push(parts.sort().join("+"));
  }
  return { bytes: element.bytes, attributes, comparable: comparable.join("\n") };
}

/** A name's upper bound is 32,768 (RFC 5280, appendix A.1); what is longer than any real one compares as written. */
const longestNormalised = 1_000;

export function comparableText(text: string): string {
  if (text.length > longestNormalised) return text;
  return text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

export function attributeText(name: DistinguishedName, type: string): string | undefined {
  return name.attributes.find((attribute) => attribute.type === type)?.text;
}

/** Is the name below this one: does it begin with the same parts (RFC 5280, clause 4.2.1.10)? */
export function isWithin(name: DistinguishedName, base: DistinguishedName): boolean {
  return base.comparable === "" || `${name.comparable}\n`.startsWith(`${base.comparable}\n`);
}
