import { createHash } from "node:crypto";
import { isObject, type Json } from "../template/json.ts";
import { type JsonPath, parsePath, type Roots, readPath } from "./json-path.ts";
import { sameJson } from "./same-json.ts";

/** What may stand after a member name that ends in `.$`: a path, or a call of an intrinsic function. */
export type Expression =
  | { kind: "path"; path: JsonPath }
  | { kind: "literal"; value: Json }
  | { kind: "call"; name: string; call: Intrinsic; args: readonly Expression[] };

/** A source of randomness that tells the same again when an execution is replayed: 16 fresh bytes a call. */
export type Randomness = () => Buffer;

export class IntrinsicSyntaxError extends Error {
  override readonly name = "IntrinsicSyntaxError";
}

export class IntrinsicFailure extends Error {
  override readonly name = "IntrinsicFailure";
}

interface Intrinsic {
  /** Least and most arguments. */
  takes: readonly [number, number];
  apply(args: readonly Json[], random: Randomness): Json;
}

const MAX_ARRAY = 1000;

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const intrinsics: Record<string, Intrinsic> = {
  "States.Array": { takes: [0, Number.POSITIVE_INFINITY], apply: (items) => [...items] },
  "States.ArrayPartition": {
    takes: [2, 2],
    apply([items, size]) {
      const [list, length] = [array(items), positive(size)];
      return Array.from({ length: Math.ceil(list.length / length) }, (_, part) =>
        list.slice(part * length, (part + 1) * length),
      );
    },
  },
  "States.ArrayContains": {
    takes: [2, 2],
    apply: ([items, sought = null]) => array(items).some((item) => sameJson(item, sought)),
  },
  "States.ArrayRange": {
    takes: [3, 3],
    apply([from, to, by]) {
      const [first, last, step] = [integer(from), integer(to), integer(by)];
      const count = Math.floor((last - first) / step) + 1;
      if (step === 0 || count > MAX_ARRAY) throw new IntrinsicFailure("The range has more than 1000 items");
      return Array.from({ length: Math.max(count, 0) }, (_, index) => first + index * step);
    },
  },
  "States.ArrayGetItem": {
    takes: [2, 2],
    apply([items, at]) {
      const item = array(items)[integer(at)];
      if (item === undefined) throw new IntrinsicFailure(`The array has no item ${at}`);
      return item;
    },
  },
  "States.ArrayLength": { takes: [1, 1], apply: ([items]) => array(items).length },
  "States.ArrayUnique": {
    takes: [1, 1],
    apply: ([items]) =>
      array(items).filter((item, at, all) => all.findIndex((other) => sameJson(item, other)) === at),
  },
  "States.Base64Encode": {
    takes: [1, 1],
    apply: ([value]) => Buffer.from(text(value), "utf8").toString("base64"),
  },
  "States.Base64Decode": {
    takes: [1, 1],
    apply: ([value]) => Buffer.from(text(value), "base64").toString("utf8"),
  },
  "States.Hash": {
    takes: [2, 2],
    apply([data = null, algorithm]) {
      const name = {
        MD5: "md5",
        "SHA-1": "sha1",
        "SHA-256": "sha256",
        "SHA-384": "sha384",
        "SHA-512": "sha512",
      }[text(algorithm)];
      if (!name) throw new IntrinsicFailure(`There is no hash algorithm ${algorithm}`);
      return createHash(name)
        .update(typeof data === "string" ? data : JSON.stringify(data))
        .digest("hex");
    },
  },
  "States.JsonMerge": {
    takes: [3, 3],
    apply([one, other, deep]) {
      if (deep !== false || !isObject(one) || !isObject(other)) {
        throw new IntrinsicFailure("States.JsonMerge takes two objects and false: only shallow merges exist");
      }
      return { ...one, ...other };
    },
  },
  "States.JsonToString": { takes: [1, 1], apply: ([value = null]) => JSON.stringify(value) },
  "States.StringToJson": {
    takes: [1, 1],
    apply([value]) {
      try {
        return JSON.parse(text(value)) as Json;
      } catch {
        throw new IntrinsicFailure("States.StringToJson got a text that is no JSON");
      }
    },
  },
  "States.Format": {
    takes: [1, Number.POSITIVE_INFINITY],
    apply([template, ...values]) {
      const pieces = text(template).split("{}");
      if (pieces.length !== values.length + 1) {
        throw new IntrinsicFailure("States.Format needs a value for each {}, and no more");
      }
      return pieces
        .map((piece, at) => piece + (at < values.length ? shown(values[at] ?? null) : ""))
        .join("");
    },
  },
  "States.StringSplit": {
    takes: [2, 2],
    apply([value, delimiters]) {
      const separators = new Set(text(delimiters));
      const parts = [""];
      for (const letter of text(value)) {
        if (separators.has(letter)) parts.push("");
        else parts.push((parts.pop() ?? "") + letter);
      }
      return parts.filter((part) => part !== "");
    },
  },
  "States.MathAdd": { takes: [2, 2], apply: ([a, b]) => integer(a) + integer(b) },
  "States.MathRandom": {
    takes: [2, 2],
    apply([from, to], random) {
      const [first, end] = [integer(from), integer(to)];
      if (end <= first) throw new IntrinsicFailure("States.MathRandom needs an end above its start");
      return first + (random().readUInt32BE() % (end - first));
    },
  },
  "States.UUID": {
    takes: [0, 0],
    apply(_, random) {
      const bytes = random();
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
  },
};

const expressions = new Map<string, Expression>();

/** Throws PathSyntaxError or IntrinsicSyntaxError, for an unknown function too. */
export function parseExpression(source: string): Expression {
  const known = expressions.get(source);
  if (known) return known;
  const expression: Expression = source.startsWith("$")
    ? { kind: "path", path: parsePath(source) }
    : parseCall(source);
  expressions.set(source, expression);
  return expression;
}

function parseCall(source: string): Expression {
  const [expression, end] = readCall(source, 0);
  if (end !== source.length) throw new IntrinsicSyntaxError(`'${source}' goes on after its call has ended`);
  return expression;
}

function matchAt(pattern: RegExp, source: string, at: number): [string, number] | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(source);
  return match ? [match[1] ?? match[0], pattern.lastIndex] : undefined;
}

