import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import type { AssemblyOrder } from "./make-assembly.ts";
import { REPOSITORY, sourceHash } from "./source-hash.ts";
import { type RestoredRegister, type StageName, stageSettings } from "./stage-settings.ts";

/** Making it has said why, on stderr. */
export class AssemblyNotMade extends Error {
  override name = "AssemblyNotMade";
  constructor(stage: string) {
    super(`The cloud assembly of the stage ${stage} could not be made; what was wrong stands above.`);
  }
}

/** Everything a cloud assembly is made from. */
const SOURCES = ["infra", "workflows", "functions", "shared", "pdf-evidence", "package-lock.json"];
const ASSEMBLIES = join(REPOSITORY, ".build", "assemblies");

/**
 * Synthesizes one stage without CLI, account or network, and checks it with cdk-nag.
 *
 * The result is kept by the hash of its sources and shared: asking again, from another process too, takes as
 * long as hashing the sources. Nothing may be written into the folder that is returned without `outdir`.
 *
 * @param outdir where to put a copy
 * @param trustAnchors PEM certificates to trust besides the stage's own, for a rehearsal on this machine
 * @param restored a restored register instead of the stage's own, for a rehearsal of that
 * @returns the folder of the cloud assembly (manifest.json, templates, assets)
 */
export async function synthesize({
  stage,
  outdir,
  trustAnchors = [],
  restored,
}: {
  stage: StageName;
  outdir?: string;
  trustAnchors?: readonly string[];
  restored?: RestoredRegister;
}): Promise<string> {
  const kept = join(
    ASSEMBLIES,
    `${stage}-${await sourceHash(SOURCES, [process.version, restored?.table, restored?.stream, ...trustAnchors].join("\n"))}`,
  );
  if (!existsSync(kept)) {
    await mkdir(ASSEMBLIES, { recursive: true });
    const aside = await mkdtemp(join(ASSEMBLIES, "making-"));
    await makeApart({
      stage,
      trustAnchors: [...trustAnchors],
      outdir: aside,
      ...(restored !== undefined && { restored }),
    });
    await putInPlace(aside, kept);
    await forgetOthers(stage, kept);
  }
  if (!outdir) return kept;
  await rm(outdir, { recursive: true, force: true });
  await cp(kept, outdir, { recursive: true });
  return outdir;
}

/** Whatever it has to say (cdk-nag's findings among it) goes to stderr: stdout belongs to whoever asked. */
async function makeApart(order: AssemblyOrder): Promise<void> {
  const program = join(REPOSITORY, "infra", "make-assembly.ts");
  const compiled = getCompileCacheDir();
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) }) },
  });
  const [code] = await once(child, "exit");
  if (code === 0) return;
  await rm(order.outdir, { recursive: true, force: true });
  throw new AssemblyNotMade(order.stage);
}

/** By renaming, so that two processes at once, or a killed one, leave no half assembly behind. */
async function putInPlace(aside: string, kept: string): Promise<void> {
  await rename(aside, kept).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    await rm(aside, { recursive: true });
  });
}

/** Keeps a stage's assemblies of the last day, which running systems may still read assets from. */
async function forgetOthers(stage: StageName, kept: string): Promise<void> {
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  for (const name of await readdir(ASSEMBLIES)) {
    const path = join(ASSEMBLIES, name);
    // Another process may have put its own in place, and so renamed what was just listed.
    const changedAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (changedAt < dayAgo && path !== kept && name.startsWith(`${stage}-`))
      await rm(path, { recursive: true, force: true });
  }
}

/** What the CDK CLI hands over: the folder it reads afterwards, and `-c stage=…`. */
const cdkEnvironment = z.object({
  CDK_OUTDIR: z.string().default(join(REPOSITORY, "cdk.out")),
  CDK_CONTEXT_JSON: z
    .string()
    .default("{}")
    .transform((json) => z.looseObject({ stage: z.string().optional() }).parse(JSON.parse(json))),
});

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stage: { type: "string" } } });
  const { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: context } = cdkEnvironment.parse(process.env);
  const asked = values.stage ?? context.stage;
  // The CLI sets its output folder: what it is about to do changes an account, and nobody said which stage's.
  if (asked === undefined && process.env["CDK_OUTDIR"] !== undefined)
    throw new Error("Which stage? npm run deploy -- -c stage=dev, or -c stage=prod");
  const { stage } = stageSettings(asked ?? "dev");
  await synthesize({ stage, outdir });
  console.log(`${stage}: ${outdir}`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
