import * as z from "zod";
import type { FunctionDefinition } from "../lambda/function-definition.ts";
import { isObject, type Json } from "../template/json.ts";
import { streamArnOf } from "../template/physical-ids.ts";
import type { Resource, Template } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";
import type { Authority } from "./authority.ts";
import type { Demand } from "./service.ts";

const permissionShape = z.object({ Action: z.string(), FunctionName: z.string(), Principal: z.string() });
const ruleShape = z.object({ Targets: z.array(z.object({ Arn: z.string() })).default([]) });
const scheduleShape = z.object({ Target: z.object({ Arn: z.string(), RoleArn: z.string() }) });
const pipeShape = z.object({
  RoleArn: z.string(),
  Source: z.string(),
  Target: z.string(),
  SourceParameters: z.object({
    DynamoDBStreamParameters: z.object({ DeadLetterConfig: z.object({ Arn: z.string() }).optional() }),
  }),
});
const mappingShape = z.object({ EventSourceArn: z.string(), FunctionName: z.string() });
const encryptedTable = z.object({
  SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional(),
});
const integrationShape = z.object({ IntegrationUri: z.string() });
const stateMachineShape = z.object({ RoleArn: z.string(), DefinitionString: z.string() });

/**
 * What the services call by themselves (workflows, pipes, rules, schedules, the API, Lambda's
 * reading of queues and its onFailure) goes through
 * no gateway. Whether the template lets them is the same every time, so it is looked at once, at the start.
 * @returns an error for each grant that is missing.
 */
export function missingStandingGrants(
  template: Template,
  functions: readonly FunctionDefinition[],
  authority: Authority,
): TemplateError[] {
  const functionArns = new Set(functions.map(({ arn }) => arn));
  const permissions = template
    .ofType("AWS::Lambda::Permission")
    .map(({ properties }) => permissionShape.parse(properties));

  const byPermission = (resource: Resource, functionArn: string, principal: string): TemplateError[] => {
    if (!functionArns.has(functionArn)) return [];
    const { name } = functions.find(({ arn }) => arn === functionArn) ?? { name: "" };
    const given = permissions.some(
      ({ Action, FunctionName, Principal }) =>
        Action === "lambda:InvokeFunction" &&
        Principal === principal &&
        (FunctionName === functionArn || FunctionName === name),
    );
    return given ? [] : [missing(resource, `${principal} lacks an AWS::Lambda::Permission on ${name}`)];
  };
  const byRole = (resource: Resource, roleArn: string, action: string, target: string): TemplateError[] => {
    const refusal = authority.refusalOfRole(roleArn, [{ action, resource: target }]);
    return refusal === undefined ? [] : [missing(resource, refusal.message)];
  };

  return [
    ...template
      .ofType("AWS::Events::Rule")
      .flatMap((rule) =>
        ruleShape
          .parse(rule.properties)
          .Targets.flatMap(({ Arn }) => byPermission(rule, Arn, "events.amazonaws.com")),
      ),
    ...template
      .ofType("AWS::ApiGatewayV2::Integration")
      .flatMap((integration) =>
        byPermission(
          integration,
          integrationShape.parse(integration.properties).IntegrationUri,
          "apigateway.amazonaws.com",
        ),
      ),
    ...template.ofType("AWS::Scheduler::Schedule").flatMap((schedule) => {
      const { Target } = scheduleShape.parse(schedule.properties);
      return functionArns.has(Target.Arn)
        ? byRole(schedule, Target.RoleArn, "lambda:InvokeFunction", Target.Arn)
        : [];
    }),
    ...template.ofType("AWS::Pipes::Pipe").flatMap((pipe) => {
      const { RoleArn, Source, Target, SourceParameters } = pipeShape.parse(pipe.properties);
      const deadLetter = SourceParameters.DynamoDBStreamParameters.DeadLetterConfig?.Arn;
      return [
        ...readingOf(Source, template),
        { action: "sqs:SendMessage", resource: Target },
        ...(deadLetter === undefined ? [] : [{ action: "sqs:SendMessage", resource: deadLetter }]),
      ].flatMap(({ action, resource }) => byRole(pipe, RoleArn, action, resource));
    }),
    ...template.ofType("AWS::Lambda::EventSourceMapping").flatMap((mapping) => {
      const { EventSourceArn, FunctionName } = mappingShape.parse(mapping.properties);
      const fn = functions.find(({ name, arn }) => name === FunctionName || arn === FunctionName);
      if (!fn) return [missing(mapping, `there is no function ${FunctionName}`)];
      return QUEUE_ACTIONS.flatMap((action) => byRole(mapping, fn.roleArn, action, EventSourceArn));
    }),
    ...template.ofType("AWS::StepFunctions::StateMachine").flatMap((machine) => {
      const { RoleArn, DefinitionString } = stateMachineShape.parse(machine.properties);
      const invoked = [...new Set(functionsIn(JSON.parse(DefinitionString) as Json))];
      return invoked.flatMap((arn) => byRole(machine, RoleArn, "lambda:InvokeFunction", arn));
    }),
    ...functions.flatMap(({ logicalId, roleArn, asyncPolicy }) => {
      const resource = template.ofType("AWS::Lambda::Function").find((one) => one.logicalId === logicalId);
      return resource === undefined || asyncPolicy.onFailure === undefined
        ? []
        : byRole(resource, roleArn, "sqs:SendMessage", asyncPolicy.onFailure);
    }),
  ];
}

/** What Lambda needs to empty a queue. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const QUEUE_ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/** What a pipe needs to read a stream: the table's own key too, where it has one. */
function readingOf(streamArn: string, template: Template): Demand[] {
  const table = [
    ...template.ofType("AWS::DynamoDB::Table"),
    ...template.ofType("AWS::DynamoDB::GlobalTable"),
  ].find(({ arn }) => streamArnOf(arn) === streamArn);
  const key = encryptedTable.parse(table?.properties ?? {}).SSESpecification?.KMSMasterKeyId;
  const keyArn = template.ofType("AWS::KMS::Key").find(({ ref, arn }) => ref === key || arn === key)?.arn;
  return [
    ...["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map((action) => ({
      action: `dynamodb:${action}`,
      resource: streamArn,
    })),
    ...(keyArn === undefined ? [] : [{ action: "kms:Decrypt", resource: keyArn }]),
  ];
}

/** Every function a definition names, in whatever state or branch. */
function functionsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(functionsIn);
  if (isObject(value)) return Object.values(value).flatMap(functionsIn);
  return typeof value === "string" && value.startsWith("arn:aws:lambda:")
    ? [value.replace(/:\$LATEST$/, "")]
    : [];
}

function missing({ stack, logicalId }: Resource, message: string): TemplateError {
  return new TemplateError({ stack, logicalId, property: "" }, message);
}
