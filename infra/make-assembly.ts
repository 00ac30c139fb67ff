import { readdir, rm, stat } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { join } from "node:path";
import * as z from "zod";
import { bundleFunctions } from "./bundling.ts";
import { stageSettings } from "./stage-settings.ts";

const orderShape = z.object({
  stage: z.string(),
  trustAnchors: z.array(z.string()),
  restored: z.object({ table: z.string(), stream: z.string().exactOptional() }).exactOptional(),
  outdir: z.string(),
});

/** What is to be made: the one argument of this program, as JSON. */
export type AssemblyOrder = z.infer<typeof orderShape>;

const weekMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes one cloud assembly, in a process of its own: the CDK library and the bundler take 500 MB that the local
 * system would otherwise carry for as long as it runs.
 */
async function main(): Promise<void> {
  const { stage, trustAnchors, outdir, ...rehearsed } = orderShape.parse(JSON.parse(process.argv[2] ?? ""));
  const staged = stageSettings(stage);
  const settings = { ...staged, ...rehearsed, trustAnchors: [...staged.trustAnchors, ...trustAnchors] };
  // The bundler is a program of its own: the library loads while it works.
  const [bundles, { writeAssembly }] = await Promise.all([bundleFunctions(), import("./assembly.ts")]);
  writeAssembly({ settings, bundles, outdir });
  await forgetOldCode();
}

/** Compiled code of files that are gone is never asked for again; only its age tells. */
async function forgetOldCode(): Promise<void> {
  const folder = getCompileCacheDir();
  if (folder === undefined) return;
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > weekMs) await rm(file, { force: true });
  }
}

if (import.meta.main) await main();
