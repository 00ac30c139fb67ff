import * as z from "zod";
import type { Template } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";

const documentShape = z.object({
  Statement: z.array(
    z.looseObject({
      Effect: z.enum(["Allow", "Deny"]),
      Condition: z.record(z.string(), z.json()).optional(),
    }),
  ),
});

/** Where each type of resource keeps the policy of its own. */
const policyProperties: Readonly<Record<string, string>> = {
  "AWS::S3::BucketPolicy": "PolicyDocument",
  "AWS::SQS::QueuePolicy": "PolicyDocument",
  "AWS::SNS::TopicPolicy": "PolicyDocument",
  "AWS::SecretsManager::ResourcePolicy": "ResourcePolicy",
  "AWS::KMS::Key": "KeyPolicy",
};

/**
 * Resource policies are inert here but for the services that sign as no role (resource-grants.ts): in one account an
 * Allow in them only repeats what a role must be granted anyway, and the only Deny there may be is of requests without (late enough) TLS, in whose stead stands 127.0.0.1.
 * @returns an error for each other Deny, which would pass unnoticed.
 */
export function unknownDenials(template: Template): TemplateError[] {
  return Object.entries(policyProperties).flatMap(([type, property]) =>
    template.ofType(type).flatMap(({ stack, logicalId, properties }) => {
      const { Statement } = documentShape.parse(properties[property] ?? { Statement: [] });
      return Statement.flatMap(({ Effect, Condition }, index) => {
        if (Effect === "Allow" || isOfPlainHttp(Condition)) return [];
        const place = { stack, logicalId, property: `${property}.Statement.${index}` };
        return [new TemplateError(place, "a Deny of anything but plain HTTP is not known here")];
      });
    }),
  );
}

/** Requests without TLS, or with an old one. */
const ofPlainHttp = [
  /^\{"Bool":\{"aws:SecureTransport":(false|"false")\}\}$/,
  /^\{"NumericLessThan":\{"s3:TlsVersion":"?1\.[0-3]"?\}\}$/,
];

function isOfPlainHttp(condition: Record<string, unknown> | undefined): boolean {
  const text = JSON.stringify(condition) ?? "";
  return ofPlainHttp.some((pattern) => pattern.test(text));
}
