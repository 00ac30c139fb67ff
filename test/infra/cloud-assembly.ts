import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { synthesize } from "../../infra/app.ts";
import type { StageName } from "../../infra/stage-settings.ts";

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  DependsOn: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
});
const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
});
export type Resource = z.output<typeof resource> & { id: string };

/** What a stage would deploy, read as the promises in these tests need it. */
export interface Assembly {
  folder: string;
  all: readonly Resource[];
  ofType(type: string): Resource[];
  /** The only resource of its type whose logical id begins so. */
  the(type: string, idBegins?: string): Resource;
  /** References written out: `<LogicalId.Attribute>`, joined text, imports as what they import. */
  flat(value: unknown): string;
}

/** By how easily each can be replaced: not at all, by trying again, at any time. */
export const STACKS = ["data", "fragile", "app"] as const;

const assemblies = new Map<StageName, Promise<Assembly>>();

/** Read once a test file, so that all its tests look at one template. */
export function assemblyOf(stage: StageName): Promise<Assembly> {
  const known = assemblies.get(stage) ?? readAssembly(stage);
  assemblies.set(stage, known);
  return known;
}

async function readAssembly(stage: StageName): Promise<Assembly> {
  const made = stage === "local" ? process.env["TEST_ASSEMBLY"] : undefined;
  const folder = made ?? (await synthesize({ stage }));
  const read = (stack: string) =>
    template.parse(
      JSON.parse(readFileSync(join(folder, `OS2aftale-${stage}-${stack}.template.json`), "utf8")),
    );
  const stacks = STACKS.map(read);
  const all = stacks.flatMap(({ Resources }) =>
    Object.entries(Resources).map(([id, properties]) => ({ id, ...properties })),
  );
  const outputs = stacks.flatMap(({ Outputs }) => Object.values(Outputs));
  const exported = new Map(outputs.map((output) => [output.Export?.Name, output.Value]));
  const ofType = (type: string) => all.filter((candidate) => candidate.Type === type);
  return {
    folder,
    all,
    ofType,
    the(type, idBegins = "") {
      const [found, ...others] = ofType(type).filter(({ id }) => id.startsWith(idBegins));
      if (!found || others.length > 0)
        throw new Error(`Not one ${type} ${idBegins}, but ${others.length + 1}`);
      return found;
    },
    flat: (value) => flatten(value, exported),
  };
}

function flatten(value: unknown, exported: ReadonlyMap<string | undefined, unknown>): string {
  if (typeof value !== "object" || value === null) return String(value);
  const again = (inner: unknown) => flatten(inner, exported);
  for (const [intrinsic, argument] of Object.entries(value)) {
    if (intrinsic === "Ref") return `<${argument}>`;
    if (intrinsic === "Fn::GetAtt") return `<${z.array(z.string()).parse(argument).join(".")}>`;
    if (intrinsic === "Fn::ImportValue") return again(exported.get(again(argument)));
    if (intrinsic === "Fn::Join") {
      const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(argument);
      return parts.map(again).join(separator);
    }
  }
  return JSON.stringify(value);
}

export interface Statement {
  effect: string;
  actions: string[];
  resources: string[];
  principal: unknown;
  condition: unknown;
}

const oneOrMany = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]);
const statement = z.object({
  Effect: z.string(),
  Action: z.union([z.array(z.string()), z.string().transform((action) => [action])]),
  Resource: oneOrMany.optional(),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
const policyDocument = z.object({ Statement: z.array(statement) });

/** The statements of any policy document, with references written out. */
export function statementsOf(document: unknown, flat: Assembly["flat"]): Statement[] {
  return policyDocument.parse(document).Statement.map((one) => ({
    effect: one.Effect,
    actions: one.Action,
    resources: (one.Resource ?? []).map(flat),
    principal: one.Principal,
    condition: one.Condition,
  }));
}

/** Everything a role may do, from its own and from attached policies. */
export function rightsOf(role: Resource, { ofType, flat }: Assembly): Statement[] {
  const inline = z.array(z.object({ PolicyDocument: z.unknown() })).parse(role.Properties["Policies"] ?? []);
  const attached = ofType("AWS::IAM::Policy").filter((policy) =>
    z.array(z.unknown()).parse(policy.Properties["Roles"]).map(flat).includes(`<${role.id}>`),
  );
  return [
    ...inline.map(({ PolicyDocument }) => PolicyDocument),
    ...attached.map(({ Properties }) => Properties["PolicyDocument"]),
  ].flatMap((document) => statementsOf(document, flat));
}
