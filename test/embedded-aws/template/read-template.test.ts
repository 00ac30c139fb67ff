import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inertParts } from "../../../embedded-aws/template/check-understood.ts";
import { readTemplate } from "../../../embedded-aws/template/read-template.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "template-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Stack {
  Resources?: object;
  Outputs?: object;
  Conditions?: object;
  Parameters?: object;
}

function read(stacks: Record<string, Stack>) {
  const artifacts = Object.fromEntries(
    Object.keys(stacks).map((name) => [
      name,
      { type: "aws:cloudformation:stack", properties: { templateFile: `${name}.json` } },
    ]),
  );
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ artifacts }));
  for (const [name, stack] of Object.entries(stacks))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(stack));
  return readTemplate(folder, { baseUrl: "http://127.0.0.1:3000" });
}

describe("the synthesized template", () => {
  it("is one set of resources, with what one stack exports and another imports", () => {
    const template = read({
      Data: {
        Resources: { Uploads: { Type: "AWS::S3::Bucket", Properties: {} } },
        Outputs: {
          Out: {
            Value: { "Fn::GetAtt": ["Uploads", "Arn"] },
            Export: { Name: { "Fn::Join": [":", [{ Ref: "AWS::StackName" }, "Arn"]] } },
          },
        },
      },
      App: {
        Resources: {
          Queue: {
            Type: "AWS::SQS::Queue",
            Properties: { QueueName: { "Fn::Join": ["-", ["q", { Ref: "AWS::Region" }]] } },
          },
          Secret: {
            Type: "AWS::SecretsManager::Secret",
            Properties: { Name: { "Fn::ImportValue": "Data:Arn" } },
          },
          Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } },
          Rule: { Type: "AWS::Events::Rule", Properties: { Name: { "Fn::GetAtt": ["Queue", "Arn"] } } },
          Other: {
            Type: "AWS::Events::Rule",
            Properties: { Name: { "Fn::GetAtt": ["Api", "ApiEndpoint"] } },
          },
        },
      },
    });
    const [rule, other] = template.ofType("AWS::Events::Rule");
    expect(template.ofType("AWS::S3::Bucket")[0]).toMatchObject({
      ref: "data-uploads",
      arn: "arn:aws:s3:::data-uploads",
    });
    expect(template.ofType("AWS::SecretsManager::Secret")[0]?.properties).toEqual({
      Name: "arn:aws:s3:::data-uploads",
    });
    expect(rule?.properties).toEqual({ Name: "arn:aws:sqs:eu-north-1:000000000000:q-eu-north-1" });
    expect(other?.properties).toEqual({ Name: "http://127.0.0.1:3000" });
  });

  it("leaves out what its conditions leave out", () => {
    const template = read({
      App: {
        Parameters: { Stage: { Type: "String", Default: "dev" } },
        Conditions: { Prod: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] } },
        Resources: { Queue: { Type: "AWS::SQS::Queue", Condition: "Prod" } },
      },
    });
    expect(template.resources).toEqual([]);
  });

  it("names every resource of a type that nothing here knows, whoever refers to it", () => {
    const Cache = { Type: "AWS::ElastiCache::CacheCluster" };
    const Rule = { Type: "AWS::Events::Rule", Properties: { Name: { Ref: "Cache" } } };
    expect(() => read({ App: { Resources: { Cache, Rule } } })).toThrow(
      "App / Cache: resources of type AWS::ElastiCache::CacheCluster are not known here",
    );
  });

  it("names every stack, resource and property that nothing here knows, all at once", () => {
    const resources = {
      Table: {
        Type: "AWS::DynamoDB::Table",
        Properties: { KinesisStreamSpecification: { StreamArn: "KEYS_ONLY" } },
      },
      Bucket: {
        Type: "AWS::S3::Bucket",
        Properties: {
          NotificationConfiguration: { EventBridgeConfiguration: {}, LambdaConfigurations: [] },
        },
      },
    };
    let message = "";
    try {
      read({ App: { Resources: resources } });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain("App / Table / KinesisStreamSpecification: is not known here");
    expect(message).toContain(
      "App / Bucket / NotificationConfiguration.LambdaConfigurations: is not known here",
    );
    expect(message).not.toContain("EventBridgeConfiguration");
  });

  it.each([
    ["a reference to nothing", { Ref: "Gone" }, "nothing in the stack is named Gone"],
    ["an import nobody exports", { "Fn::ImportValue": "x" }, "no stack exports x"],
    ["an attribute nothing has", { "Fn::GetAtt": ["Q", "Colour"] }, "Q has no attribute Colour"],
  ])("with %s stops the start", (_what, value, message) => {
    expect(() =>
      read({
        App: {
          Resources: {
            Q: { Type: "AWS::SQS::Queue" },
            Rule: { Type: "AWS::Events::Rule", Properties: { Description: value } },
          },
        },
      }),
    ).toThrow(message);
  });
});

describe("what the local world leaves be", () => {
  it("says why, for each", () => {
    for (const { type, property, because } of inertParts())
      expect(because.length, `${type} ${property}`).toBeGreaterThan(10);
  });
});
