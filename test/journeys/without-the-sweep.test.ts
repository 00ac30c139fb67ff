import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { App } from "../../embedded-aws/system.ts";
import { productThatTrusts } from "../../local/product.ts";
import { signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { testRootPem } from "../../local/rehearsal/pdfs/test-authority.ts";
import { Visitor } from "../../local/rehearsal/visitor.ts";
import { startTestSystem, type TestSystem } from "../support/system.ts";

const secretary = "sekretaer1@os2.example";
const chair = "formand@os2.example";
const applicant = {
  kind: "member",
  name: "Aarhus Kommune",
  cvr: "55133018",
  gln: "5790000423408",
  email: "karen@aarhus.example",
} as const;

const template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** The product as it deploys, but that no schedule fires and no start sweeps. */
function neverSwept({ sweep: _, ...app }: App): App {
  return {
    ...app,
    async assembly() {
      const made = await app.assembly();
      const folder = mkdtempSync(join(tmpdir(), "never-swept-"));
      for (const name of readdirSync(made)) {
        if (!name.endsWith(".template.json")) {
          symlinkSync(join(made, name), join(folder, name));
          continue;
        }
        const { Resources, ...rest } = template.parse(JSON.parse(readFileSync(join(made, name), "utf8")));
        for (const resource of Object.values(Resources))
          if (resource.Type === "AWS::Scheduler::Schedule")
            resource.Properties = { ...resource.Properties, State: "DISABLED" };
        writeFileSync(join(folder, name), JSON.stringify({ ...rest, Resources }));
      }
      return folder;
    },
  };
}

let house: TestSystem;
let visitor: Visitor;
let throttled = 0;
beforeAll(async () => {
  house = await startTestSystem({
    app: neverSwept(productThatTrusts([testRootPem()])),
    faults: {
      // SES has had enough just when the first mail is to go.
      mail: () => (throttled++ === 0 ? "throttle" : undefined),
    },
  });
  visitor = new Visitor(house.now.url);
}, 120_000);
afterAll(() => house?.stop());

describe("where the sweep never runs", () => {
  it("a case still goes from the form to the welcome, over a throttled mail, days of waiting and a kill", async () => {
    const opened = await visitor.apply(applicant);
    await house.now.clock.idle();
    expect(await visitor.mails(applicant.email)).toEqual([]);
    await visitor.pass("PT1M");
    expect((await visitor.mails(applicant.email)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining("Bekræft jeres mailadresse"),
    ]);
    expect(await visitor.confirm(applicant.email)).toContain("/agreements/");
    await house.now.clock.idle();

    const { kind, name: organisationName, cvr } = applicant;
    const pdf = signedAgreementPdf({ kind, organisationName, cvr, signerName: "Anna Eksempel" });
    expect(await visitor.send(opened.upload, pdf)).toBe(201);
    await house.now.clock.idle();
    await visitor.pass("P3D");
    expect(await visitor.decide(secretary, "approve", "", opened.caseNumber)).toBe(303);
    await house.now.clock.idle();

    await house.restartAfterKill();
    expect(await visitor.decide(chair, "approve", "", opened.caseNumber)).toBe(303);
    await house.now.clock.idle();
    expect((await visitor.status(opened.statusUrl)).status).toBe("admitted");
    expect((await visitor.mails(applicant.email)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining("Bekræft jeres mailadresse"),
      expect.stringContaining("Følg sagen"),
      expect.stringContaining("Velkommen"),
    ]);
  }, 120_000);

  it("nothing is left in a queue, and the sweep, asked once at last, finds nothing to do", async () => {
    const { queues, lambda, root, refusals } = house.now;
    for (const arn of queues.arns())
      expect([arn, queues.counts(arn)]).toEqual([arn, { visible: 0, inFlight: 0, delayed: 0 }]);
    const sweep = root.template
      .ofType("AWS::Lambda::Function")
      .find(({ properties }) => properties["Description"] === "sweep-open-work");
    const before = (await visitor.mails()).length;
    const result = await lambda.invoke(sweep?.arn ?? "", {});
    await house.now.clock.idle();
    expect(result.payload).toEqual({
      openCases: 0,
      cleared: 0,
      started: 0,
      moved: 0,
      lapsed: 0,
      errandsLeft: 0,
      failed: 0,
    });
    expect(await visitor.mails()).toHaveLength(before);
    expect(refusals).toEqual([]);
  });
});
