import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { REPOSITORY } from "../../infra/source-hash.ts";
import { stageSettings, whyNotDeployable } from "../../infra/stage-settings.ts";
import { mailsPerDay } from "../../shared/contracts/limits.ts";
import { type Assembly, assemblyOf } from "./cloud-assembly.ts";

let dev: Assembly;
let prod: Assembly;
beforeAll(async () => {
  [dev, prod] = [await assemblyOf("dev"), await assemblyOf("prod")];
}, 90_000);

/** Where the template shows what stage-settings.ts says. */
const SETTINGS_SHOW_AT = [
  "Properties.DisplayName",
  "Properties.EmailIdentity",
  // prod has a host of its own; dev is found at its API's address.
  "Properties.Environment.Variables.BASE_URL",
  "Properties.Environment.Variables.MAIL_FROM",
  "Properties.Environment.Variables.STAGE",
  "Properties.MailFromAttributes.MailFromDomain",
  "Properties.ObjectLockConfiguration.Rule.DefaultRetention.Days",
  "Properties.RetentionInDays",
];
/** prod's alarms are mailed, and prod has a host: what a stage may have alone. */
const ONLY_IN_PROD = /^(AlarmsTopicos2os2eu|WebHost|WebMapping|WebApi\w*aftaleos2eu)/;

/** The paths at which two values differ, and what stands there. */
function differences(left: unknown, right: unknown, path = ""): string[] {
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  const both = [left, right].every((side) => typeof side === "object" && side !== null);
  if (!both) return [path];
  const keys = new Set([left, right].flatMap((side) => Object.keys(side as object)));
  return [...keys].flatMap((key) =>
    differences(Object(left)[key], Object(right)[key], path ? `${path}.${key}` : key),
  );
}

/** Resources by logical id, with the stage's own name and the hashes made from it taken out. */
function withoutStageName(assembly: Assembly, stage: string): unknown {
  const resources = Object.fromEntries(assembly.all.map((resource) => [resource.id, resource]));
  return JSON.parse(
    JSON.stringify(resources)
      .replaceAll(`OS2aftale-${stage}`, "OS2aftale")
      .replaceAll(`OS2aftale${stage}`, "OS2aftale")
      .replaceAll(`OS2aftale/${stage}`, "OS2aftale")
      .replaceAll(/[0-9A-F]{8}(?=[0-9A-F]{0,8}\b|OS2|-)/g, ""),
  );
}

describe("stages differ in their settings and in nothing else", () => {
  it("what was tried in dev is what runs in prod", () => {
    const paths = differences(withoutStageName(dev, "dev"), withoutStageName(prod, "prod"));
    const shared = paths.filter((path) => !ONLY_IN_PROD.test(path));
    const kinds = new Set(shared.map((path) => path.replace(/^[^.]+\./, "")));
    expect([...kinds].sort()).toEqual(SETTINGS_SHOW_AT);
  });

  it("prod trusts nobody besides the reviewed anchors", () => {
    expect(stageSettings("prod").trustAnchors).toEqual([]);
  });

  it("the local stage is wide for load and for everybody sharing one address", () => {
    expect(stageSettings("local").limits).toMatchObject({
      formsPerHourPerAddress: 1_000,
      decisionPostsPerHourPerAddress: 5_000,
    });
  });

  it("a deployed stage has the ceilings the design gives", () => {
    for (const stage of ["dev", "prod"]) {
      expect(stageSettings(stage).limits).toMatchObject({
        formsPerHourPerAddress: 20,
        formsPerDayPerCvr: 10,
        uploadsPerDayPerCase: 30,
        wrongCodesPerHourPerAddress: 60,
        mails: { unconfirmedPerDayPerRecipient: 3, duesPerDay: 1_200, perHourPerRecipient: 20 },
      });
      expect(mailsPerDay(stageSettings(stage).limits)).toBe(2_000);
    }
  });

  it("prod has a host and says so when it has none: at the API's own address every link would die with the API", () => {
    const { host, ...without } = stageSettings("prod");
    expect(host?.name).toBe("aftale.os2.eu");
    expect(whyNotDeployable(stageSettings("prod"))).toBeUndefined();
    expect(whyNotDeployable(without)).toMatch(/^prod has no host in infra\/stage-settings\.ts/);
    expect(whyNotDeployable(stageSettings("dev"))).toBeUndefined();
  });

  it("a deployment that names no stage is refused, instead of going to dev", async () => {
    const outdir = mkdtempSync(join(tmpdir(), "cdk-"));
    const deploying = promisify(execFile)(process.execPath, [join(REPOSITORY, "infra", "app.ts")], {
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: "{}" },
    });
    await expect(deploying).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Which stage?"),
    });
  });

  it("a stage that does not exist is refused by name", () => {
    expect(() => stageSettings("production")).toThrow("local, dev, prod");
  });
});
