/**
 * Markup that this module has made. The class stays private to it, so that a string can't become markup by a cast
 * or by having the right shape: the only way in is the `html` tag, which escapes everything else.
 */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Html = Markup;

/** What may stand in a template: text is escaped, markup is kept, lists are joined, "nothing" leaves no trace. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | false | null | undefined;

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Safe as text and inside a quoted attribute. Controls that HTML forbids become U+FFFD, as a browser would make them;
 * characters that turn the reading direction are dropped, or one name could rewrite the line it stands in.
 */
export function escapeHtml(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => escapes[character] ?? character)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to get rid of
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd")
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
  );
}

function render(value: HtmlValue): string {
  if (value === false || value === null || value === undefined) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  if (value instanceof Markup) return value.toString();
  return value.map(render).join("");
}

/** Tag for templates: `html\`<p>${name}</p>\``. Attributes are always written with quotes around the value. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Markup(
    literals.reduce(
      (text, literal, position) =>
        text + literal + (position < values.length ? render(values[position]) : ""),
      "",
    ),
  );
}
