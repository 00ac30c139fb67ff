import { cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { AS_DEPLOYED, bundleFunctions, handlerBuild } from "../infra/bundling.ts";
import { REPOSITORY } from "../infra/source-hash.ts";

/** One function as it is deployed, and what it is compared with. */
export interface ColdBundles {
  name: string;
  deployed: string;
  /** What the deployed bundle loads only when it is used. */
  later: readonly string[];
  /** The same handler as a tool that nobody told anything makes it. */
  byDefaults: string;
  /** The SDK clients that the handler uses, and nothing but making them; undefined where it uses none. */
  floor: string | undefined;
}

/** Bundles every function's comparisons into a folder of the caller's. */
export async function coldBundles(folder: string): Promise<ColdBundles[]> {
  const deployed = (await bundleFunctions()).folder;
  const found: ColdBundles[] = [];
  for (const name of (await readdir(deployed)).sort()) {
    const beside = join(folder, "defaults", name);
    // A handler reads its manifest and its fonts beside itself.
    await cp(join(deployed, name), beside, { recursive: true });
    const byDefaults = join(beside, "index.mjs");
    const clients = clientsIn(await buildByDefaults(name, byDefaults));
    found.push({
      name,
      deployed: join(deployed, name, "index.mjs"),
      later: await laterOf(name, join(deployed, name)),
      byDefaults,
      floor: clients.length > 0 ? await floorOf(clients, folder) : undefined,
    });
  }
  return found;
}

async function buildByDefaults(name: string, outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: [join("functions", name, "handler.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: AS_DEPLOYED.banner,
    logLevel: "silent",
    metafile: true,
  });
  return metafile;
}

function clientsIn({ outputs }: Metafile): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const names = files.flatMap((file) => /^node_modules\/(@aws-sdk\/client-[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** Pieces that our code loads; what the SDK keeps for itself to load later (event streams) isn't used. */
async function laterOf(name: string, folder: string): Promise<string[]> {
  const { metafile } = await build({ ...handlerBuild(name, folder), write: false });
  return Object.entries(metafile.outputs)
    .filter(
      ([, { entryPoint }]) =>
        entryPoint !== undefined &&
        !/(handler\.ts|node_modules\/@(aws-sdk|smithy|aws)\/.*)$/.test(entryPoint),
    )
    .map(([file]) => join(REPOSITORY, file));
}

/** `@aws-sdk/client-dynamodb` exports `DynamoDBClient`; every client package names its own so. */
const clientClass = /^[A-Z]\w*Client$/;

async function floorOf(clients: readonly string[], folder: string): Promise<string> {
  const name = clients.map((client) => client.replace("@aws-sdk/client-", "")).join("+");
  const lines = await Promise.all(
    clients.map(async (client, position) => {
      const made = Object.keys(await import(client)).find(
        (key) => clientClass.test(key) && key !== "__Client",
      );
      return `import { ${made} as Client${position} } from "${client}"; export const client${position} = new Client${position}();`;
    }),
  );
  const entry = join(folder, `${name}.js`);
  await writeFile(entry, lines.join("\n"));
  const outfile = join(folder, `${name}.mjs`);
  await build({
    ...AS_DEPLOYED,
    absWorkingDir: REPOSITORY,
    entryPoints: [entry],
    outfile,
    nodePaths: [join(REPOSITORY, "node_modules")],
  });
  return outfile;
}
