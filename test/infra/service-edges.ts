import * as z from "zod";
import type { Assembly, Resource } from "./cloud-assembly.ts";
import { rightsOf, type Statement, statementsOf } from "./cloud-assembly.ts";

/** A service that acts on a resource by itself: it signs as no role, or as one that the template gives it. */
export interface Edge {
  /** Who acts, for the reader: `AWS::CloudWatch::Alarm Alarmsheartbeat…`. */
  from: string;
  action: string;
  /** Written out as `Assembly.flat` does. */
  on: string;
  allowedBy: "the resource's own policy" | "a role" | "a permission on the function" | "its key's policy";
  isAllowed: boolean;
}

const arn = z.object({ Arn: z.unknown(), RoleArn: z.unknown().optional() });
const target = arn.extend({ DeadLetterConfig: arn.optional() });
const trust = z.object({
  Statement: z.array(z.object({ Effect: z.string(), Principal: z.object({ Service: z.unknown() }) })),
});

/** Every edge of the template between a service and a resource. */
export function edgesOf(assembly: Assembly): Edge[] {
  const { ofType, flat } = assembly;
  const resourceAt = (reference: string) =>
    assembly.all.find(({ id }) => reference === `<${id}>` || reference.startsWith(`<${id}.`));
  const roleAt = (reference: unknown) => resourceAt(flat(reference));

  const byPolicy = (from: Resource, service: string, action: string, on: string): Edge[] => {
    const resource = resourceAt(on);
    if (resource === undefined) throw new Error(`${from.id} acts on ${on}, which is not in the template`);
    return [
      edge(from, action, on, "the resource's own policy", policyOf(assembly, resource, service, action)),
      ...keyEdges(assembly, from, service, resource),
    ];
  };
  const byRole = (from: Resource, service: string, roleArn: unknown, action: string, on: string): Edge => {
    const role = roleAt(roleArn);
    const may = role && trusts(role, service) && allows(rightsOf(role, assembly), action, on);
    return edge(from, action, on, "a role", may === true);
  };
  const byPermission = (from: Resource, service: string, on: string): Edge => {
    const fn = resourceAt(on);
    const given = ofType("AWS::Lambda::Permission").some(
      ({ Properties }) =>
        Properties["Action"] === "lambda:InvokeFunction" &&
        Properties["Principal"] === service &&
        resourceAt(flat(Properties["FunctionName"])) === fn,
    );
    return edge(from, "lambda:InvokeFunction", on, "a permission on the function", given);
  };

  const ofAlarms = ofType("AWS::CloudWatch::Alarm").flatMap((alarm) =>
    z
      .array(z.unknown())
      .parse(alarm.Properties["AlarmActions"])
      .flatMap((topic) => byPolicy(alarm, "cloudwatch.amazonaws.com", "sns:Publish", flat(topic))),
  );
  const ofRules = ofType("AWS::Events::Rule").flatMap((rule) =>
    z
      .array(target)
      .parse(rule.Properties["Targets"] ?? [])
      .flatMap(({ Arn, RoleArn, DeadLetterConfig }) => {
        const [service, on] = ["events.amazonaws.com", flat(Arn)];
        const type = resourceAt(on)?.Type ?? on;
        const [, actionOnPolicy = ""] =
          [
            ["AWS::SQS::Queue", "sqs:SendMessage"],
            ["AWS::SNS::Topic", "sns:Publish"],
          ].find(([known]) => known === type) ?? [];
        return [
          ...(type === "AWS::Lambda::Function" ? [byPermission(rule, service, on)] : []),
          ...(actionOnPolicy === "" ? [] : byPolicy(rule, service, actionOnPolicy, on)),
          ...(type === "AWS::StepFunctions::StateMachine"
            ? [byRole(rule, service, RoleArn, "states:StartExecution", on)]
            : []),
          ...(DeadLetterConfig ? byPolicy(rule, service, "sqs:SendMessage", flat(DeadLetterConfig.Arn)) : []),
        ];
      }),
  );
  const ofSchedules = ofType("AWS::Scheduler::Schedule").flatMap((schedule) => {
    const { Arn, RoleArn, DeadLetterConfig } = target.parse(schedule.Properties["Target"]);
    const as = (action: string, on: unknown) =>
      byRole(schedule, "scheduler.amazonaws.com", RoleArn, action, flat(on));
    return [
      as("lambda:InvokeFunction", Arn),
      ...(DeadLetterConfig ? [as("sqs:SendMessage", DeadLetterConfig.Arn)] : []),
    ];
  });
  const ofFunctions = ofType("AWS::Lambda::EventInvokeConfig").flatMap((config) => {
    const fn = resourceAt(flat(config.Properties["FunctionName"]));
    const { OnFailure } = z
      .object({ OnFailure: z.object({ Destination: z.unknown() }) })
      .parse(config.Properties["DestinationConfig"]);
    const queue = flat(OnFailure.Destination);
    return [byRole(config, "lambda.amazonaws.com", fn?.Properties["Role"], "sqs:SendMessage", queue)];
  });
  const ofMappings = ofType("AWS::Lambda::EventSourceMapping").flatMap((mapping) => {
    const fn = resourceAt(flat(mapping.Properties["FunctionName"]));
    const queue = flat(mapping.Properties["EventSourceArn"]);
    return ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map((action) =>
      byRole(mapping, "lambda.amazonaws.com", fn?.Properties["Role"], action, queue),
    );
  });
  const ofPipes = ofType("AWS::Pipes::Pipe").flatMap((pipe) => {
    const { RoleArn, Source, Target } = pipe.Properties;
    const as = (action: string, on: string) => byRole(pipe, "pipes.amazonaws.com", RoleArn, action, on);
    const dead = [
      ...JSON.stringify(pipe.Properties["SourceParameters"] ?? {}).matchAll(/"Fn::GetAtt":\["(\w+)"/g),
    ];
    return [
      ...["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"].map((action) =>
        as(action, flat(Source)),
      ),
      as("sqs:SendMessage", flat(Target)),
      ...dead.map(([, queue]) => as("sqs:SendMessage", `<${queue}.Arn>`)),
    ];
  });
  const ofWorkflows = ofType("AWS::StepFunctions::StateMachine").flatMap((machine) => {
    const definition = flat(machine.Properties["DefinitionString"]);
    const invoked = new Set(definition.match(/<\w+\.Arn>/g));
    const functions = [...invoked].filter((on) => resourceAt(on)?.Type === "AWS::Lambda::Function");
    const as = (action: string, on: string) =>
      byRole(machine, "states.amazonaws.com", machine.Properties["RoleArn"], action, on);
    const logs = machine.Properties["LoggingConfiguration"] === undefined ? [] : ["logs:CreateLogDelivery"];
    return [
      ...functions.map((on) => as("lambda:InvokeFunction", on)),
      ...logs.map((action) => as(action, "*")),
    ];
  });
  const ofRoutes = ofType("AWS::ApiGatewayV2::Integration").map((integration) =>
    byPermission(integration, "apigateway.amazonaws.com", flat(integration.Properties["IntegrationUri"])),
  );
  const ofScans = ofType("AWS::GuardDuty::MalwareProtectionPlan").flatMap((plan) => {
    const { S3Bucket } = z
      .object({ S3Bucket: z.object({ BucketName: z.unknown() }) })
      .parse(plan.Properties["ProtectedResource"]);
    const bucket = resourceAt(flat(S3Bucket.BucketName));
    const as = (action: string, on: string) =>
      byRole(plan, "malware-protection-plan.guardduty.amazonaws.com", plan.Properties["Role"], action, on);
    const key = /<\w+\.Arn>/.exec(flatDeep(bucket?.Properties["BucketEncryption"], flat))?.[0];
    return [
      ...["s3:GetObject", "s3:GetObjectVersion", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"].map(
        (action) => as(action, `<${bucket?.id}.Arn>/uploads/*`),
      ),
      as("s3:PutBucketNotification", `<${bucket?.id}.Arn>`),
      ...(key ? ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => as(action, key)) : []),
    ];
  });
  return [
    ...[ofAlarms, ofRules, ofSchedules, ofFunctions, ofMappings, ofPipes],
    ...[ofWorkflows, ofRoutes, ofScans],
  ].flat();
}

