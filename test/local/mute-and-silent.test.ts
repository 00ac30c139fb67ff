import { afterEach, describe, expect, it } from "vitest";
import { whyMayNotPublish } from "../../embedded-aws/gateway/resource-grants.ts";
import type { Resource, Template } from "../../embedded-aws/template/read-template.ts";
import { readTemplate } from "../../embedded-aws/template/read-template.ts";
import { product, productThatTrusts } from "../../local/product.ts";
import { signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { testRootPem } from "../../local/rehearsal/pdfs/test-authority.ts";
import { Visitor } from "../../local/rehearsal/visitor.ts";
import { startTestSystem, type TestSystem } from "../support/system.ts";

const HOUR = 3_600_000;
let house: TestSystem | undefined;
afterEach(async () => {
  await house?.stop();
  house = undefined;
});

const rung = (system: TestSystem) =>
  system.now.ses.mailbox
    .mails()
    .filter(({ to }) => to.includes("drift@os2.example"))
    .map(({ subject }) => /"(.+)"/.exec(subject)?.[1]);

describe("ordinary life rings nothing", () => {
  it("a member from form to welcome, and the month after", async () => {
    house = await startTestSystem({ app: productThatTrusts([testRootPem()]) });
    const visitor = new Visitor(house.now.url);
    const opened = await visitor.apply({
      kind: "member",
      name: "Aarhus Kommune",
      cvr: "55133018",
      gln: "5790000423408",
      email: "bo@aarhus.example",
    });
    const agreement = signedAgreementPdf({
      kind: "member",
      organisationName: "Aarhus Kommune",
      cvr: "55133018",
      signerName: "Anna Eksempel",
    });
    await house.now.clock.idle();
    expect(await visitor.confirm("bo@aarhus.example", opened.caseNumber)).toBeDefined();
    expect(await visitor.send(opened.upload, agreement)).toBe(201);
    await house.now.clock.idle();
    for (const person of ["sekretaer1@os2.example", "formand@os2.example"]) {
      expect(await visitor.decide(person, "approve", "", opened.caseNumber)).toBe(303);
      await house.now.clock.idle();
    }
    expect((await visitor.status(opened.statusUrl)).status).toBe("admitted");
    await house.now.clock.advanceTo(house.now.clock.now() + 30 * 24 * HOUR);
    expect(rung(house)).toEqual([]);
    expect(house.now.cloudWatch.alarms().filter(({ state }) => state === "ALARM")).toEqual([]);
  }, 90_000);
});

describe("silence and AWS's own notices ring", () => {
  it("a sweep that nobody runs any more: one mail, within ten hours", async () => {
    house = await startTestSystem();
    await house.now.clock.idle();
    // Nothing fails, and nothing is heard.
    house.now.scheduler.stop();
    await house.now.clock.advanceTo(house.now.clock.now() + 10 * HOUR);
    expect(rung(house)).toEqual(["OS2aftale-local-heartbeat"]);
  });

  it.each([
    ["SES stops sending", "OS2aftale-local-mail-sender", "aws.ses", "Sending Status Disabled"],
    [
      "the scan's plan breaks",
      "OS2aftale-local-malware-scan",
      "aws.guardduty",
      "GuardDuty Malware Protection Resource Status Error",
    ],
  ])("%s: one mail", async (_, alarm, source, detailType) => {
    house = await startTestSystem();
    const bucket = house.now.root.template
      .ofType("AWS::S3::Bucket")
      .find(({ ref }) => ref.includes("incoming"));
    const detail = { s3BucketDetails: { bucketName: bucket?.ref } };
    for (let times = 0; times < 2; times += 1) {
      house.now.publish({ source, "detail-type": detailType, detail });
      await house.now.clock.advanceTo(house.now.clock.now() + HOUR / 2);
    }
    expect(rung(house)).toEqual([alarm]);
  });
});

describe("an alarm is mute unless the topic lets CloudWatch in", () => {
  const read = async () => readTemplate(await product.assembly(), { baseUrl: "http://127.0.0.1:3000" });
  const changed = (template: Template, change: (resource: Resource) => Resource): Template => {
    const resources = template.resources.map((resource) => change(structuredClone(resource)));
    return { ...template, resources, ofType: (type) => resources.filter((one) => one.type === type) };
  };
  const why = (template: Template) =>
    whyMayNotPublish(template, {
      service: "cloudwatch.amazonaws.com",
      topicArn: template.ofType("AWS::SNS::Topic")[0]?.arn ?? "",
      from: template.ofType("AWS::CloudWatch::Alarm")[0]?.arn ?? "",
    });

  it("as it stands it is let in", async () => {
    expect(why(await read())).toBeUndefined();
  });

  it("not by a policy that only denies", async () => {
    const denied = changed(await read(), (resource) => {
      const document = resource.properties["PolicyDocument"] as
        | { Statement: { Effect: string }[] }
        | undefined;
      if (resource.type === "AWS::SNS::TopicPolicy" && document)
        document.Statement = document.Statement.filter(({ Effect }) => Effect === "Deny");
      return resource;
    });
    expect(why(denied)).toMatch(/^the policy of arn:aws:sns:\S+ does not let cloudwatch/);
  });

  it("nor where the topic lies under a key that doesn't", async () => {
    const template = await read();
    const keyed = changed(template, (resource) =>
      resource.type === "AWS::SNS::Topic"
        ? {
            ...resource,
            properties: {
              ...resource.properties,
              KmsMasterKeyId: template.ofType("AWS::KMS::Key")[0]?.arn ?? "",
            },
          }
        : resource,
    );
    expect(why(keyed)).toMatch(/key does not let cloudwatch.amazonaws.com do kms:Decrypt/);
  });
});
