import * as z from "zod";
import { localRegion } from "../template/physical-ids.ts";
import type { Template } from "../template/read-template.ts";
import type { Demand } from "./service.ts";

const bucketShape = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({
          ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }).optional(),
        }),
      ),
    })
    .optional(),
});
const secretShape = z.object({ KmsKeyId: z.string().optional() });

/** What S3 and Secrets Manager ask KMS for, in the caller's name, when a resource has a key of its own. */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  "s3:GetObject": ["kms:Decrypt"],
  "s3:GetObjectVersion": ["kms:Decrypt"],
  "s3:PutObject": ["kms:GenerateDataKey"],
  "secretsmanager:GetSecretValue": ["kms:Decrypt"],
  "secretsmanager:PutSecretValue": ["kms:GenerateDataKey"],
};

/**
 * The further demands of a demand on something that is encrypted under a key of the template. Nothing is encrypted
 * here, but without that grant the call fails on AWS. (DynamoDB asks KMS in its own name, by a grant it holds.)
 */
export function keysBehind(template: Template): (demand: Demand) => readonly Demand[] {
  const keyArns = new Map(
    template.ofType("AWS::KMS::Key").flatMap(
      ({ ref, arn }) =>
        [
          [ref, arn],
          [arn, arn],
        ] as const,
    ),
  );
  const keys = new Map<string, string>();
  for (const { arn, properties } of template.ofType("AWS::S3::Bucket")) {
    const rules = bucketShape.parse(properties).BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    for (const { ServerSideEncryptionByDefault } of rules)
      remember(arn, ServerSideEncryptionByDefault?.KMSMasterKeyID);
  }
  for (const { arn, properties } of template.ofType("AWS::SecretsManager::Secret"))
    remember(arn, secretShape.parse(properties).KmsKeyId);

  function remember(arn: string, key: string | undefined): void {
    const keyArn = key === undefined ? undefined : keyArns.get(key);
    if (keyArn !== undefined) keys.set(arn, keyArn);
  }

  return ({ action, resource }) => {
    const key = keys.get(resource) ?? keys.get(resource.slice(0, Math.max(0, resource.indexOf("/"))));
    if (key === undefined) return [];
    const context = { "kms:ViaService": `${action.split(":")[0]}.${localRegion}.amazonaws.com` };
    return (keyActions[action] ?? []).map((keyAction) => ({ action: keyAction, resource: key, context }));
  };
}