const POLICY_TYPES: Readonly<Record<string, { type: string; names: string }>> = {
  "AWS::SQS::Queue": { type: "AWS::SQS::QueuePolicy", names: "Queues" },
  "AWS::SNS::Topic": { type: "AWS::SNS::TopicPolicy", names: "Topics" },
};

function policyOf(assembly: Assembly, resource: Resource, service: string, action: string): boolean {
  const { type, names } = POLICY_TYPES[resource.Type] ?? { type: "", names: "" };
  const isOn = (reference: unknown) =>
    [`<${resource.id}>`, `<${resource.id}.TopicArn>`].includes(assembly.flat(reference));
  const statements = assembly
    .ofType(type)
    .filter(({ Properties }) => z.array(z.unknown()).parse(Properties[names]).some(isOn))
    .flatMap(({ Properties }) => statementsOf(Properties["PolicyDocument"], assembly.flat));
  return statements.some(
    ({ effect, actions, principal }) =>
      effect === "Allow" &&
      actions.some((one) => one === action || one === "sqs:*") &&
      isFor(principal, service),
  );
}

/** A resource under a key of ours is closed to a service that the key's own policy doesn't let in. */
function keyEdges(assembly: Assembly, from: Resource, service: string, resource: Resource): Edge[] {
  const keyId = resource.Properties["KmsMasterKeyId"];
  if (keyId === undefined) return [];
  const reference = assembly.flat(keyId);
  const key = assembly.ofType("AWS::KMS::Key").find(({ id }) => reference.startsWith(`<${id}`));
  const statements = key ? statementsOf(key.Properties["KeyPolicy"], assembly.flat) : [];
  return ["kms:Decrypt", "kms:GenerateDataKey"].map((action) =>
    edge(
      from,
      action,
      reference,
      "its key's policy",
      statements.some(
        ({ effect, actions, principal }) =>
          effect === "Allow" && isFor(principal, service) && actions.some((one) => matches(one, action)),
      ),
    ),
  );
}

