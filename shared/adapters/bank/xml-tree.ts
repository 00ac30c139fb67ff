import { XMLParser, XMLValidator } from "fast-xml-parser";
import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";

/** An element of a bank's file, whatever it turns out to hold; absent where it isn't there. */
export type XmlNode = unknown;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  // An account may begin with 0 and an amount must not pass through a float.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
});

/** Reads XML without any document type: no entity from outside, no bomb of entities within. */
export function xmlTree(text: string): Read<XmlNode> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return fault({ row: 0, column: "", code: "XML_DOCTYPE" });
  try {
    const checked = XMLValidator.validate(text);
    if (checked !== true)
      return fault({ row: 0, column: "", code: "XML_MALFORMED", found: `${checked.err.line}` });
    return value(parser.parse(text));
  } catch {
    // What the validator lets pass and the parser won't take: names such as __proto__, too deep nesting.
    return fault({ row: 0, column: "", code: "XML_MALFORMED" });
  }
}

/** Every child of a name: none, one or more. */
export function children(node: XmlNode, name: string): XmlNode[] {
  if (typeof node !== "object" || node === null || Array.isArray(node) || !Object.hasOwn(node, name))
    return [];
  const found = (node as Record<string, XmlNode>)[name];
  return Array.isArray(found) ? found : [found];
}

/** The first element at the end of a path. */
export function at(node: XmlNode, ...path: string[]): XmlNode {
  return path.reduce<XmlNode>((here, name) => children(here, name)[0], node);
}

/** The text of the element at the end of a path; absent where it is empty or isn't there. */
export function textAt(node: XmlNode, ...path: string[]): string | undefined {
  const found = at(node, ...path);
  const text = typeof found === "object" && found !== null ? at(found, "#text") : found;
  return typeof text === "string" && text !== "" ? plain(text) : undefined;
}

/** The text of the first path that has any. */
export function textAtOneOf(node: XmlNode, paths: readonly (readonly string[])[]): string | undefined {
  return paths.map((path) => textAt(node, ...path)).find((text) => text !== undefined);
}

/** References to characters by number, which the parser leaves; and spaces as a person sees them. */
function plain(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi, (whole, hex, decimal) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .trim();
}
