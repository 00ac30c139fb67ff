import * as z from "zod";
import type { Json } from "../template/json.ts";
import { type JsonPath, parsePath, pathExists, type Roots, readPath } from "./json-path.ts";

/** A Choice Rule without its Next: a comparison, or And, Or, Not over further ones. */
export type ChoiceRule =
  | { And: ChoiceRule[] }
  | { Or: ChoiceRule[] }
  | { Not: ChoiceRule }
  | { Variable: string; comparison: string; operand: Json };

type Holds = (value: Json, operand: Json) => boolean;

interface Comparison {
  operand: z.ZodType<Json>;
  holds: Holds;
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export const isTimestamp = (value: Json): value is string =>
  typeof value === "string" && RFC_3339.test(value) && !Number.isNaN(Date.parse(value));

/** Compares two values of one kind; a value of another kind is never equal, less or greater. */
function ordered<T extends string | number | boolean>(
  isKind: (value: Json) => value is T,
  holds: (a: T, b: T) => boolean,
): Holds {
  return (value, operand) => isKind(value) && isKind(operand) && holds(value, operand);
}

const isText = (value: Json): value is string => typeof value === "string";
const isNumber = (value: Json): value is number => typeof value === "number";
const isBoolean = (value: Json): value is boolean => typeof value === "boolean";
const instant = (text: string) => Date.parse(text);

/** The four orders of one kind, e.g. StringLessThan, and each one's twin whose operand is a path. */
function orders(
  prefix: string,
  operand: z.ZodType<Json>,
  make: (holds: (order: number) => boolean) => Holds,
): Record<string, Comparison> {
  return Object.fromEntries(
    Object.entries({
      Equals: (order: number) => order === 0,
      LessThan: (order: number) => order < 0,
      GreaterThan: (order: number) => order > 0,
      LessThanEquals: (order: number) => order <= 0,
      GreaterThanEquals: (order: number) => order >= 0,
    }).map(([name, holds]) => [prefix + name, { operand, holds: make(holds) }]),
  );
}

/** https://states-language.net/#choice-state, "Data-test expression" */
const comparisons: Record<string, Comparison> = {
  ...orders("String", z.string(), (holds) => ordered(isText, (a, b) => holds(a === b ? 0 : a < b ? -1 : 1))),
  ...orders("Numeric", z.number(), (holds) => ordered(isNumber, (a, b) => holds(a - b))),
  ...orders("Timestamp", z.iso.datetime({ offset: true }), (holds) =>
    ordered(isTimestamp, (a, b) => holds(instant(a) - instant(b))),
  ),
  BooleanEquals: { operand: z.boolean(), holds: ordered(isBoolean, (a, b) => a === b) },
  StringMatches: {
    operand: z.string(),
    holds: ordered(isText, (text, glob) => globPattern(glob).test(text)),
  },
};

/** The tests of a kind: `IsString: false` holds for what is there and no string. */
const kinds: Record<string, (value: Json) => boolean> = {
  IsNull: (value) => value === null,
  IsString: isText,
  IsNumeric: isNumber,
  IsBoolean: isBoolean,
  IsTimestamp: isTimestamp,
};

/** `*` stands for any text; `\*` and `\\` for themselves. */
function globPattern(glob: string): RegExp {
  const source = glob.replaceAll(
    /\\(.)|(\*)|([^\\*]+)/gs,
    (_, escaped?: string, star?: string, text?: string) =>
      star ? ".*" : (escaped ?? text ?? "").replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  return new RegExp(`^${source}$`, "s");
}

const variable = z.string().refine(isReadablePath, "must be a path");

function isReadablePath(text: string): boolean {
  try {
    parsePath(text);
    return true;
  } catch {
    return false;
  }
}

function operandOf(comparison: string): z.ZodType<Json> | undefined {
  if (comparison === "IsPresent" || Object.hasOwn(kinds, comparison)) return z.boolean();
  if (Object.hasOwn(comparisons, comparison)) return comparisons[comparison]?.operand;
  const twin = comparison.endsWith("Path") ? comparison.slice(0, -4) : undefined;
  return twin && twin !== "StringMatches" && Object.hasOwn(comparisons, twin) ? variable : undefined;
}

/** Parses a rule as it stands in a definition; Next and Comment are the caller's to take off first. */
export const choiceRule: z.ZodType<ChoiceRule> = z.lazy(() =>
  z.record(z.string(), z.json()).transform((rule, context): ChoiceRule => {
    const [operator, ...others] = Object.keys(rule).filter(
      (name) => name !== "Variable" && name !== "Comment",
    );
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (!operator) return refuse("has no comparison");
    if (others[0] !== undefined) return refuse(`has both ${operator} and ${others[0]}`);
    const nested = (value: unknown, place: (string | number)[]): ChoiceRule => {
      const result = choiceRule.safeParse(value);
      if (result.success) return result.data;
      for (const issue of result.error.issues) {
        context.addIssue({ code: "custom", message: issue.message, path: [...place, ...issue.path] });
      }
      return z.NEVER;
    };
    const operand = rule[operator] ?? null;
    if (operator === "Not") return { Not: nested(operand, ["Not"]) };
    if (operator === "And" || operator === "Or") {
      if (!Array.isArray(operand) || operand.length === 0)
        return refuse(`${operator} must be a list of rules`);
      const rules = operand.map((each, at) => nested(each, [operator, at]));
      return operator === "And" ? { And: rules } : { Or: rules };
    }
    const schema = operandOf(operator);
    if (!schema) return refuse(`${operator}: no such comparison`);
    const checked = schema.safeParse(operand);
    if (!checked.success) return refuse(`${operator}: ${checked.error.issues[0]?.message}`);
    const path = variable.safeParse(rule["Variable"]);
    if (!path.success) return refuse("Variable: must be a path");
    return { Variable: path.data, comparison: operator, operand: checked.data };
  }),
);

/** Whether a rule holds. PathNotFound where it reads something that isn't there, but for IsPresent. */
export function ruleHolds(rule: ChoiceRule, roots: Roots): boolean {
  if ("And" in rule) return rule.And.every((each) => ruleHolds(each, roots));
  if ("Or" in rule) return rule.Or.some((each) => ruleHolds(each, roots));
  if ("Not" in rule) return !ruleHolds(rule.Not, roots);
  const path: JsonPath = parsePath(rule.Variable);
  if (rule.comparison === "IsPresent") return pathExists(path, roots) === rule.operand;
  const kind = kinds[rule.comparison];
  if (kind) return (pathExists(path, roots) && kind(readPath(path, roots))) === rule.operand;
  const direct = comparisons[rule.comparison];
  if (direct) return direct.holds(readPath(path, roots), rule.operand);
  const twin = comparisons[rule.comparison.slice(0, -"Path".length)];
  const operand = readPath(parsePath(String(rule.operand)), roots);
  return twin?.holds(readPath(path, roots), operand) ?? false;
}
