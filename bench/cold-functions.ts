import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { type Assembly, assemblyOf } from "../test/infra/cloud-assembly.ts";
import { aGoodLink } from "./a-good-link.ts";
import type { Benchmark } from "./benchmark.ts";
import { type ColdBundles, coldBundles } from "./cold-bundles.ts";
import { type ColdStart, cold, median } from "./cold-process.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 7);

/** Requests that must cost next to nothing: function → route, path and what it answers. */
const REFUSED = [
  ["show-public-page", "ANY /{proxy+}", { proxy: "wp-login.php" }, 404],
  ["serve-asset", "GET /assets/{file}", { file: "no-such-file.css" }, 404],
  ["show-case", "GET /agreements/{key}", { key: "nonsense" }, 404],
  ["show-confirmation", "GET /confirmations/{token}", { token: "nonsense" }, 404],
  ["show-decision", "GET /decisions/{token}", { token: "nonsense" }, 404],
  ["show-task", "GET /tasks/{token}", { token: "nonsense" }, 404],
  ["show-document", "GET /decisions/{token}/document", { token: "nonsense" }, 404],
] as const;

/**
 * For each function the processor time that its import adds to an empty process, over that of its SDK clients
 * alone: `at once` is what Lambda's init does, `in all` counts too what it loads when it is used, so that nobody
 * is fooled by what was only put off.
 */
export const coldFunctions: Benchmark = {
  name: "cold functions",
  measure: async () => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    try {
      return await measureIn(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measureIn(folder: string): Promise<string[]> {
  const empty = join(folder, "empty.mjs");
  await writeFile(empty, "");
  const [app, bundles] = await Promise.all([assemblyOf("local"), coldBundles(folder)]);
  const environments = environmentsOf(app);
  const starts = new Map<string, ColdStart>([["empty", { files: [empty] }]]);
  for (const bundle of bundles) addStarts(starts, bundle, environments.get(bundle.name) ?? {});
  for (const [name, routeKey, parameters, status] of REFUSED) {
    const started = starts.get(`${name} at once`);
    if (started) starts.set(`${name} refuses`, { ...started, event: request(routeKey, parameters), status });
  }
  const table = app.the("AWS::DynamoDB::Table");
  const showCase = starts.get("show-case at once");
  const link = await aGoodLink(table.Properties, "bench");
  try {
    if (showCase)
      starts.set("show-case first answer", {
        ...showCase,
        environment: { ...showCase.environment, ...link.environment, TABLE_NAME: "bench" },
        event: request("GET /agreements/{key}", { key: link.token }),
        status: 200,
      });
    return report(bundles, await rounds(starts));
  } finally {
    await link.stop();
  }
}

function addStarts(
  starts: Map<string, ColdStart>,
  bundle: ColdBundles,
  environment: ColdStart["environment"] & {},
): void {
  const { name, deployed, later, byDefaults, floor } = bundle;
  starts.set(`${name} at once`, { files: [deployed], environment });
  if (later.length > 0) starts.set(`${name} in all`, { files: [deployed, ...later], environment });
  starts.set(`${name} by defaults`, { files: [byDefaults], environment });
  if (floor !== undefined) starts.set(floor, { files: [floor] });
}

/** One measurement of each in every round, so that what is compared was measured in the same weather. */
async function rounds(starts: ReadonlyMap<string, ColdStart>): Promise<Map<string, number>[]> {
  const measured: Map<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const times = new Map<string, number>();
    for (const [name, start] of starts) times.set(name, await cold(start));
    measured.push(times);
  }
  return measured;
}

function report(bundles: readonly ColdBundles[], measured: readonly Map<string, number>[]): string[] {
  const ratio = (over: string, under: string, less = "empty") =>
    median(
      measured.map((times) => {
        const base = less === "" ? 0 : (times.get(less) ?? Number.NaN);
        return ((times.get(over) ?? Number.NaN) - base) / ((times.get(under) ?? Number.NaN) - base);
      }),
    );
  const added = (name: string) =>
    median(measured.map((times) => (times.get(name) ?? 0) - (times.get("empty") ?? 0)));
  const lines: string[] = [];
  const all: { atOnce: number[]; inAll: number[] } = { atOnce: [], inAll: [] };
  for (const { name, later, floor } of bundles) {
    const whole = later.length > 0 ? `${name} in all` : `${name} at once`;
    const overDefaults = ratio(`${name} at once`, `${name} by defaults`);
    const figures = [
      `+${Math.round(added(`${name} at once`))} ms`,
      `${overDefaults.toFixed(2)} × esbuild's defaults`,
    ];
    if (floor !== undefined) {
      const [atOnce, inAll] = [ratio(`${name} at once`, floor), ratio(whole, floor)];
      all.atOnce.push(atOnce);
      all.inAll.push(inAll);
      figures.unshift(`${atOnce.toFixed(2)} × the floor at once`, `${inAll.toFixed(2)} × in all`);
    }
    lines.push(`${name}: ${figures.join(", ")}`);
  }
  for (const [name, ratios] of Object.entries(all))
    lines.push(
      `${name}: median ${median(ratios).toFixed(2)} × the floor, worst ${Math.max(...ratios).toFixed(2)}`,
    );
  for (const [name] of REFUSED)
    lines.push(
      `${name}, started and refusing: ${ratio(`${name} refuses`, "empty", "").toFixed(1)} × an empty module`,
    );
  const floor = bundles.find(({ name }) => name === "show-case")?.floor ?? "";
  lines.push(
    `show-case, started and answering a good link: ${ratio("show-case first answer", floor).toFixed(2)} × its floor, +${Math.round(added("show-case first answer"))} ms`,
  );
  return lines;
}

const environment = z.object({ Variables: z.record(z.string(), z.unknown()) });

function environmentsOf(app: Assembly): Map<string, Record<string, string>> {
  return new Map(
    app.ofType("AWS::Lambda::Function").map(({ Properties }) => {
      const { Variables } = environment.parse(Properties["Environment"]);
      const texts = Object.entries(Variables).map(([name, value]) => [name, app.flat(value)]);
      return [
        String(Properties["Description"]),
        { ...Object.fromEntries(texts), BASE_URL: "https://aftale.os2.eu" },
      ];
    }),
  );
}

/** As API Gateway hands it over, payload format 2.0. */
function request(routeKey: string, pathParameters: Readonly<Record<string, string>>): unknown {
  const [method = "GET", path = "/"] = routeKey.split(" ");
  return {
    version: "2.0",
    routeKey,
    rawPath: path.replace(/\{(\w+)\+?\}/g, (_, name: string) => pathParameters[name] ?? ""),
    rawQueryString: "",
    headers: { accept: "text/html" },
    pathParameters,
    requestContext: { http: { method: method === "ANY" ? "GET" : method, sourceIp: "192.0.2.1" } },
    isBase64Encoded: false,
  };
}
