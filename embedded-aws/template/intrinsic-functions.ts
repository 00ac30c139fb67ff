import { isObject, type Json, type JsonObject } from "./json.ts";
import { type Place, TemplateError } from "./template-error.ts";

/** What an intrinsic function may ask of the template around it. */
export interface Surroundings {
  reference(logicalName: string, place: Place): Json;
  attribute(logicalName: string, attribute: string, place: Place): Json;
  importValue(exportName: string, place: Place): Json;
  condition(name: string, place: Place): boolean;
}

type Intrinsic = (argument: Json, around: Surroundings, place: Place) => Json | undefined;

/**
 * The value with every intrinsic function worked out; undefined where it is `AWS::NoValue`.
 * An unknown `Fn::` is an error naming the place.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolve(value: Json, around: Surroundings, place: Place): Json | undefined {
  if (typeof value === "string") return withoutDynamicReference(value, place);
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      const resolved = resolve(item, around, inside(place, String(index)));
      return resolved === undefined ? [] : [resolved];
    });
  if (!isObject(value)) return value;
  const call = intrinsicCall(value);
  if (call !== undefined) {
    const intrinsic = intrinsics[call.name];
    if (intrinsic === undefined)
      throw new TemplateError(place, `the function ${call.name} is not known here`);
    return intrinsic(call.argument, around, place);
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const resolved = resolve(item, around, inside(place, key));
      return resolved === undefined ? [] : [[key, resolved]];
    }),
  );
}

function intrinsicCall(value: JsonObject): { name: string; argument: Json } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === "Ref" || name === "Condition" || name.startsWith("Fn::") ? { name, argument } : undefined;
}

const intrinsics: Record<string, Intrinsic> = {
  Ref(argument, around, place) {
    const name = text(argument, "Ref", place);
    return name === "AWS::NoValue" ? undefined : around.reference(name, place);
  },
  Condition: (argument, around, place) => {
    // An IAM statement's `Condition` is an object; only a template condition is named by a string.
    if (typeof argument === "string") return around.condition(argument, place);
    const condition = resolve(argument, around, inside(place, "Condition"));
    return condition === undefined ? {} : { Condition: condition };
  },
  "Fn::GetAtt"(argument, around, place) {
    const [name, attribute] =
      typeof argument === "string" ? splitOnce(argument) : texts(argument, place, around);
    if (name === undefined || attribute === undefined)
      throw new TemplateError(place, "Fn::GetAtt needs two names");
    return around.attribute(name, attribute, place);
  },
  "Fn::Join"(argument, around, place) {
    const [separator, parts] = list(argument, "Fn::Join", place);
    return texts(parts ?? null, place, around).join(text(separator, "Fn::Join", place));
  },
  "Fn::Sub"(argument, around, place) {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const values = resolve(variables ?? {}, around, place);
    return text(template, "Fn::Sub", place).replaceAll(
      /\$\{(!?)([^}]+)\}/g,
      (_whole, literal, name: string) => {
        if (literal === "!") return `\${${name}}`;
        const given = isObject(values) ? values[name] : undefined;
        if (given !== undefined) return text(given, "Fn::Sub", place);
        const [resource, attribute] = splitOnce(name);
        return text(
          attribute === undefined
            ? around.reference(name, place)
            : around.attribute(resource ?? name, attribute, place),
          "Fn::Sub",
          place,
        );
      },
    );
  },
  "Fn::Select"(argument, around, place) {
    const [index, from] = list(argument, "Fn::Select", place);
    const items = resolve(from ?? null, around, place);
    const item = Array.isArray(items) ? items[Number(resolve(index ?? null, around, place))] : undefined;
    if (item === undefined) throw new TemplateError(place, "Fn::Select finds nothing at its index");
    return item;
  },
  "Fn::Split"(argument, around, place) {
    const [separator, from] = list(argument, "Fn::Split", place);
    const whole = resolve(from ?? null, around, place);
    return text(whole, "Fn::Split", place).split(text(separator, "Fn::Split", place));
  },
  "Fn::ImportValue"(argument, around, place) {
    const name = resolve(argument, around, place);
    return around.importValue(text(name, "Fn::ImportValue", place), place);
  },
  "Fn::If"(argument, around, place) {
    const [condition, yes, no] = list(argument, "Fn::If", place);
    const chosen = around.condition(text(condition, "Fn::If", place), place) ? yes : no;
    return resolve(chosen ?? null, around, place);
  },
  "Fn::Equals"(argument, around, place) {
    const [left, right] = list(argument, "Fn::Equals", place).map((side) => resolve(side, around, place));
    return JSON.stringify(left) === JSON.stringify(right);
  },
  "Fn::And": (argument, around, place) =>
    list(argument, "Fn::And", place).every((item) => resolve(item, around, place) === true),
  "Fn::Or": (argument, around, place) =>
    list(argument, "Fn::Or", place).some((item) => resolve(item, around, place) === true),
  "Fn::Not": (argument, around, place) =>
    resolve(list(argument, "Fn::Not", place)[0] ?? null, around, place) !== true,
};

function withoutDynamicReference(value: string, place: Place): string {
  if (value.includes("{{resolve:"))
    throw new TemplateError(place, "a dynamic reference ({{resolve:…}}) is not known here");
  return value;
}

function inside(place: Place, key: string): Place {
  return { ...place, property: place.property === "" ? key : `${place.property}.${key}` };
}

function splitOnce(dotted: string): [string | undefined, string | undefined] {
  const dot = dotted.indexOf(".");
  return dot < 0 ? [dotted, undefined] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
}

function list(value: Json, name: string, place: Place): Json[] {
  if (!Array.isArray(value)) throw new TemplateError(place, `${name} needs a list`);
  return value;
}

function texts(value: Json, place: Place, around: Surroundings): string[] {
  const resolved = resolve(value, around, place);
  return list(resolved ?? null, "an intrinsic function", place).map((item) =>
    text(item, "an intrinsic function", place),
  );
}

function text(value: Json | undefined, name: string, place: Place): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new TemplateError(place, `${name} needs text, not ${JSON.stringify(value)}`);
}
