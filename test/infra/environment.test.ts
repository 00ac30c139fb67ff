import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { bundleFunctions } from "../../infra/bundling.ts";
import { type Assembly, assemblyOf, type Resource } from "./cloud-assembly.ts";

/** What every function is told, whether it asks or not. */
const TOLD_TO_ALL = ["TABLE_NAME", "STAGE", "BASE_URL", "POWERTOOLS_SERVICE_NAME"];

let app: Assembly;
let functions: { name: string; environment: Record<string, string> }[];
beforeAll(async () => {
  app = await assemblyOf("local");
  functions = app.ofType("AWS::Lambda::Function").map((fn) => ({
    name: String(fn.Properties["Description"]),
    environment: environmentOf(fn),
  }));
});

function environmentOf({ Properties }: Resource): Record<string, string> {
  const { Variables } = z
    .object({ Variables: z.record(z.string(), z.unknown()) })
    .parse(Properties["Environment"]);
  const texts = Object.entries(Variables).map(([name, value]) => [name, app.flat(value)]);
  return { ...Object.fromEntries(texts), BASE_URL: "https://aftale.os2.eu" };
}

/** Imports each bundle under its own environment, as Lambda does at a cold start. */
const START_EACH = `
  const broken = {};
  for (const [name, { bundle, environment }] of Object.entries(JSON.parse(process.argv[1]))) {
    process.env = { AWS_REGION: "eu-north-1", ...environment };
    try {
      const { handler } = await import(bundle);
      if (typeof handler !== "function") broken[name] = "exports no handler";
    } catch (error) {
      broken[name] = String(error);
    }
  }
  console.log(JSON.stringify(broken));
`;

describe("a function and its deployment agree", () => {
  it("every function starts with the settings and the files it is given", async () => {
    const { folder } = await bundleFunctions();
    const given = functions.map(({ name, environment }) => [
      name,
      { bundle: join(folder, name, "index.mjs"), environment },
    ]);
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "--eval",
      START_EACH,
      JSON.stringify(Object.fromEntries(given)),
    ]);
    expect(JSON.parse(stdout)).toEqual({});
  });

  it("no function is handed a setting it does not ask for", async () => {
    const { folder } = await bundleFunctions();
    for (const { name, environment } of functions) {
      const bundle = readFileSync(join(folder, name, "index.mjs"), "utf8");
      const unasked = Object.keys(environment).filter(
        (variable) => !TOLD_TO_ALL.includes(variable) && !bundle.includes(variable),
      );
      expect([name, unasked]).toEqual([name, []]);
    }
  });

  it("no function carries the SDK's search for credentials, which Lambda never needs", async () => {
    const { folder } = await bundleFunctions();
    for (const { name } of functions) {
      const bundle = readFileSync(join(folder, name, "index.mjs"), "utf8");
      expect(
        /sso_session|AWS_WEB_IDENTITY_TOKEN_FILE|169\.254\.170\.2/.exec(bundle)?.[0],
        name,
      ).toBeUndefined();
    }
  });
});
