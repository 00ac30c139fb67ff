import { unknownProperties, unknownType } from "./check-understood.ts";
import { type CloudAssembly, readCloudAssembly, type StackTemplate } from "./cloud-assembly.ts";
import { resolve, type Surroundings } from "./intrinsic-functions.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { type Identity, identify, pseudoParameters } from "./physical-ids.ts";
import { type Place, TemplateError } from "./template-error.ts";

/** One resource of the template with everything worked out. */
export interface Resource {
  stack: string;
  logicalId: string;
  type: string;
  properties: JsonObject;
  /** What `Ref` gives: a name, an ARN or a URL, by type. */
  ref: string;
  /** Empty for types without one. */
  arn: string;
}

/** All stacks of the app as one set of resources. */
export interface Template {
  resources: readonly Resource[];
  ofType(type: string): readonly Resource[];
  /** Folder or file of an asset, by the S3 key the template gives. */
  assetPath(objectKey: string): string | undefined;
}

/** Several things at once that stop the start: one look is enough to mend them all. */
export class TemplateNotUnderstood extends Error {
  override name = "TemplateNotUnderstood";
  readonly errors: readonly TemplateError[];

  constructor(errors: readonly TemplateError[]) {
    super(
      `The local world does not know everything the template asks for:\n${errors.map((error) => `  ${error.message}`).join("\n")}\nList it in local/template/understood.ts, as run or as inert with its reason.`,
    );
    this.errors = errors;
  }
}

/**
 * Reads the synthesized app in `folder` (cdk.out) and works out every reference.
 * @param options.baseUrl where the HTTP API answers; it is the API's endpoint in the template.
 * @throws TemplateNotUnderstood naming every stack, logical id and property that nothing here knows.
 */
export function readTemplate(folder: string, options: { baseUrl: string }): Template {
  const assembly = readCloudAssembly(folder);
  stopAt(
    assembly.stacks.flatMap(({ name, Resources = {} }) =>
      Object.entries(Resources).flatMap(([logicalId, { Type }]) =>
        unknownType({ stack: name, logicalId, type: Type }),
      ),
    ),
  );
  const resources = resolveResources(assembly, options.baseUrl);
  stopAt(resources.flatMap((resource) => unknownProperties(resource, resource.properties)));
  return {
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    assetPath: (objectKey) => assembly.assetPaths.get(objectKey),
  };
}

function stopAt(errors: readonly TemplateError[]): void {
  if (errors.length > 0) throw new TemplateNotUnderstood(errors);
}

function resolveResources(assembly: CloudAssembly, baseUrl: string): Resource[] {
  const exports = new Map<string, { value: Json; around: Surroundings; place: Place }>();
  const importValue = (name: string, place: Place): Json => {
    const exported = exports.get(name);
    if (exported === undefined) throw new TemplateError(place, `no stack exports ${name}`);
    return resolve(exported.value, exported.around, exported.place) ?? null;
  };
  const stacks = assembly.stacks.map((stack) => ({
    stack,
    around: surroundingsOf(stack, baseUrl, importValue),
  }));
  for (const { stack, around } of stacks)
    for (const [output, { Value, Export }] of Object.entries(stack.Outputs ?? {})) {
      if (Export === undefined) continue;
      const place = { stack: stack.name, logicalId: output, property: "Value" };
      const name = resolve(Export.Name, around, place);
      if (typeof name === "string") exports.set(name, { value: Value, around, place });
    }
  return stacks.flatMap(({ stack, around }) => resourcesOf(stack, around, baseUrl));
}

function resourcesOf(stack: StackTemplate, around: Surroundings, baseUrl: string): Resource[] {
  return Object.entries(stack.Resources ?? {}).flatMap(([logicalId, resource]) => {
    const place = { stack: stack.name, logicalId, property: "" };
    if (resource.Condition !== undefined && !around.condition(resource.Condition, place)) return [];
    const resolved = resolve(resource.Properties ?? {}, around, place);
    const properties = isObject(resolved) ? resolved : {};
    const identity = identify(resource.Type, {
      stack: stack.name,
      logicalId,
      given: (property) => properties[property],
      baseUrl,
    });
    return [
      {
        stack: stack.name,
        logicalId,
        type: resource.Type,
        properties,
        ref: identity?.ref ?? logicalId,
        arn: identity?.arn ?? "",
      },
    ];
  });
}

function surroundingsOf(
  stack: StackTemplate,
  baseUrl: string,
  importValue: Surroundings["importValue"],
): Surroundings {
  const identityOf = (logicalId: string, place: Place): Identity => {
    const resource = stack.Resources?.[logicalId];
    if (resource === undefined) throw new TemplateError(place, `nothing in the stack is named ${logicalId}`);
    const identity = identify(resource.Type, {
      stack: stack.name,
      logicalId,
      given: (property) => {
        const value = resource.Properties?.[property];
        return value === undefined
          ? undefined
          : resolve(value, around, { stack: stack.name, logicalId, property });
      },
      baseUrl,
    });
    if (identity === undefined)
      throw new TemplateError(place, `nothing here can refer to a ${resource.Type}`);
    return identity;
  };
  const around: Surroundings = {
    importValue,
    reference(name, place) {
      const pseudo = name === "AWS::StackName" ? stack.name : pseudoParameters[name];
      if (pseudo !== undefined) return pseudo;
      const parameter = stack.Parameters?.[name];
      if (parameter === undefined) return identityOf(name, place).ref;
      if (parameter.Default === undefined)
        throw new TemplateError(place, `the parameter ${name} has no default`);
      return parameter.Default;
    },
    attribute(name, attribute, place) {
      const value = identityOf(name, place).attributes[attribute];
      if (value === undefined) throw new TemplateError(place, `${name} has no attribute ${attribute} here`);
      return value;
    },
    condition(name, place) {
      const condition = stack.Conditions?.[name];
      if (condition === undefined) throw new TemplateError(place, `there is no condition ${name}`);
      return resolve(condition, around, place) === true;
    },
  };
  return around;
}
