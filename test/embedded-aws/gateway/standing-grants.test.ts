import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../embedded-aws/gateway/authority.ts";
import { missingStandingGrants } from "../../../embedded-aws/gateway/standing-grants.ts";
import type { FunctionDefinition } from "../../../embedded-aws/lambda/function-definition.ts";
import type { JsonObject } from "../../../embedded-aws/template/json.ts";
import type { Resource, Template } from "../../../embedded-aws/template/read-template.ts";

const functionArn = "arn:aws:lambda:eu-north-1:000000000000:function:work";
const queueArn = "arn:aws:sqs:eu-north-1:000000000000:dead";
const work: FunctionDefinition = {
  logicalId: "Work",
  name: "work",
  arn: functionArn,
  label: "work",
  roleArn: "arn:WorkRole",
  file: "/dev/null",
  exportName: "handler",
  timeoutSeconds: 1,
  memoryMb: 128,
  reservedConcurrency: undefined,
  variables: {},
  asyncPolicy: { retries: 2, maxAgeSeconds: 1, onFailure: queueArn },
};

const mayInvoke: JsonObject = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn };
const maySend: JsonObject = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn };
const policy = (role: string, statement: JsonObject): Entry => [
  "AWS::IAM::Policy",
  `${role}Policy`,
  { PolicyDocument: { Statement: [statement] }, Roles: [role] },
];
const permission = (Principal: string): Entry => [
  "AWS::Lambda::Permission",
  Principal,
  { Action: "lambda:InvokeFunction", FunctionName: functionArn, Principal },
];
const definition = { StartAt: "A", States: { A: { Type: "Task", Resource: functionArn, End: true } } };

type Entry = [type: string, logicalId: string, properties: JsonObject];
const complete: Entry[] = [
  ["AWS::IAM::Role", "WorkRole", {}],
  ["AWS::IAM::Role", "MachineRole", {}],
  ["AWS::IAM::Role", "ScheduleRole", {}],
  ["AWS::Lambda::Function", "Work", { Role: "arn:WorkRole" }],
  [
    "AWS::StepFunctions::StateMachine",
    "Machine",
    { RoleArn: "arn:MachineRole", DefinitionString: JSON.stringify(definition) },
  ],
  ["AWS::Scheduler::Schedule", "Daily", { Target: { Arn: functionArn, RoleArn: "arn:ScheduleRole" } }],
  ["AWS::Events::Rule", "OnUpload", { Targets: [{ Arn: functionArn }] }],
  ["AWS::ApiGatewayV2::Integration", "Web", { IntegrationUri: functionArn }],
  policy("WorkRole", maySend),
  policy("MachineRole", mayInvoke),
  policy("ScheduleRole", mayInvoke),
  permission("events.amazonaws.com"),
  permission("apigateway.amazonaws.com"),
];

function missingIn(entries: Entry[]): string[] {
  const resources: Resource[] = entries.map(([type, logicalId, properties]) => ({
    stack: "S",
    logicalId,
    type,
    properties,
    ref: logicalId,
    arn: logicalId === "Work" ? functionArn : `arn:${logicalId}`,
  }));
  const template: Template = {
    resources,
    ofType: (type) => resources.filter((one) => one.type === type),
    assetPath: () => undefined,
  };
  return missingStandingGrants(template, [work], createAuthority(template)).map(({ message }) => message);
}

describe("what services call by themselves", () => {
  it("is allowed by a complete template", () => {
    expect(missingIn(complete)).toEqual([]);
  });

  it.each([
    [
      "a workflow's role without its function",
      "MachineRolePolicy",
      "S / Machine: arn:MachineRole is not authorized to perform lambda:InvokeFunction",
    ],
    [
      "a schedule's role without its function",
      "ScheduleRolePolicy",
      "S / Daily: arn:ScheduleRole is not authorized",
    ],
    [
      "a function's role without its dead letters",
      "WorkRolePolicy",
      "S / Work: arn:WorkRole is not authorized to perform sqs:SendMessage",
    ],
    [
      "a rule without permission",
      "events.amazonaws.com",
      "S / OnUpload: events.amazonaws.com lacks an AWS::Lambda::Permission on work",
    ],
    [
      "an API without permission",
      "apigateway.amazonaws.com",
      "S / Web: apigateway.amazonaws.com lacks an AWS::Lambda::Permission on work",
    ],
  ])("stops the start where a grant is missing: %s", (_what, left, message) => {
    expect(missingIn(complete.filter(([, logicalId]) => logicalId !== left))).toEqual([
      expect.stringContaining(message),
    ]);
  });
});
