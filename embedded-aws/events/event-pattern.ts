import * as z from "zod";
import { isObject, type Json, type JsonObject } from "../template/json.ts";

/** Whether an event, or a part of it, is meant. */
export type Matches = (value: Json | undefined) => boolean;

export class PatternRefused extends Error {
  override readonly name = "PatternRefused";
}

/**
 * Compiles an event pattern. PatternRefused, with the place, for an operator that isn't known here.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(pattern: Json, place = ""): Matches {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new PatternRefused(`${place || "the pattern"} must be an object with members`);
  }
  const checks = Object.entries(pattern).map(([name, wanted]): Matches => {
    const here = place ? `${place}.${name}` : name;
    if (name === "$or") return anyPattern(wanted, here, place);
    const matches = Array.isArray(wanted) ? anyOf(wanted, here) : compilePattern(wanted, here);
    return (value) => matches(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  });
  return (value) => eachOf(value).some((one) => checks.every((check) => check(one)));
}

/** The objects of an array stand side by side, as EventBridge flattens them. */
const eachOf = (value: Json | undefined): (Json | undefined)[] =>
  Array.isArray(value) && value.length > 0 ? value : [value];

function anyPattern(wanted: Json, here: string, place: string): Matches {
  if (!Array.isArray(wanted) || wanted.length < 2) throw new PatternRefused(`${here} must list patterns`);
  const patterns = wanted.map((one) => compilePattern(one, place));
  return (value) => patterns.some((matches) => matches(value));
}

function anyOf(wanted: Json[], here: string): Matches {
  if (wanted.length === 0) throw new PatternRefused(`${here} must not be an empty list`);
  const filters = wanted.map(
    (one): Matches => (isObject(one) ? filterOf(one, here) : (value) => value === one),
  );
  return (value) => eachOf(value).some((one) => filters.some((filter) => filter(one)));
}

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);
const scalars = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A test of a text; false for what isn't one. */
const text =
  (holds: (value: string) => boolean): Matches =>
  (value) =>
    typeof value === "string" && holds(value);

const sameLetters = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const present = (value: Json | undefined) => value !== undefined;

/** Each operator with what it takes; anything-but may hold those marked `negatable`. */
const operators: Record<string, { negatable: boolean; compile(operand: Json): Matches }> = {
  prefix: {
    negatable: true,
    compile: (operand) =>
      ignoringCase(operand, (value, part) => value.startsWith(part)) ??
      someText(operand, (value, part) => value.startsWith(part)),
  },
  suffix: {
    negatable: true,
    compile: (operand) =>
      ignoringCase(operand, (value, part) => value.endsWith(part)) ??
      someText(operand, (value, part) => value.endsWith(part)),
  },
  "equals-ignore-case": { negatable: true, compile: (operand) => someText(operand, sameLetters) },
  wildcard: {
    negatable: true,
    compile: (operand) => someText(operand, (value, glob) => wildcard(glob).test(value)),
  },
  exists: {
    negatable: false,
    compile(operand) {
      const wanted = z.boolean().parse(operand);
      return (value) => (present(value) && !isObject(value)) === wanted;
    },
  },
  numeric: {
    negatable: false,
    compile(operand) {
      const parts = z.array(z.union([z.number(), z.enum(["<", "<=", "=", ">=", ">"])])).parse(operand);
      const tests = Array.from({ length: Math.ceil(parts.length / 2) }, (_, at) =>
        compares(parts[at * 2], parts[at * 2 + 1]),
      );
      return (value) => typeof value === "number" && tests.length > 0 && tests.every((holds) => holds(value));
    },
  },
  "anything-but": {
    negatable: false,
    compile(operand) {
      if (isObject(operand)) {
        const matches = filterOf(operand, "anything-but", true);
        return (value) => present(value) && !matches(value);
      }
      const unwanted = z.union([scalars.transform((one) => [one]), z.array(scalars).min(1)]).parse(operand);
      return (value) => present(value) && !unwanted.some((one) => one === value);
    },
  },
};

function filterOf(filter: JsonObject, here: string, negated = false): Matches {
  const [[name, operand] = ["", null], ...others] = Object.entries(filter);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator || others.length > 0 || (negated && !operator.negatable)) {
    throw new PatternRefused(`${here} has the filter ${JSON.stringify(filter)}, which is not known here`);
  }
  try {
    return operator.compile(operand);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new PatternRefused(`${here}: ${name} can't take ${JSON.stringify(operand)}`);
  }
}

function someText(operand: Json, holds: (value: string, part: string) => boolean): Matches {
  const parts = texts.parse(operand);
  return text((value) => parts.some((part) => holds(value, part)));
}

/** `{ "prefix": { "equals-ignore-case": "a" } }` */
function ignoringCase(operand: Json, holds: (value: string, part: string) => boolean): Matches | undefined {
  if (!isObject(operand)) return undefined;
  const part = z.strictObject({ "equals-ignore-case": z.string() }).parse(operand)["equals-ignore-case"];
  return text((value) => holds(value.toLowerCase(), part.toLowerCase()));
}

function wildcard(glob: string): RegExp {
  const literal = (piece: string) => piece.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${glob.split("*").map(literal).join(".*")}$`, "s");
}

function compares(
  operator: number | string | undefined,
  limit: number | string | undefined,
): (value: number) => boolean {
  const bound = z.number().parse(limit);
  switch (operator) {
    case "<":
      return (value) => value < bound;
    case "<=":
      return (value) => value <= bound;
    case "=":
      return (value) => value === bound;
    case ">=":
      return (value) => value >= bound;
    case ">":
      return (value) => value > bound;
    default:
      throw new PatternRefused(`numeric has ${operator} where a comparison must stand`);
  }
}
