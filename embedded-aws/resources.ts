import * as z from "zod";
import type { Json } from "./template/json.ts";
import type { Template } from "./template/read-template.ts";

/** The template's resources, each in the shape in which its service takes it. */

export function tablesOf(template: Template) {
  return [...template.ofType("AWS::DynamoDB::Table"), ...template.ofType("AWS::DynamoDB::GlobalTable")].map(
    ({ ref, arn, properties }) => ({ name: ref, arn, properties }),
  );
}

const planShape = z.object({
  ProtectedResource: z.object({ S3Bucket: z.object({ BucketName: z.string() }) }),
});

export function bucketsOf(template: Template) {
  const plans = template.ofType("AWS::GuardDuty::MalwareProtectionPlan").map(({ properties }) => properties);
  return template.ofType("AWS::S3::Bucket").map(({ ref, properties }) => {
    const plan = plans.find((one) => planShape.parse(one).ProtectedResource.S3Bucket.BucketName === ref);
    return { name: ref, properties, ...(plan === undefined ? {} : { malwareProtectionPlan: plan }) };
  });
}

export function mailOf(template: Template) {
  const propertiesOf = (type: string) => template.ofType(type).map(({ properties }) => properties);
  return {
    identities: propertiesOf("AWS::SES::EmailIdentity"),
    configurationSets: template
      .ofType("AWS::SES::ConfigurationSet")
      .map(({ ref, properties }) => ({ name: ref, properties })),
    eventDestinations: propertiesOf("AWS::SES::ConfigurationSetEventDestination"),
  };
}

const machineShape = z.object({
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  RoleArn: z.string(),
  StateMachineType: z.literal("STANDARD", "only standard workflows are run here").default("STANDARD"),
});

export function machinesOf(template: Template) {
  return template.ofType("AWS::StepFunctions::StateMachine").map(({ arn, properties }) => {
    const { DefinitionString, DefinitionSubstitutions, RoleArn } = machineShape.parse(properties);
    const text = DefinitionString.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) =>
      JSON.stringify(DefinitionSubstitutions[name] ?? whole).slice(1, -1),
    );
    return {
      arn,
      name: arn.split(":").at(-1) ?? arn,
      roleArn: RoleArn,
      definition: JSON.parse(text) as Json,
    };
  });
}
