import { isObject, type Json, type JsonObject } from "./json.ts";
import { TemplateError } from "./template-error.ts";
import { run, type Treatment, understood } from "./understood.ts";

interface TypedResource {
  stack: string;
  logicalId: string;
  type: string;
}

/** The error for a type the local world does not know; none for one it does. */
export function unknownType({ stack, logicalId, type }: TypedResource): TemplateError[] {
  if (understood[type] !== undefined) return [];
  return [
    new TemplateError({ stack, logicalId, property: "" }, `resources of type ${type} are not known here`),
  ];
}

/**
 * The properties of a resource that the local world does not know, one error for each; empty when it can run.
 * @param properties the resource's properties, resolved.
 */
export function unknownProperties(
  { stack, logicalId, type }: TypedResource,
  properties: JsonObject,
): TemplateError[] {
  const known = understood[type] ?? {};
  if (isInert(known)) return [];
  return unknownPaths(properties, known, "").map(
    (property) => new TemplateError({ stack, logicalId, property }, `is not known here (in ${type})`),
  );
}

function isInert(known: (typeof understood)[string]): known is { readonly inert: string } {
  return "inert" in known;
}

function unknownPaths(
  value: JsonObject,
  known: Readonly<Record<string, Treatment>>,
  prefix: string,
): string[] {
  return Object.entries(value).flatMap(([key, child]) => {
    const path = prefix + key;
    if (known[path] !== undefined) return [];
    if (Object.keys(known).some((name) => name.startsWith(`${path}.`)))
      return objectsIn(child).flatMap((part) => unknownPaths(part, known, `${path}.`));
    return [path];
  });
}

function objectsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value] : [];
}

/** What the local world leaves be, and why: for the start's report and the documentation. */
export function inertParts(): { type: string; property: string; because: string }[] {
  return Object.entries(understood).flatMap(([type, known]) => {
    if (isInert(known)) return [{ type, property: "", because: known.inert }];
    return Object.entries(known).flatMap(([property, treatment]) =>
      treatment === run ? [] : [{ type, property, because: treatment.inert }],
    );
  });
}
