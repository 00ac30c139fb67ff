import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { acknowledge } from "../../infra/constructs/acknowledge.ts";
import { AwsSolutions } from "../../infra/nag.ts";
import { assemblyOf, STACKS } from "./cloud-assembly.ts";

/** A role that may read all objects of a bucket, with these findings acknowledged on it. */
function findingsOf(acknowledgements: Readonly<Record<string, string>>): string[] {
  const app = new App();
  const stack = new Stack(app, "Stack");
  const bucket = Bucket.fromBucketName(stack, "Bucket", "elsewhere");
  const role = new Role(stack, "Reader", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  role.addToPolicy(
    new PolicyStatement({ actions: ["s3:GetObject"], resources: [bucket.arnForObjects("uploads/*")] }),
  );
  acknowledge(role, acknowledgements);
  const report = new AwsSolutions(app).validate({
    templatePaths: [],
    stackTemplates: [],
    appConstruct: app,
  });
  return report.violations.map(({ ruleName }) => ruleName);
}

const WILDCARD = "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::elsewhere/uploads/*]";

describe("what is too wide stops the synthesis, unless somebody wrote down why it is right", () => {
  it("a finding that nobody acknowledged stands", () => {
    expect(findingsOf({})).toEqual([WILDCARD]);
  });

  it.each([
    ["word for word", WILDCARD],
    ["with … in the place of references", "AwsSolutions-IAM5[Resource::…/uploads/*]"],
  ])("a finding acknowledged %s is gone", (_, id) => {
    expect(findingsOf({ [id]: "keys are made when an upload is offered" })).toEqual([]);
  });

  it.each([
    "AwsSolutions-IAM5[Resource::…/pages/*]",
    "AwsSolutions-IAM5[Action::…/uploads/*]",
    "AwsSolutions-IAM5",
    "AwsSolutions-IAM5[Resource::…/uploads/]",
  ])("acknowledging %s covers no other finding", (id) => {
    expect(findingsOf({ [id]: "another matter" })).toEqual([WILDCARD]);
  });

  it("every acknowledgement in the app gives a reason, and none covers everything", async () => {
    const { folder } = await assemblyOf("local");
    const entry = z.object({ type: z.string(), data: z.unknown() });
    const metadata = STACKS.flatMap((stack) => {
      const file = join(folder, `OS2aftale-local-${stack}.metadata.json`);
      return Object.values(
        z.record(z.string(), z.array(entry)).parse(JSON.parse(readFileSync(file, "utf8"))),
      ).flat();
    });
    const acknowledged = metadata
      .filter(({ type }) => type === "aws:cdk:acknowledged-rules")
      .flatMap(({ data }) => Object.entries(z.record(z.string(), z.string()).parse(data)));
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const [id, reason] of acknowledged) {
      expect(reason.split(" ").length, id).toBeGreaterThan(4);
      expect(id).not.toMatch(/\[\w+::…\]$/);
    }
  });
});
