import { beforeAll, describe, expect, it } from "vitest";
import { type Assembly, assemblyOf, type Resource } from "./cloud-assembly.ts";
import { type Edge, edgesOf } from "./service-edges.ts";

let prod: Assembly;
beforeAll(async () => {
  prod = await assemblyOf("prod");
});

const refused = (edges: readonly Edge[]) =>
  edges.filter(({ isAllowed }) => !isAllowed).map(({ from, action, on }) => `${from}: ${action} on ${on}`);

/** The same template without, or with other, resources. */
function changed(change: (resource: Resource) => Resource | undefined): Assembly {
  const all = prod.all.flatMap((resource) => change(structuredClone(resource)) ?? []);
  return { ...prod, all, ofType: (type) => all.filter(({ Type }) => Type === type) };
}

const without = (type: string) => changed((resource) => (resource.Type === type ? undefined : resource));

/** Policies keep what they deny and lose what they allow. */
const denyOnly = (type: string) =>
  changed((resource) => {
    const document = resource.Properties["PolicyDocument"] as { Statement: { Effect: string }[] } | undefined;
    if (resource.Type === type && document)
      document.Statement = document.Statement.filter(({ Effect }) => Effect === "Deny");
    return resource;
  });

describe("whoever acts by itself is let in by whatever it acts on", () => {
  it("every service is, on every resource", () => {
    const edges = edgesOf(prod);
    expect(edges.length).toBeGreaterThan(80);
    expect(refused(edges)).toEqual([]);
  });

  it.each([
    ["alarms", "AWS::CloudWatch::Alarm sns:Publish"],
    ["rules with functions", "AWS::Events::Rule lambda:InvokeFunction"],
    ["rules with queues and dead letters", "AWS::Events::Rule sqs:SendMessage"],
    ["schedules", "AWS::Scheduler::Schedule lambda:InvokeFunction"],
    ["schedules' dead letters", "AWS::Scheduler::Schedule sqs:SendMessage"],
    ["what a function gave up on", "AWS::Lambda::EventInvokeConfig sqs:SendMessage"],
    ["steps of a workflow", "AWS::StepFunctions::StateMachine lambda:InvokeFunction"],
    ["a workflow's log", "AWS::StepFunctions::StateMachine logs:CreateLogDelivery"],
    ["routes", "AWS::ApiGatewayV2::Integration lambda:InvokeFunction"],
    ["the scan", "AWS::GuardDuty::MalwareProtectionPlan s3:PutObjectTagging"],
    ["the scan's key", "AWS::GuardDuty::MalwareProtectionPlan kms:Decrypt"],
  ])("%s are looked at", (_, edge) => {
    expect(edgesOf(prod).map(({ from, action }) => `${from.split(" ")[0]} ${action}`)).toContain(edge);
  });

  it("a topic that only denies is found, for then every alarm is mute", () => {
    const alarms = prod.ofType("AWS::CloudWatch::Alarm").length;
    expect(refused(edgesOf(denyOnly("AWS::SNS::TopicPolicy")))).toHaveLength(alarms);
  });

  it("a topic under a key that doesn't let CloudWatch in is found", () => {
    const keyed = changed((resource) => {
      if (resource.Type === "AWS::SNS::Topic")
        resource.Properties["KmsMasterKeyId"] = { "Fn::GetAtt": [prod.the("AWS::KMS::Key").id, "Arn"] };
      return resource;
    });
    const missing = refused(edgesOf(keyed));
    expect(missing).toHaveLength(2 * prod.ofType("AWS::CloudWatch::Alarm").length);
    expect(missing[0]).toContain("kms:Decrypt");
  });

  it.each([
    ["a queue that only denies", () => denyOnly("AWS::SQS::QueuePolicy"), "AWS::Events::Rule"],
    [
      "a function nobody may invoke",
      () => without("AWS::Lambda::Permission"),
      "AWS::ApiGatewayV2::Integration",
    ],
    ["roles without their policies", () => without("AWS::IAM::Policy"), "AWS::Scheduler::Schedule"],
  ])("%s is found", (_, template, type) => {
    expect(refused(edgesOf(template())).some((edge) => edge.startsWith(type))).toBe(true);
  });

  it("each single permission on a function is missed when it is gone", () => {
    for (const { id } of prod.ofType("AWS::Lambda::Permission")) {
      const one = changed((resource) => (resource.id === id ? undefined : resource));
      expect([id, refused(edgesOf(one)).length]).not.toEqual([id, 0]);
    }
  });

  it("events from S3 and SES need no grant, and go to the default bus, where the rules are", () => {
    const [destination] = prod.ofType("AWS::SES::ConfigurationSetEventDestination");
    expect(prod.flat(JSON.stringify(destination?.Properties))).toContain(":event-bus/default");
    for (const { Properties } of prod.ofType("AWS::Events::Rule"))
      expect(Properties["EventBusName"] ?? "default").toBe("default");
  });
});
