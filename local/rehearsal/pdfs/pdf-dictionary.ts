/** A dictionary as the tests see it: names to the text of their values, in order. */
export type Entries = Map<string, string>;

/** Reads `<< /Key value … >>`, one level deep. For the well-formed files the tests write themselves. */
export function readEntries(text: string): Entries {
  const entries: Entries = new Map();
  let at = text.indexOf("<<") + 2;
  for (;;) {
    at = skipSpace(text, at);
    if (text[at] !== "/") return entries;
    const nameEnd = valueEnd(text, at);
    const name = text.slice(at + 1, nameEnd);
    const start = skipSpace(text, nameEnd);
    at = valueEnd(text, start);
    entries.set(name, text.slice(start, at));
  }
}

export function writeEntries(entries: Entries): string {
  return `<<${[...entries].map(([name, value]) => `/${name} ${value}`).join("\n")}>>`;
}

/** The same dictionary with some entries set, or removed by undefined. */
export function withEntries(text: string, changes: Readonly<Record<string, string | undefined>>): string {
  const entries = readEntries(text);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) entries.delete(name);
    else entries.set(name, value);
  }
  return writeEntries(entries);
}

/** The object number of `12 0 R`, if that is what it is. */
export function referenceNumber(value: string | undefined): number | undefined {
  const match = /^\s*(\d+) \d+ R\s*$/.exec(value ?? "");
  return match ? Number(match[1]) : undefined;
}

/** `[a b]` with one more member. */
export function appendMember(array: string | undefined, member: string): string {
  return array === undefined ? `[${member}]` : `${array.trimEnd().slice(0, -1)} ${member}]`;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "")) at++;
  return at;
}

function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (text.startsWith("<<", start)) return closing(text, start, "<<", ">>");
  if (first === "[") return closing(text, start, "[", "]");
  if (first === "<") return text.indexOf(">", start) + 1;
  if (first === "(") return stringEnd(text, start);
  const reference = /^\d+ \d+ R/.exec(text.slice(start, start + 24));
  if (reference) return start + reference[0].length;
  let at = start + 1;
  while (at < text.length && !/[\s/<>[\]()]/.test(text[at] ?? "")) at++;
  return at;
}

function closing(text: string, start: number, open: string, close: string): number {
  let at = start + open.length;
  while (!text.startsWith(close, at)) {
    if (at >= text.length) throw new RangeError(`no ${close} for the ${open} at ${start}`);
    at = /[\s]/.test(text[at] ?? "") ? at + 1 : valueEnd(text, at);
  }
  return at + close.length;
}

function stringEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at + 1;
  }
  throw new RangeError(`no end of the string at ${start}`);
}
