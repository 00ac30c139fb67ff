import * as z from "zod";
import { localRegion } from "../template/physical-ids.ts";
import type { Template } from "../template/read-template.ts";
import type { Demand } from "./service.ts";

const secretShape = z.object({ KmsKeyId: z.string().optional() });

/** What Secrets Manager asks KMS for, in the caller's name, when a secret has a key of its own. */
const keyActions: Readonly<Record<string, string>> = {
  "secretsmanager:GetSecretValue": "kms:Decrypt",
  "secretsmanager:PutSecretValue": "kms:GenerateDataKey",
};

/**
 * The further demands of a demand on a secret that is encrypted under a key of the template. Nothing is encrypted
 * here, but without that grant the call fails on AWS. (S3 here asks for its own keys; DynamoDB needs no grant of
 * the caller's, it holds one itself.)
 */
export function keysBehind(template: Template): (demand: Demand) => readonly Demand[] {
  const keyArns = new Map(template.ofType("AWS::KMS::Key").map(({ ref, arn }) => [ref, arn]));
  const keys = new Map(
    template.ofType("AWS::SecretsManager::Secret").flatMap(({ arn, properties }) => {
      const key = secretShape.parse(properties).KmsKeyId;
      return key === undefined ? [] : [[arn, keyArns.get(key) ?? key] as const];
    }),
  );
  return ({ action, resource }) => {
    const [keyAction, key] = [keyActions[action], keys.get(resource)];
    if (keyAction === undefined || key === undefined) return [];
    const context = { "kms:ViaService": `secretsmanager.${localRegion}.amazonaws.com` };
    return [{ action: keyAction, resource: key, context }];
  };
}
