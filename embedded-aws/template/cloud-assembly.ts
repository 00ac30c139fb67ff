import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Json } from "./json.ts";

const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ file: z.string(), templateFile: z.string() }).partial().optional(),
      displayName: z.string().optional(),
    }),
  ),
});

const assetsShape = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .optional(),
});

const templateShape = z.object({
  Resources: z
    .record(
      z.string(),
      z.looseObject({
        Type: z.string(),
        Condition: z.string().optional(),
        Properties: z.record(z.string(), json).optional(),
        Metadata: z.record(z.string(), json).optional(),
      }),
    )
    .optional(),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: json, Export: z.object({ Name: json }).optional() }))
    .optional(),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: json.optional() })).optional(),
  Conditions: z.record(z.string(), json).optional(),
});

export type StackTemplate = z.infer<typeof templateShape> & { name: string };

/** What `cdk synth` left in a folder: its stacks in order of deployment, and where each asset's files lie. */
export interface CloudAssembly {
  stacks: readonly StackTemplate[];
  /** Folder or file of an asset by the S3 key it would be uploaded under. */
  assetPaths: ReadonlyMap<string, string>;
}

/** Reads manifest.json, the stacks' templates and their `*.assets.json` under `folder` (cdk.out). */
export function readCloudAssembly(folder: string): CloudAssembly {
  const manifest = manifestShape.parse(readJson(folder, "manifest.json"));
  const stacks: StackTemplate[] = [];
  const assetPaths = new Map<string, string>();
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    const { templateFile, file } = artifact.properties ?? {};
    if (artifact.type === "aws:cloudformation:stack" && templateFile !== undefined)
      stacks.push({
        ...templateShape.parse(readJson(folder, templateFile)),
        name: artifact.displayName ?? id,
      });
    if (artifact.type === "cdk:asset-manifest" && file !== undefined)
      for (const { source, destinations } of Object.values(
        assetsShape.parse(readJson(folder, file)).files ?? {},
      ))
        for (const { objectKey } of Object.values(destinations))
          if (source.path !== undefined) assetPaths.set(objectKey, join(folder, source.path));
  }
  return { stacks, assetPaths };
}

function readJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}
