import { isObject, type Json } from "../template/json.ts";

/**
 * JSONPath as far as workflows use it: `$`, `$$` (the context object), `.name`, `['name']`, `[0]`, `[-1]`, `[1:3]`
 * and `[*]`. Filters, unions and `..` are refused when a definition is loaded.
 */
export interface JsonPath {
  text: string;
  root: "input" | "context";
  segments: readonly Segment[];
}

type Segment =
  | { kind: "child"; name: string }
  | { kind: "index"; index: number }
  | { kind: "slice"; from: number | undefined; to: number | undefined }
  | { kind: "every" };

/** What `$` and `$$` stand for. */
export interface Roots {
  input: Json;
  context: Json;
}

export class PathSyntaxError extends Error {
  override readonly name = "PathSyntaxError";
}

export class PathNotFound extends Error {
  override readonly name = "PathNotFound";
}

export class PathUnwritable extends Error {
  override readonly name = "PathUnwritable";
}

const SEGMENTS: readonly [RegExp, (match: RegExpExecArray) => Segment][] = [
  [/\.(?:\*)/y, () => ({ kind: "every" })],
  [/\.([\p{L}\p{N}_-]+)/uy, ([, name = ""]) => ({ kind: "child", name })],
  [/\[\*\]/y, () => ({ kind: "every" })],
  [/\[(-?\d+)\]/y, ([, index]) => ({ kind: "index", index: Number(index) })],
  [
    /\[(-?\d+)?:(-?\d+)?\]/y,
    ([, from, to]) => ({ kind: "slice", from: optionalNumber(from), to: optionalNumber(to) }),
  ],
  [/\['((?:[^'\\]|\\.)*)'\]/y, ([, name = ""]) => ({ kind: "child", name: unescaped(name) })],
  [/\["((?:[^"\\]|\\.)*)"\]/y, ([, name = ""]) => ({ kind: "child", name: unescaped(name) })],
];

const optionalNumber = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const unescaped = (text: string) => text.replaceAll(/\\(.)/gs, "$1");

const parsed = new Map<string, JsonPath>();

/** Throws PathSyntaxError, with the place, for anything outside the subset. */
export function parsePath(text: string): JsonPath {
  const known = parsed.get(text);
  if (known) return known;
  const root = text.startsWith("$$") ? "context" : "input";
  let at = root === "context" ? 2 : 1;
  if (!text.startsWith("$")) throw new PathSyntaxError(`'${text}' does not begin with $`);
  const segments: Segment[] = [];
  while (at < text.length) {
    const [segment, end] = readSegment(text, at);
    segments.push(segment);
    at = end;
  }
  const path: JsonPath = { text, root, segments };
  parsed.set(text, path);
  return path;
}

function readSegment(text: string, at: number): [Segment, number] {
  for (const [pattern, make] of SEGMENTS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return [make(match), pattern.lastIndex];
  }
  throw new PathSyntaxError(`'${text}' has '${text.slice(at)}', which this interpreter does not know`);
}

/** A Reference Path names exactly one place: only children and indexes from the start. */
export function isReferencePath(path: JsonPath): boolean {
  return (
    path.root === "input" &&
    path.segments.every(
      (segment) => segment.kind === "child" || (segment.kind === "index" && segment.index >= 0),
    )
  );
}

/**
 * The value at a path; for a path with a wildcard or slice the array of values. PathNotFound where the part before
 * the first wildcard isn't there; what lacks a member after a wildcard is left out.
 */
export function readPath(path: JsonPath, roots: Roots): Json {
  let found: Json[] = [path.root === "context" ? roots.context : roots.input];
  let many = false;
  for (const segment of path.segments) {
    const next = found.flatMap((value) => step(value, segment));
    const opens = segment.kind === "every" || segment.kind === "slice";
    if (!many && !opens && next.length === 0) throw new PathNotFound(notFound(path, roots));
    if (!many && opens && !isContainer(found[0])) throw new PathNotFound(notFound(path, roots));
    many ||= opens;
    found = next;
  }
  return many ? found : (found[0] ?? null);
}

export function pathExists(path: JsonPath, roots: Roots): boolean {
  try {
    readPath(path, roots);
    return true;
  } catch (error) {
    if (error instanceof PathNotFound) return false;
    throw error;
  }
}

const isContainer = (value: Json | undefined) => Array.isArray(value) || isObject(value);

const notFound = (path: JsonPath, roots: Roots) =>
  `The JSONPath '${path.text}' could not be found in '${JSON.stringify(path.root === "context" ? roots.context : roots.input)}'`;

function step(value: Json, segment: Segment): Json[] {
  switch (segment.kind) {
    case "child":
      return isObject(value) && Object.hasOwn(value, segment.name) ? [value[segment.name] ?? null] : [];
    case "index": {
      if (!Array.isArray(value)) return [];
      const item = value.at(segment.index);
      return item === undefined ? [] : [item];
    }
    case "slice":
      return Array.isArray(value) ? value.slice(segment.from, segment.to) : [];
    case "every":
      if (Array.isArray(value)) return value;
      return isObject(value) ? Object.values(value) : [];
  }
}

/**
 * A copy of `target` with `value` put at a Reference Path, objects made on the way. PathUnwritable where the path
 * goes through something that is neither an object nor an existing array element.
 */
export function writePath(path: JsonPath, target: Json, value: Json): Json {
  const put = (into: Json | undefined, [segment, ...rest]: readonly Segment[]): Json => {
    if (!segment) return value;
    if (segment.kind === "child") {
      if (into !== undefined && !isObject(into)) throw cannotPut(path);
      const member = into && Object.hasOwn(into, segment.name) ? into[segment.name] : undefined;
      return withMember(into ?? {}, segment.name, put(member, rest));
    }
    if (segment.kind !== "index" || !Array.isArray(into) || segment.index >= into.length)
      throw cannotPut(path);
    return into.with(segment.index, put(into[segment.index], rest));
  };
  return put(target, path.segments);
}

/** Also for a member called `__proto__`, which an assignment would lose. */
function withMember(into: { [name: string]: Json }, name: string, value: Json): Json {
  return Object.fromEntries([...Object.entries(into), [name, value]]);
}

const cannotPut = (path: JsonPath) =>
  new PathUnwritable(`Unable to apply the Reference Path '${path.text}' to the input`);
