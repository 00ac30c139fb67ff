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
const policy = (role: string, statement: JsonObject, id = `${role}Policy`): Entry => [
  "AWS::IAM::Policy",
  id,
  { PolicyDocument: { Statement: [statement] }, Roles: [role] },
];
const permission = (Principal: string): Entry => [
  "AWS::Lambda::Permission",
  Principal,
  { Action: "lambda:InvokeFunction", FunctionName: functionArn, Principal },
];
const tableArn = "arn:aws:dynamodb:eu-north-1:000000000000:table/register";
const streamArn = `${tableArn}/stream/local`;
const keyArn = "arn:aws:kms:eu-north-1:000000000000:key/k";
const freshArn = "arn:aws:sqs:eu-north-1:000000000000:fresh.fifo";
const asideArn = "arn:aws:sqs:eu-north-1:000000000000:aside";
const allow = (resource: string, ...actions: string[]): JsonObject => ({
  Effect: "Allow",
  Action: actions,
  Resource: resource,
});
const READ_STREAM = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map(
  (action) => `dynamodb:${action}`,
);
const EMPTY_QUEUE = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map(
  (action) => `sqs:${action}`,
);
const definition = { StartAt: "A", States: { A: { Type: "Task", Resource: functionArn, End: true } } };

type Entry = [type: string, logicalId: string, properties: JsonObject];
const complete: Entry[] = [
  ["AWS::IAM::Role", "WorkRole", {}],
  ["AWS::IAM::Role", "MachineRole", {}],
  ["AWS::IAM::Role", "ScheduleRole", {}],
  ["AWS::IAM::Role", "PipeRole", {}],
  ["AWS::KMS::Key", "Key", {}],
  ["AWS::DynamoDB::Table", "Table", { SSESpecification: { KMSMasterKeyId: keyArn } }],
  [
    "AWS::Pipes::Pipe",
    "Pipe",
    {
      RoleArn: "arn:PipeRole",
      Source: streamArn,
      SourceParameters: { DynamoDBStreamParameters: { DeadLetterConfig: { Arn: asideArn } } },
      Target: freshArn,
    },
  ],
  ["AWS::Lambda::EventSourceMapping", "Mapping", { EventSourceArn: freshArn, FunctionName: "work" }],
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
  policy("PipeRole", allow(streamArn, ...READ_STREAM), "ReadStream"),
  policy("PipeRole", allow(keyArn, "kms:Decrypt"), "UseKey"),
  policy("PipeRole", allow(freshArn, "sqs:SendMessage"), "SendFresh"),
  policy("PipeRole", allow(asideArn, "sqs:SendMessage"), "SendAside"),
  policy("WorkRole", allow(freshArn, ...EMPTY_QUEUE), "EmptyQueue"),
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
    arn: { Work: functionArn, Table: tableArn, Key: keyArn }[logicalId] ?? `arn:${logicalId}`,
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

  it.each([
    [
      "a pipe's role without its stream",
      "ReadStream",
      READ_STREAM.map((action) => `${action} on ${streamArn}`),
    ],
    ["a pipe's role without the key of its stream", "UseKey", [`kms:Decrypt on ${keyArn}`]],
    ["a pipe's role without its queue", "SendFresh", [`sqs:SendMessage on ${freshArn}`]],
    ["a pipe's role without its dead letters", "SendAside", [`sqs:SendMessage on ${asideArn}`]],
    [
      "a function's role without the queue it empties",
      "EmptyQueue",
      EMPTY_QUEUE.map((one) => `${one} on ${freshArn}`),
    ],
  ])("stops the start with every action that is missing: %s", (_what, left, missing) => {
    const found = missingIn(complete.filter(([, logicalId]) => logicalId !== left));
    expect(found).toEqual(missing.map((one) => expect.stringContaining(`not authorized to perform ${one}`)));
  });
});
