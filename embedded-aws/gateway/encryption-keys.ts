import * as z from "zod";
import { localRegion } from "../template/physical-ids.ts";
import type { Template } from "../template/read-template.ts";
import type { Demand } from "./service.ts";

const secretShape = z.object({ KmsKeyId: z.string().optional() });
const tableShape = z.object({
  SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional(),
});

const readingItems = ["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem"];

/** What a service asks KMS for, in the caller's name, when what it is asked for lies under a key of its own. */
function keyActionsOf(action: string): readonly string[] {
  const [service, name = ""] = action.split(":");
  if (service === "dynamodb")
    return readingItems.includes(name)
      ? ["kms:Decrypt"]
      : ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];
  return { GetSecretValue: ["kms:Decrypt"], PutSecretValue: ["kms:GenerateDataKey"] }[name] ?? [];
}

/**
 * The further demands of a demand on a secret or a table that is encrypted under a key of the template. Nothing is
 * encrypted here, but without that grant the call fails on AWS. (S3 here asks for its own keys.)
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export function keysBehind(template: Template): (demand: Demand) => readonly Demand[] {
  const keyArns = new Map(template.ofType("AWS::KMS::Key").map(({ ref, arn }) => [ref, arn]));
  const keys = new Map(
    [
      ...template
        .ofType("AWS::SecretsManager::Secret")
        .map(({ arn, properties }) => [arn, secretShape.parse(properties).KmsKeyId] as const),
      ...template
        .ofType("AWS::DynamoDB::Table")
        .map(
          ({ arn, properties }) =>
            [arn, tableShape.parse(properties).SSESpecification?.KMSMasterKeyId] as const,
        ),
    ].flatMap(([arn, key]) => (key === undefined ? [] : [[arn, keyArns.get(key) ?? key] as const])),
  );
  return ({ action, resource }) => {
    // An index lies under its table's key.
    const key = keys.get(resource.replace(/\/index\/.*$/, ""));
    if (key === undefined) return [];
    const context = { "kms:ViaService": `${action.split(":")[0]}.${localRegion}.amazonaws.com` };
    return keyActionsOf(action).map((keyAction) => ({ action: keyAction, resource: key, context }));
  };
}
