import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../embedded-aws/gateway/authority.ts";
import { judge, type Statement } from "../../../embedded-aws/gateway/policies.ts";
import type { JsonObject } from "../../../embedded-aws/template/json.ts";
import type { Resource, Template } from "../../../embedded-aws/template/read-template.ts";

const allow = (Action: string[], Resource: string[], more: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

describe("a role's policies", () => {
  const object = "arn:aws:s3:::incoming/uploads/a/b.pdf";
  it.each<[string, Statement[], string, string, string]>([
    ["nothing", [], "s3:GetObject", object, "not granted"],
    ["the action on the resource", [allow(["s3:GetObject"], [object])], "s3:GetObject", object, "allowed"],
    ["actions by wildcard, in any case", [allow(["S3:get*"], ["*"])], "s3:GetObject", object, "allowed"],
    [
      "a folder",
      [allow(["s3:GetObject"], ["arn:aws:s3:::incoming/uploads/*"])],
      "s3:GetObject",
      object,
      "allowed",
    ],
    [
      "another folder",
      [allow(["s3:GetObject"], ["arn:aws:s3:::incoming/pages/*"])],
      "s3:GetObject",
      object,
      "not granted",
    ],
    [
      "one character by ?",
      [allow(["s3:GetObject"], ["arn:aws:s3:::incomin?/*"])],
      "s3:GetObject",
      object,
      "allowed",
    ],
    [
      "an ARN that only looks like it",
      [allow(["s3:GetObject"], ["arn:aws:s3:::incoming.uploads/*"])],
      "s3:GetObject",
      object,
      "not granted",
    ],
    ["another action", [allow(["s3:PutObject"], ["*"])], "s3:GetObject", object, "not granted"],
    [
      "everything, but a deny",
      [allow(["*"], ["*"]), { Effect: "Deny", Action: ["s3:*"], Resource: ["*"] }],
      "s3:GetObject",
      object,
      "denied",
    ],
    [
      "all but an action",
      [{ Effect: "Allow", NotAction: ["s3:GetObject"], Resource: ["*"] }],
      "s3:GetObject",
      object,
      "not granted",
    ],
    [
      "all but a resource",
      [{ Effect: "Allow", Action: ["s3:*"], NotResource: ["arn:aws:s3:::archive/*"] }],
      "s3:GetObject",
      object,
      "allowed",
    ],
    [
      "a condition that holds",
      [allow(["*"], ["*"], { Condition: { StringEquals: { "aws:RequestedRegion": ["eu-north-1"] } } })],
      "s3:GetObject",
      object,
      "allowed",
    ],
    [
      "a condition that fails",
      [allow(["*"], ["*"], { Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } } })],
      "s3:GetObject",
      object,
      "not granted",
    ],
    [
      "a condition on a key the request lacks",
      [allow(["*"], ["*"], { Condition: { StringEquals: { "kms:ViaService": ["s3"] } } })],
      "s3:GetObject",
      object,
      "not granted",
    ],
    [
      "a deny of plain HTTP",
      [
        allow(["*"], ["*"]),
        {
          Effect: "Deny",
          Action: ["*"],
          Resource: ["*"],
          Condition: { Bool: { "aws:SecureTransport": ["false"] } },
        },
      ],
      "s3:GetObject",
      object,
      "allowed",
    ],
  ])("with %s", (_what, statements, action, resource, verdict) => {
    expect(judge(statements, { action, resource })).toBe(verdict);
  });
});

function template(...resources: [type: string, logicalId: string, properties: JsonObject][]): Template {
  const all: Resource[] = resources.map(([type, logicalId, properties]) => ({
    stack: "S",
    logicalId,
    type,
    properties,
    ref: logicalId,
    arn: type === "AWS::S3::Bucket" ? `arn:aws:s3:::${logicalId}` : `arn:${logicalId}`,
  }));
  return {
    resources: all,
    ofType: (type) => all.filter((one) => one.type === type),
    assetPath: () => undefined,
  };
}

