import * as z from "zod";
import { localAccount } from "../template/physical-ids.ts";
import type { Template } from "../template/read-template.ts";
import { judge, type Statement } from "./policies.ts";

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementShape = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([
    z.literal("*").transform(() => ({ AWS: ["*"], Service: ["*"] })),
    z.object({ AWS: oneOrMany.default([]), Service: oneOrMany.default([]) }),
  ]),
  Action: oneOrMany,
  Resource: oneOrMany,
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
});
const documentShape = z.object({ Statement: z.array(statementShape) });
const topicPolicy = z.object({ Topics: z.array(z.string()), PolicyDocument: documentShape });
const topicShape = z.object({ KmsMasterKeyId: z.string().optional() });
const keyShape = z.object({ KeyPolicy: documentShape });

/**
 * Why a service of AWS may not publish to a topic: it signs as no role, so the topic's own policy has to let it in,
 * and the policy of the topic's key as well. Undefined when it may.
 *
 * @param from the ARN of what makes it publish: an alarm
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function whyMayNotPublish(
  template: Template,
  { service, topicArn, from }: { service: string; topicArn: string; from: string },
): string | undefined {
  const context = { "aws:SourceAccount": localAccount, "aws:SourceArn": from };
  const may = (document: z.infer<typeof documentShape>[], action: string, resource: string) =>
    judge(statementsFor(service, document), { action, resource, context }) === "allowed";

  const policies = template
    .ofType("AWS::SNS::TopicPolicy")
    .map(({ properties }) => topicPolicy.parse(properties))
    .filter(({ Topics }) => Topics.includes(topicArn))
    .map(({ PolicyDocument }) => PolicyDocument);
  // Without a policy a topic has the one that SNS gives it, and that lets the account's own alarms in.
  if (policies.length > 0 && !may(policies, "sns:Publish", topicArn))
    return `the policy of ${topicArn} does not let ${service} publish`;

  const topic = template.ofType("AWS::SNS::Topic").find(({ arn }) => arn === topicArn);
  const keyId = topicShape.parse(topic?.properties ?? {}).KmsMasterKeyId;
  if (keyId === undefined) return undefined;
  const key = template.ofType("AWS::KMS::Key").find(({ arn, ref }) => [arn, ref].includes(keyId));
  if (key === undefined) return `the key ${keyId} lets nobody in but its own account`;
  const { KeyPolicy } = keyShape.parse(key.properties);
  const missing = ["kms:Decrypt", "kms:GenerateDataKey"].find((action) => !may([KeyPolicy], action, key.arn));
  return missing && `the policy of the topic's key does not let ${service} do ${missing}`;
}

function statementsFor(service: string, documents: readonly z.infer<typeof documentShape>[]): Statement[] {
  return documents.flatMap(({ Statement }) =>
    Statement.filter(({ Principal }) => Principal.Service.some((one) => one === "*" || one === service)).map(
      ({ Principal: _, ...statement }) => statement,
    ),
  );
}
