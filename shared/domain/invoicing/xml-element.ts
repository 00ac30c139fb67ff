/** An element that is left out where there is nothing to say: Peppol refuses empty ones (R008). */
export type XmlElement = readonly [name: string, ...content: XmlContent];
type XmlContent =
  | [children: Children | Text]
  | [attributes: Readonly<Record<string, string>>, children: Children | Text];
type Text = string | undefined;
type Children = readonly (XmlElement | undefined)[];

/** What XML 1.0 can't hold in any form (clause 2.2), and the controls beside it that nobody types. */
const unwritable = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/**
 * A whole XML document, two spaces a level, the same bytes for the same content. Text is written as it was typed, but
 * for what XML can't hold, the space around it, and line ends, which are one character each.
 */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}`;
}

/** The text as an element holds it; nothing where nothing is left of it. */
export function xmlText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(unwritable, "").trim();
}

function written(element: XmlElement, indent: string): string {
  const [name, ...content] = element;
  const [attributes, inner] = content.length === 2 ? content : [{}, content[0]];
  const tag = `${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(xmlText(value))}"`)
    .join("")}`;
  if (inner === undefined || typeof inner === "string") {
    const text = xmlText(inner ?? "");
    return text === "" ? "" : `${indent}<${tag}>${escaped(text)}</${name}>\n`;
  }
  const children = inner
    .filter((child) => child !== undefined)
    .map((child) => written(child, `${indent}  `))
    .join("");
  return children === "" ? "" : `${indent}<${tag}>\n${children}${indent}</${name}>\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);
}
