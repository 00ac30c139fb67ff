import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { synthesize } from "../../infra/app.ts";
import { assemblyOf } from "./cloud-assembly.ts";

const outputs = z.object({
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Export: z.unknown().optional() })).default({}),
});

function templateOf(folder: string, stack: string): string {
  return readFileSync(join(folder, `OS2aftale-prod-${stack}.template.json`), "utf8");
}

function exportsOf(folder: string, stack: string): string[] {
  const { Outputs } = outputs.parse(JSON.parse(templateOf(folder, stack)));
  return Object.values(Outputs)
    .filter(({ Export }) => Export !== undefined)
    .map(({ Value }) =>
      JSON.stringify(Value)
        .replace(/[0-9A-F]{8}/g, "")
        .replaceAll(/[{}"[\]]|Fn::/g, ""),
    )
    .sort();
}

/** What the stacks take from each other. Taking a line out here takes two deployments: the last user goes first. */
const EXPORTS = {
  data: [
    "GetAtt:DataKey,Arn",
    "GetAtt:DocumentsArchive,Arn",
    "GetAtt:DocumentsIncoming,Arn",
    "GetAtt:DocumentsInvoices,Arn",
    "GetAtt:RegisterTable,Arn",
    "GetAtt:RegisterTable,StreamArn",
    "Ref:DocumentsArchive",
    "Ref:DocumentsIncoming",
    "Ref:DocumentsInvoices",
    "Ref:LinkKeysRing",
    "Ref:RegisterTable",
  ],
  fragile: ["Ref:MailEvents", "Ref:MailIdentity"],
  app: [],
};

describe("what one stack takes from another is a list kept by hand", () => {
  it.each(Object.entries(EXPORTS))("%s", async (stack, expected) => {
    const { folder } = await assemblyOf("prod");
    expect(exportsOf(folder, stack)).toEqual(expected);
  });

  it("a restored register is known to the app by its name, so that no export in use has to change", async () => {
    const folder = await synthesize({
      stage: "prod",
      restored: {
        table: "OS2aftale-prod-restored",
        stream:
          "arn:aws:dynamodb:eu-north-1:123456789012:table/OS2aftale-prod-restored/stream/2027-02-01T09:00:00.000",
      },
    });
    expect(exportsOf(folder, "data").filter((value) => value.includes("RegisterTable"))).toEqual([]);
    expect(templateOf(folder, "app")).not.toContain("RegisterTable");
    expect(templateOf(folder, "app")).toContain(":table/OS2aftale-prod-restored");
  }, 60_000);
});
