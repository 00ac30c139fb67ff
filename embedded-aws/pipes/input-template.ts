import { parsePath, readPath } from "../step-functions/json-path.ts";
import type { Json } from "../template/json.ts";

/** What a pipe sends for a record, as text. Throws PathNotFound where the record lacks what the template names. */
export type Template = (event: Json) => string;

const valueAt = (path: string) => {
  const parsed = parsePath(path);
  return (event: Json) => readPath(parsed, { input: event, context: null });
};

/**
 * Compiles a pipe's InputTemplate: `<$.path>` becomes the JSON of what is there, or within quotes its bare text;
 * without a template the record is sent as it is.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
 */
export function compileTemplate(template: string | undefined, pipeArn: string): Template {
  if (template === undefined) return (event) => JSON.stringify(event);
  const values = new Map(
    [...template.matchAll(/<([^<>]+)>/g)].map(([, name = ""]) => [name, variable(name, pipeArn)]),
  );
  const read = (name: string, event: Json) => values.get(name)?.(event) ?? null;
  return (event) =>
    template.replaceAll(/"(?:[^"\\]|\\.)*"|<([^<>]+)>/g, (whole, bare?: string) =>
      bare === undefined
        ? whole.replaceAll(/<([^<>]+)>/g, (_: string, name: string) => escaped(read(name, event)))
        : JSON.stringify(read(bare, event)),
    );
}

/** A parameter of the target: a path is looked up in the record, anything else is meant as it stands. */
export function textAt(parameter: string | undefined): ((event: Json) => string) | undefined {
  if (parameter === undefined) return undefined;
  if (!parameter.startsWith("$.")) return () => parameter;
  const read = valueAt(parameter);
  return (event) => {
    const value = read(event);
    return typeof value === "string" ? value : JSON.stringify(value);
  };
}

function variable(name: string, pipeArn: string): (event: Json) => Json {
  if (name.startsWith("$.")) return valueAt(name);
  switch (name) {
    case "aws.pipes.event.json":
      return (event) => event;
    case "aws.pipes.pipe-arn":
      return () => pipeArn;
    default:
      throw new Error(`the input template names <${name}>, which nothing gives`);
  }
}

const escaped = (value: Json) =>
  JSON.stringify(typeof value === "string" ? value : JSON.stringify(value)).slice(1, -1);
