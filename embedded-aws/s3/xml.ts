/** An XML element's children: text, or more elements by name. `undefined` leaves the element out. */
export interface XmlChildren {
  [name: string]: XmlValue | readonly XmlValue[] | undefined;
}
type XmlValue = string | number | boolean | XmlChildren;

/**
 * Writes one of S3's XML answers. Keys may hold what XML cannot carry (control characters): S3 writes those as
 * character references, and so do we.
 */
export function xmlDocument(root: string, children: XmlChildren, namespace = true): string {
  const attribute = namespace ? ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"' : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${inner(children)}</${root}>`;
}

function inner(children: XmlChildren): string {
  return Object.entries(children)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      const values = Array.isArray(value) ? value : [value];
      return values.map(
        (one: XmlValue) => `<${name}>${typeof one === "object" ? inner(one) : escaped(one)}</${name}>`,
      );
    })
    .join("");
}

function escaped(value: string | number | boolean): string {
  return (
    String(value)
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be written as references
      .replace(/[\u0000-\u001f]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
