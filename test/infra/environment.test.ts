import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { REPOSITORY } from "../../infra/source-hash.ts";
import { type Assembly, assemblyOf } from "./cloud-assembly.ts";

let app: Assembly;
beforeAll(async () => {
  app = await assemblyOf("local");
});

const environmentOf = (properties: Record<string, unknown>) =>
  z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(properties["Environment"]).Variables;

describe("a function is handed the settings that it asks for", () => {
  it("every name in its handler's schema stands in its environment", () => {
    for (const { Properties } of app.ofType("AWS::Lambda::Function")) {
      const name = String(Properties["Description"]);
      const handler = readFileSync(join(REPOSITORY, "functions", name, "handler.ts"), "utf8");
      const asked = [...handler.matchAll(/environment\.([A-Z_]+)/g)].map(([, variable = ""]) => variable);
      const missing = asked.filter((variable) => !(variable in environmentOf(Properties)));
      expect([name, missing]).toEqual([name, []]);
    }
  });

  it("and nothing it does not ask for, but what every function is told", () => {
    const toldToAll = ["TABLE_NAME", "STAGE", "BASE_URL", "POWERTOOLS_SERVICE_NAME"];
    for (const { Properties } of app.ofType("AWS::Lambda::Function")) {
      const name = String(Properties["Description"]);
      const handler = readFileSync(join(REPOSITORY, "functions", name, "handler.ts"), "utf8");
      const unasked = Object.keys(environmentOf(Properties)).filter(
        (variable) => !toldToAll.includes(variable) && !handler.includes(`environment.${variable}`),
      );
      expect([name, unasked]).toEqual([name, []]);
    }
  });
});
