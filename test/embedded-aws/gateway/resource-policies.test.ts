import { describe, expect, it } from "vitest";
import { unknownDenials } from "../../../embedded-aws/gateway/resource-policies.ts";
import type { JsonObject } from "../../../embedded-aws/template/json.ts";
import type { Template } from "../../../embedded-aws/template/read-template.ts";

function denialsOf(type: string, properties: JsonObject): string[] {
  const template: Template = {
    resources: [],
    ofType: (asked) =>
      asked === type ? [{ stack: "S", logicalId: "L", type, properties, ref: "l", arn: "arn:l" }] : [],
    assetPath: () => undefined,
  };
  return unknownDenials(template).map(({ message }) => message);
}

const plainHttp = { Bool: { "aws:SecureTransport": "false" } };

describe("a resource's own policy", () => {
  it.each<[string, JsonObject]>([
    ["allows", { Effect: "Allow", Action: "*" }],
    ["denies plain HTTP", { Effect: "Deny", Action: "*", Condition: plainHttp }],
    ["denies old TLS", { Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }],
  ])("may be left to the roles when it %s", (_what, statement) => {
    expect(denialsOf("AWS::S3::BucketPolicy", { PolicyDocument: { Statement: [statement] } })).toEqual([]);
  });

  it.each<[string, string, string, JsonObject]>([
    [
      "a bucket's denies outright",
      "AWS::S3::BucketPolicy",
      "PolicyDocument",
      { Effect: "Deny", Action: "s3:DeleteObject" },
    ],
    [
      "a queue's denies others",
      "AWS::SQS::QueuePolicy",
      "PolicyDocument",
      { Effect: "Deny", Condition: { StringNotEquals: { "aws:PrincipalAccount": "1" } } },
    ],
    [
      "a key's denies more than plain HTTP",
      "AWS::KMS::Key",
      "KeyPolicy",
      { Effect: "Deny", Condition: { ...plainHttp, StringEquals: {} } },
    ],
  ])("stops the start when %s", (_what, type, property, statement) => {
    expect(denialsOf(type, { [property]: { Statement: [statement] } })).toEqual([
      `S / L / ${property}.Statement.0: a Deny of anything but plain HTTP is not known here`,
    ]);
  });
});