const role: [string, string, JsonObject] = [
  "AWS::IAM::Role",
  "WebRole",
  { ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"] },
];
const web: [string, string, JsonObject] = ["AWS::Lambda::Function", "Web", { Role: "arn:WebRole" }];
const policy = (statement: JsonObject): [string, string, JsonObject] => [
  "AWS::IAM::Policy",
  "WebPolicy",
  { PolicyDocument: { Version: "2012-10-17", Statement: [statement] }, Roles: ["WebRole"] },
];

describe("who may do what, by the template", () => {
  it("is what the role of the function behind the access key may", () => {
    const authority = createAuthority(
      template(role, web, policy({ Effect: "Allow", Action: "ses:SendRawEmail", Resource: "arn:identity" })),
    );
    const caller = authority.callerOf("AKIALOCALWeb") ?? { accessKeyId: "", principal: "nobody" };
    expect(caller.principal).toBe("WebRole");
    expect(
      authority.refusalOf(caller, [{ action: "ses:SendRawEmail", resource: "arn:identity" }]),
    ).toBeUndefined();
    expect(
      authority.refusalOf(caller, [
        { action: "ses:SendRawEmail", resource: "arn:identity" },
        { action: "ses:SendRawEmail", resource: "arn:configuration-set" },
      ]),
    ).toMatchObject({
      demand: { resource: "arn:configuration-set" },
      message:
        "AKIALOCALWeb is not authorized to perform ses:SendRawEmail on arn:configuration-set: no grant in the role WebRole",
    });
    expect(authority.callerOf("AKIALOCALSomebody")).toBeUndefined();
  });

  it("lets the local control's own key do everything", () => {
    const authority = createAuthority(template());
    const root = authority.callerOf("AKIALOCALROOT") ?? { accessKeyId: "", principal: "nobody" };
    expect(authority.refusalOf(root, [{ action: "s3:GetObject", resource: "*" }])).toBeUndefined();
  });

  it("asks for the encryption key behind a secret, too", () => {
    const secret: [string, string, JsonObject] = ["AWS::SecretsManager::Secret", "Ring", { KmsKeyId: "Key" }];
    const key: [string, string, JsonObject] = ["AWS::KMS::Key", "Key", {}];
    const demands = [{ action: "secretsmanager:GetSecretValue", resource: "arn:Ring" }];
    const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
    const caller = { accessKeyId: "AKIALOCALWeb", principal: "WebRole" };
    const without = createAuthority(template(role, web, secret, key, policy(read)));
    expect(without.refusalOf(caller, demands)).toMatchObject({
      demand: { action: "kms:Decrypt", resource: "arn:Key" },
    });
    const both = policy({ ...read, Action: ["secretsmanager:GetSecretValue", "kms:Decrypt"] });
    expect(
      createAuthority(template(role, web, secret, key, both)).refusalOf(caller, demands),
    ).toBeUndefined();
  });

  it.each<[string, [string, string, JsonObject], string]>([
    [
      "a condition operator",
      policy({
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      }),
      "S / WebRole / its policies: the condition operator IpAddress is not known here",
    ],
    [
      "a condition key",
      policy({
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceVpc": "v" } },
      }),
      "the condition key aws:SourceVpc has no value here",
    ],
    [
      "a part of a statement",
      policy({ Effect: "Allow", Action: "*", Resource: "*", Principal: "*" }),
      "S / WebPolicy / PolicyDocument.Statement",
    ],
    [
      "a managed policy",
      ["AWS::IAM::Role", "WebRole", { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }],
      "S / WebRole / ManagedPolicyArns: arn:aws:iam::aws:policy/AdministratorAccess is not known here",
    ],
  ])("stops the start at %s it cannot judge", (_what, resource, message) => {
    const others = resource[1] === "WebRole" ? [web] : [role, web];
    expect(() => createAuthority(template(...others, resource))).toThrow(message);
  });
});
