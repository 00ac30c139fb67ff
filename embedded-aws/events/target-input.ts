import * as z from "zod";
import { parsePath, readPath } from "../step-functions/json-path.ts";
import type { Json } from "../template/json.ts";

/** What of an event a rule's target gets: all of it, a part, a constant, or a template filled from it. */
export const targetInput = z.object({
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
});

export type TargetInput = z.infer<typeof targetInput>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function inputFor(
  { Input, InputPath, InputTransformer }: TargetInput,
  event: Json,
  ruleArn: string,
): Json {
  if (Input !== undefined) return JSON.parse(Input) as Json;
  if (InputPath !== undefined) return readPath(parsePath(InputPath), { input: event, context: null });
  if (!InputTransformer) return event;
  const values = new Map<string, Json>([
    ["aws.events.rule-arn", ruleArn],
    ["aws.events.event.json", event],
  ]);
  for (const [name, path] of Object.entries(InputTransformer.InputPathsMap ?? {})) {
    values.set(name, readPath(parsePath(path), { input: event, context: null }));
  }
  return transformed(InputTransformer.InputTemplate, values);
}

/** Fills `<name>`: as JSON where a value stands, as bare text within quotes. */
function transformed(template: string, values: ReadonlyMap<string, Json>): Json {
  const filled = template.replaceAll(/"(?:[^"\\]|\\.)*"|<([\w.-]+)>/g, (whole, bare?: string) =>
    bare === undefined
      ? whole.replaceAll(/<([\w.-]+)>/g, (_: string, name: string) => escaped(valueNamed(name, values)))
      : JSON.stringify(valueNamed(bare, values)),
  );
  return JSON.parse(filled) as Json;
}

function valueNamed(name: string, values: ReadonlyMap<string, Json>): Json {
  const value = values.get(name);
  if (value === undefined) throw new Error(`The input template names <${name}>, which nothing gives`);
  return value;
}

const escaped = (value: Json) =>
  JSON.stringify(typeof value === "string" ? value : JSON.stringify(value)).slice(1, -1);