function isFor(principal: unknown, service: string): boolean {
  const read = z.object({ Service: z.union([z.string(), z.array(z.string())]) }).safeParse(principal);
  return read.success && [read.data.Service].flat().includes(service);
}

function trusts({ Properties }: Resource, service: string): boolean {
  const { Statement } = trust.parse(Properties["AssumeRolePolicyDocument"]);
  return Statement.some(({ Effect, Principal }) => Effect === "Allow" && Principal.Service === service);
}

function allows(statements: readonly Statement[], action: string, on: string): boolean {
  return statements.some(
    ({ effect, actions, resources }) =>
      effect === "Allow" &&
      actions.some((one) => matches(one, action)) &&
      resources.some((one) => matches(one, on)),
  );
}

function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  return pattern.endsWith("*") && text.startsWith(pattern.slice(0, -1));
}

function edge(
  from: Resource,
  action: string,
  on: string,
  allowedBy: Edge["allowedBy"],
  isAllowed: boolean,
): Edge {
  return { from: `${from.Type} ${from.id}`, action, on, allowedBy, isAllowed };
}

function flatDeep(value: unknown, flat: Assembly["flat"]): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && /^(Ref|Fn::)/.test(Object.keys(inner)[0] ?? "")
      ? flat(inner)
      : inner,
  );
}
