import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import * as z from "zod";
import { REPOSITORY, sourceHash } from "./source-hash.ts";

/** Everything a bundle is made from; the lockfile stands for what lies in node_modules. */
const SOURCES = [
  "functions",
  "shared",
  "pdf-evidence",
  "infra/bundling.ts",
  "infra/environment-credentials.ts",
  "package-lock.json",
];
const BUILDS = join(REPOSITORY, ".build", "functions");
/** Two branches and the one before: enough to switch to and fro without building again. */
const BUILDS_KEPT = 3;

/** Whatever imports this reads `manifest.json` beside its bundle. */
const PAGE_ASSETS = "shared/http/page-assets.ts";
const ASSETS_FUNCTION = "serve-asset";

/** ESM has no `require`, but CommonJS packages inside a bundle call it for Node's own modules. */
const REQUIRE_FOR_COMMONJS =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** How every bundle is made; the benchmark of cold starts makes its floors the same way. */
export const AS_DEPLOYED = {
  bundle: true,
  minify: true,
  // Lambda reports an error by its class name, and workflows catch by it: minifying must not rename classes.
  keepNames: true,
  format: "esm",
  platform: "node",
  target: "node24",
  // The ESM build of the SDK and of zod can be shaken; their CommonJS "main" cannot (4.8 → 3.4 × cold start).
  mainFields: ["module", "main"],
  alias: { "@aws-sdk/credential-provider-node": join(REPOSITORY, "infra", "environment-credentials.ts") },
  banner: { js: REQUIRE_FOR_COMMONJS },
  legalComments: "none",
  logLevel: "silent",
} as const satisfies BuildOptions;

/**
 * What `functions/<name>/bundle.ts` may export as `bundle`: what must lie beside the handler's own bundle.
 *
 * - `workers`: further bundles, file name (without `.mjs`) → source relative to the function's folder
 * - `copies`: files taken as they are, file name → a package's export (`@hyzyla/pdfium/pdfium.wasm`)
 * - `write`: writes what has to be made first into the folder it is given
 */
const bundleDeclaration = z.strictObject({
  workers: z.record(z.string(), z.string()).default({}),
  copies: z.record(z.string(), z.string()).default({}),
  write: z.custom<(folder: string) => Promise<void>>((value) => typeof value === "function").optional(),
});

type Declaration = z.output<typeof bundleDeclaration>;

/** Where the bundles of one state of the sources lie: `<folder>/<function>/index.mjs`, export `handler`. */
export interface Bundles {
  folder: string;
}

/**
 * Bundles every `functions/<name>/handler.ts`. Start, tests and synth share the result;
 * it is keyed by the sources, so an unchanged repository costs one walk through them.
 */
export async function bundleFunctions(): Promise<Bundles> {
  const folder = join(BUILDS, await sourceHash(SOURCES, process.version));
  if (!(await exists(folder))) await buildInto(folder, await functionNames());
  return { folder };
}

async function functionNames(): Promise<string[]> {
  const functions = join(REPOSITORY, "functions");
  if (!(await exists(functions))) return [];
  const folders = (await readdir(functions, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names: string[] = [];
  for (const { name } of folders) if (await exists(join(functions, name, "handler.ts"))) names.push(name);
  return names.sort();
}

/** Builds aside and renames, so that two processes at once, or a killed one, leave no half build behind. */
async function buildInto(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(BUILDS, { recursive: true });
  const aside = await mkdtemp(join(BUILDS, "making-"));
  const declarations = new Map<string, Declaration>();
  for (const name of names) declarations.set(name, await declarationOf(name));
  const pageFunctions: string[] = [];
  await Promise.all(
    [...declarations].map(async ([name, declaration]) => {
      if (await bundleOne(aside, name, declaration)) pageFunctions.push(join(aside, name));
    }),
  );
  for (const [name, declaration] of declarations) await placeBeside(join(aside, name), declaration);
  await placeAssetManifest(aside, pageFunctions);
  await rename(aside, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    await rm(aside, { recursive: true });
  });
  await forgetOldBuilds();
}

async function declarationOf(name: string): Promise<Declaration> {
  const file = join(REPOSITORY, "functions", name, "bundle.ts");
  const module: { bundle?: unknown } = (await exists(file)) ? await import(file) : {};
  return bundleDeclaration.parse(module.bundle ?? {});
}

/** A function's own call: the pieces that it loads later are its own, for its folder is what is deployed. */
export function handlerBuild(name: string, outdir: string) {
  return {
    ...AS_DEPLOYED,
    absWorkingDir: REPOSITORY,
    entryPoints: { index: join(REPOSITORY, "functions", name, "handler.ts") },
    outdir,
    outExtension: { ".js": ".mjs" },
    metafile: true,
    splitting: true,
    // Below the folder, so that nobody takes a piece for something to be called.
    chunkNames: "pieces/[name]-[hash]",
  } as const satisfies BuildOptions;
}

/** @returns whether the bundle points at assets; it is then told where those are when it starts */
async function bundleOne(outdir: string, name: string, declaration: Declaration): Promise<boolean> {
  const own = handlerBuild(name, join(outdir, name));
  const { metafile } = await build(own);
  const sources = Object.entries(declaration.workers);
  // A worker shares nothing with its handler, so that it can be started and killed by itself.
  const entryPoints = sources.map(([worker, source]) => [
    worker,
    join(REPOSITORY, "functions", name, source),
  ]);
  if (sources.length > 0)
    await build({ ...own, entryPoints: Object.fromEntries(entryPoints), splitting: false });
  return Object.values(metafile.outputs).some(({ inputs }) => PAGE_ASSETS in inputs);
}

/** The asset build's manifest lies beside the function that serves them; pages read a copy of their own. */
async function placeAssetManifest(outdir: string, pageFunctions: readonly string[]): Promise<void> {
  const manifest = join(outdir, ASSETS_FUNCTION, "manifest.json");
  for (const folder of pageFunctions) {
    if (folder !== dirname(manifest)) await copyFile(manifest, join(folder, "manifest.json"));
  }
}

async function placeBeside(folder: string, declaration: Declaration): Promise<void> {
  const resolve = createRequire(import.meta.url).resolve;
  for (const [file, source] of Object.entries(declaration.copies)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(resolve(source), join(folder, file));
  }
  await declaration.write?.(folder);
}

/** Deployed templates and running systems hold copies of their own, so nothing needs an old build. */
async function forgetOldBuilds(): Promise<void> {
  const names = (await readdir(BUILDS)).filter((name) => !basename(name).startsWith("making-"));
  const builds = await Promise.all(
    names.map(async (name) => {
      const path = join(BUILDS, name);
      // One that is gone already, by another process, counts as oldest: removing it again does nothing.
      return {
        path,
        at: await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      };
    }),
  );
  builds.sort((a, b) => b.at - a.at);
  for (const { path } of builds.slice(BUILDS_KEPT)) await rm(path, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