function readCall(source: string, at: number): [Expression, number] {
  const head = matchAt(/(States\.\w+)\(\s*/y, source, at);
  if (!head)
    throw new IntrinsicSyntaxError(`'${source}' is neither a path nor a call of an intrinsic function`);
  const [name, start] = head;
  const call = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (!call)
    throw new IntrinsicSyntaxError(`'${source}' calls ${name}, which this interpreter does not know`);
  const args: Expression[] = [];
  let next = start;
  let close = matchAt(/\)/y, source, next);
  while (!close) {
    const [argument, end] = readArgument(source, next);
    args.push(argument);
    close = matchAt(/\s*\)/y, source, end);
    const comma = matchAt(/\s*,\s*/y, source, end);
    if (!close && !comma) throw new IntrinsicSyntaxError(`'${source}' lacks a comma or ) at ${end}`);
    next = comma?.[1] ?? end;
  }
  const [least, most] = call.takes;
  if (args.length < least || args.length > most) {
    throw new IntrinsicSyntaxError(`'${source}' gives ${name} ${args.length} arguments`);
  }
  return [{ kind: "call", name, call, args }, close[1]];
}

function readArgument(source: string, at: number): [Expression, number] {
  const quoted = matchAt(/'((?:[^'\\]|\\.)*)'/y, source, at);
  if (quoted) return [{ kind: "literal", value: quoted[0].replaceAll(/\\(.)/gs, "$1") }, quoted[1]];
  const literal = matchAt(/(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,)])/y, source, at);
  if (literal) return [{ kind: "literal", value: JSON.parse(literal[0]) as Json }, literal[1]];
  const path = matchAt(/(\$(?:[^\s,()'[\]]|\[[^\]]*\])*)/y, source, at);
  if (path) return [{ kind: "path", path: parsePath(path[0]) }, path[1]];
  return readCall(source, at);
}

/** PathNotFound or IntrinsicFailure where it can't be worked out. */
export function evaluate(expression: Expression, roots: Roots, random: Randomness): Json {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path":
      return readPath(expression.path, roots);
    case "call":
      return expression.call.apply(
        expression.args.map((argument) => evaluate(argument, roots, random)),
        random,
      );
  }
}

function array(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw new IntrinsicFailure(`${JSON.stringify(value)} is no array`);
  return value;
}

function integer(value: Json | undefined): number {
  if (typeof value !== "number") throw new IntrinsicFailure(`${JSON.stringify(value)} is no number`);
  return Math.round(value);
}

function positive(value: Json | undefined): number {
  const number = integer(value);
  if (number < 1) throw new IntrinsicFailure(`${number} is no size`);
  return number;
}

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new IntrinsicFailure(`${JSON.stringify(value)} is no text`);
  return value;
}

const shown = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
