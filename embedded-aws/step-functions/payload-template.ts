import type { Json } from "../template/json.ts";
import { evaluate, parseExpression, type Randomness } from "./intrinsics.ts";
import type { Roots } from "./json-path.ts";

/**
 * Payload Templates (states-language.net#payload-template): JSON in which a member whose name ends in `.$` takes
 * its value from a path or an intrinsic function, and loses the ending.
 */
export function fillTemplate(template: Json, roots: Roots, random: Randomness): Json {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, roots, random));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$") && typeof value === "string"
        ? [name.slice(0, -2), evaluate(parseExpression(value), roots, random)]
        : [name, fillTemplate(value, roots, random)],
    ),
  );
}

/** What is wrong with a template, each with the place in it; empty when it can be filled. */
export function templateProblems(
  template: Json,
  place: readonly string[] = [],
): { place: readonly string[]; message: string }[] {
  if (Array.isArray(template)) {
    return template.flatMap((item, at) => templateProblems(item, [...place, String(at)]));
  }
  if (typeof template !== "object" || template === null) return [];
  return Object.entries(template).flatMap(([name, value]) => {
    const here = [...place, name];
    if (!name.endsWith(".$")) return templateProblems(value, here);
    if (typeof value !== "string")
      return [{ place: here, message: "must be a path or an intrinsic function" }];
    if (Object.hasOwn(template, name.slice(0, -2))) return [{ place: here, message: "is given twice" }];
    try {
      parseExpression(value);
      return [];
    } catch (error) {
      return [{ place: here, message: error instanceof Error ? error.message : String(error) }];
    }
  });
}
