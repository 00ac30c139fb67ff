import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
      const bundle = codeIn(join(folder, name));
      const unasked = Object.keys(environment).filter(
        (variable) => !TOLD_TO_ALL.includes(variable) && !bundle.includes(variable),
      );
      expect([name, unasked]).toEqual([name, []]);
    }
  });

  it("no function carries the SDK's search for credentials, which Lambda never needs", async () => {
    const { folder } = await bundleFunctions();
    for (const { name } of functions) {
      const bundle = codeIn(join(folder, name));
      expect(
        /sso_session|AWS_WEB_IDENTITY_TOKEN_FILE|169\.254\.170\.2/.exec(bundle)?.[0],
        name,
      ).toBeUndefined();
    }
  });

  it("no function loads the SDK, a PDF library, a mail composer or the whole of zod before it uses them", async () => {
    const { folder } = await bundleFunctions();
    for (const { name } of functions) {
      const atOnce = loadedAtOnce(join(folder, name, "index.mjs")).map((file) => readFileSync(file, "utf8"));
      expect(dear.exec(atOnce.join("\n"))?.[0], name).toBeUndefined();
    }
    expect(dear.test(codeIn(join(folder, "deliver-outbox")))).toBe(true);
  });
});

/**
 * The SDK's clients by the names they send, the libraries by a word of their own; zod by what it calls the type that
 * `zod/mini` calls ZodMiniType.
 */
const dear =
  /DynamoDB_20120810|secretsmanager\.|AWSStepFunctions|AmazonSQS|AmazonS3|SimpleEmail|FlateDecode|MimeNode|"ZodType"/;

/** Everything a function's folder can run. */
function codeIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const code = files
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  return code.join("\n");
}

/** A bundle and what it imports before it runs, which a dynamic `import()` is not. */
function loadedAtOnce(file: string): string[] {
  const imports = readFileSync(file, "utf8").matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g);
  return [file, ...[...imports].flatMap(([, path = ""]) => loadedAtOnce(join(dirname(file), path)))];
}
