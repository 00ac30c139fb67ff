import type * as z from "zod";
import type { Resource } from "./read-template.ts";
import { type Place, TemplateError } from "./template-error.ts";

/** A resource's properties by the shape they are run by here. Throws TemplateError with the first thing that isn't so. */
export function propertiesOf<Shape extends z.ZodType>(resource: Resource, shape: Shape): z.infer<Shape> {
  const result = shape.safeParse(resource.properties);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new TemplateError(
    placeOf(resource, issue?.path.join(".") ?? ""),
    issue?.message ?? "is not understood",
  );
}

export function placeOf({ stack, logicalId }: Resource, property: string): Place {
  return { stack, logicalId, property };
}
